"""Settlements of periods: made of completed orders and paid refunds, adjusted, checked, and closed by a second person."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Forbidden, Invalid, Issue, NotFound
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from opsdesk.duties.definitions import SHOP_TIME
from opsdesk.inbox.services import Work, raise_item, resolve
from opsdesk.parameters.queries import value
from opsdesk.shops.models import Shop
from orders.enums.finance import RowKind
from orders.errors import PeriodNotOver
from orders.models import Order, SettlementBatch, SettlementRow
from orders.parameters.finance import CHECK_TIME
from orders.queries.finance import settlements as queries
from orders.rules.finance import settlement as rules
from orders.rules.finance.settlement import BATCH_LIFECYCLE
from orders.services.finance.gathering import add_up, gather

KIND = "settlementbatch"
PERMISSION = "orders.check_settlementbatch"
CHECK, CLOSE = "orders.settlement_to_check", "orders.settlement_to_close"


@transaction.atomic(savepoint=False)
def make_batch(*, shop_id: int, ends_on: date, actor: Actor, now: datetime) -> SettlementBatch:
    """Settle what a shop's orders and refunds came to until the end of a local day, behind its last settlement.

    Raises: NotFound, Forbidden, PeriodNotOver (the day is not over, or settled already).
    SOP: O15
    """
    actor.require(PERMISSION)
    shop = lock_one(Shop.objects.filter(pk=shop_id))
    if not actor.sees_shop(shop.pk):
        raise NotFound()
    last, earliest = queries.last_day(shop.pk), queries.earliest(shop.pk)
    oldest = earliest.astimezone(SHOP_TIME).date() if earliest else None
    starts_on = rules.first_day(last_settled=last, earliest=oldest, ends_on=ends_on)
    end = rules.end_of(ends_on, SHOP_TIME)
    if end > now or starts_on > ends_on:
        issue = Issue("/ends_on", "period_not_over", PeriodNotOver.message, {"day": f"{starts_on}"})
        raise PeriodNotOver(day=f"{starts_on}", issues=[issue])
    batch = SettlementBatch.objects.create(
        shop=shop,
        number=f"ST-{shop.code}-{ends_on:%Y%m%d}",
        starts_on=starts_on,
        ends_on=ends_on,
        currency=shop.currency,
        made_at=now,
        made_by=actor.label,
        hands=[actor.staff_id] if actor.staff_id else [],
    )
    gather(batch, end=end)
    log(batch, "make", actor, now)
    raise_work(batch, CHECK, now + value(CHECK_TIME), now)
    return batch


def make_due(*, slot: datetime, actor: Actor, now: datetime) -> int:
    """Settle the month before for every shop that has something to settle; returns how many were made. SOP: O15"""
    ends_on = rules.last_of_month_before(slot.astimezone(SHOP_TIME).date())
    shops = queries.shops_to_settle(ends_on, end=rules.end_of(ends_on, SHOP_TIME))
    for shop_id in shops:
        with transaction.atomic():
            make_batch(shop_id=shop_id, ends_on=ends_on, actor=actor, now=now)
    return len(shops)


@transaction.atomic(savepoint=False)
def adjust_batch(
    *, batch_id: int, amount: Decimal, reason: str, order_number: str = "", actor: Actor, now: datetime
) -> SettlementBatch:
    """Add an amount, also a negative one, that no order or refund explains, with the reason.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (nothing, no reason, unknown order).
    SOP: O15
    """
    batch = enter(batch_id, "adjust", actor)
    order = Order.objects.filter(shop=batch.shop_id, number=order_number).first() if order_number else None
    if order_number and order is None:
        message = mark("This shop has no such order.")
        raise Invalid(message, code="unknown_order", issues=[Issue("/order_number", "unknown_order", message)])
    add_adjustment(batch, amount, reason, order_id=order.pk if order else None, now=now)
    add_up(batch, hands=with_hand(batch, actor))
    log(batch, "adjust", actor, now, reason=reason, adjustment=f"{amount:.2f}")
    return batch


def add_adjustment(
    batch: SettlementBatch, amount: Decimal, reason: str, *, order_id: int | None, now: datetime
) -> SettlementRow:
    """One adjusting row of a locked settlement; the totals are written by the caller. Raises: Invalid."""
    if amount == 0:
        message = mark("The amount must not be nothing.")
        raise Invalid(message, code="out_of_range", issues=[Issue("/amount", "out_of_range", message)])
    require_reason(reason)
    return SettlementRow.objects.create(
        batch=batch,
        kind=RowKind.ADJUSTMENT,
        order_id=order_id,
        at=now,
        adjustment=amount,
        amount=amount,
        note=reason.strip(),
    )


def enter(batch_id: int, name: str, actor: Actor) -> SettlementBatch:
    """Lock the settlement and get leave for the step. Raises: NotFound, Forbidden, IllegalTransition."""
    actor.require(BATCH_LIFECYCLE.transitions[name].permission)
    batch = lock_one(SettlementBatch.objects.filter(pk=batch_id).select_related("shop"))
    if not actor.sees_shop(batch.shop_id):
        raise NotFound()
    BATCH_LIFECYCLE.enter(name, batch.state, actor)
    return batch


def with_hand(batch: SettlementBatch, actor: Actor) -> list[int]:
    """Those who have had a hand in it, and this person."""
    return sorted({*batch.hands, *([actor.staff_id] if actor.staff_id else [])})


def require_person(actor: Actor) -> int:
    """Raises: Forbidden, for programs and the system."""
    if actor.staff_id is None:
        raise Forbidden(mark("A person decides this."))
    return actor.staff_id


def require_reason(reason: str) -> None:
    """Raises: Invalid, without a reason."""
    if not reason.strip():
        message = mark("A reason is required.")
        raise Invalid(message, code="required", issues=[Issue("/reason", "required", message)])


def log(batch: SettlementBatch, step: str, actor: Actor, now: datetime, *, reason: str = "", **after: Any) -> None:
    """Write the step into the trail."""
    seen = {"state": str(batch.state), "amount": f"{batch.amount:.2f}", **after}
    change = Change(f"orders.batch_{step}", KIND, batch.public_id, shop=batch.shop.code, after=seen, reason=reason.strip())
    record(change, actor=actor, now=now)


def raise_work(batch: SettlementBatch, kind: str, due: datetime, now: datetime) -> None:
    """Put the settlement on somebody's desk."""
    params = {"number": batch.number}
    raise_item(Work(kind, KIND, batch.public_id, due, shop_id=batch.shop_id, params=params), now=now)


def finish_work(batch: SettlementBatch, kind: str, outcome: str, actor: Actor, now: datetime) -> None:
    """Take it off the desk."""
    resolve(kind=kind, subject_ids=[batch.public_id], outcome=outcome, actor=actor, now=now)
