"""The carrier of a parcel: chosen by the tables, changed by a person who says why."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from opsdesk.audit.services import Change, record, record_many
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Invalid, Issue, NotFound
from opsdesk.common.locking import lock_many, lock_one
from opsdesk.common.text import mark
from opsdesk.inbox.services import Work, raise_many, resolve
from opsdesk.parameters.queries import value
from orders.enums.orders import OrderStatus
from orders.models import Carrier, CarrierChoice, Order
from orders.parameters.carriers import CHOICE_TIME
from orders.queries.carriers.offers import Job, is_set_up, jobs, offers, weighing
from orders.rules.carriers.choices import CHOICE_STEPS
from orders.rules.carriers.ranking import Finding, Verdict, rank

KIND = "carrier_choice"
WORK = "orders.carrier_choice"
WAITING = (OrderStatus.PENDING, OrderStatus.PROCESSING, OrderStatus.READY_TO_SHIP)
_COLUMNS = ["suggested", "carrier", "grams", "fragile", "do_not_bend", "unweighed", "findings", "chosen_at"]


@transaction.atomic(savepoint=False)
def choose_carriers(*, order_ids: Sequence[int], actor: Actor, now: datetime) -> list[CarrierChoice]:
    """Choose the carriers of many orders that have not left yet; those that a person has decided on stay.

    A fixed number of statements whatever the number of orders.
    Raises: Forbidden, Invalid (no carrier has a coverage table).
    SOP: O11
    """
    actor.require("orders.override_carrier")
    orders = lock_many(Order.objects.filter(pk__in=order_ids, status__in=WAITING).select_related("shop"))
    if any(not actor.sees_shop(order.shop_id) for order in orders):
        raise NotFound()
    if not is_set_up():
        raise Invalid(mark("No carrier in use has a coverage table yet: import one first."), code="no_coverage")
    return choose_for(orders, actor=actor, now=now)


def choose_for(orders: Sequence[Order], *, actor: Actor, now: datetime) -> list[CarrierChoice]:
    """Choose for orders whose rows the caller has locked; nothing is chosen while no coverage table is there. SOP: O11"""
    if not orders or not is_set_up():
        return []
    kept = {row.order_id: row for row in CarrierChoice.objects.filter(order__in=orders)}
    fresh = [order for order in orders if order.pk not in kept or kept[order.pk].overridden_at is None]
    found = jobs([order.pk for order in fresh])
    tables, scales = offers({job.place.province for job in found.values()}, now=now), weighing()
    made: list[CarrierChoice] = []
    moved: list[CarrierChoice] = []
    for order in fresh:
        row = kept.get(order.pk) or CarrierChoice(order=order)
        (moved if row.pk else made).append(row)
        _write(row, found[order.pk], rank(tables, found[order.pk].place, found[order.pk].load, scales), now)
    CarrierChoice.objects.bulk_create(made)
    CarrierChoice.objects.bulk_update(moved, _COLUMNS)
    _tell(fresh, [*made, *moved], actor, now)
    return [*made, *moved]


def choose_anew(order: Order, *, actor: Actor, now: datetime) -> None:
    """Choose again for a locked order that goes elsewhere now: what was decided was for another address. SOP: O11"""
    if CarrierChoice.objects.filter(order=order).update(overridden_at=None, overridden_by="", reason=""):
        choose_for([order], actor=actor, now=now)


@transaction.atomic(savepoint=False)
def rechoose(*, choice_id: int, actor: Actor, now: datetime) -> CarrierChoice:
    """Choose again by the tables of now, whatever was decided before.

    Raises: NotFound, Forbidden, IllegalTransition (the parcel has left).
    SOP: O11
    """
    row, order = _lock(choice_id, "rechoose", actor)
    choose_anew(order, actor=actor, now=now)
    row.refresh_from_db()
    return row


@transaction.atomic(savepoint=False)
def override_choice(*, choice_id: int, carrier: str, reason: str, actor: Actor, now: datetime) -> CarrierChoice:
    """Take another carrier than the suggested one, by its code; what stands against it is shown, the person answers for it.

    Raises: NotFound, Forbidden, IllegalTransition (the parcel has left), Invalid (unknown carrier, no reason).
    SOP: O11
    """
    row, order = _lock(choice_id, "override", actor)
    taken = Carrier.objects.filter(code=carrier, is_active=True).first()
    if taken is None:
        message = mark("There is no such carrier, or it is not in use.")
        raise Invalid(message, code="unknown_carrier", issues=[Issue("/carrier", "unknown_carrier", message)])
    if not reason.strip():
        message = mark("Say why another carrier is taken.")
        raise Invalid(message, code="required", issues=[Issue("/reason", "required", message)])
    depart(row, order, taken, reason, actor, now)
    return row


def depart(row: CarrierChoice, order: Order, taken: Carrier, reason: str, actor: Actor, now: datetime) -> None:
    """Note that a locked choice is not followed, by whom and why. SOP: O11"""
    before = row.carrier.code if row.carrier else None
    row.carrier, row.overridden_at, row.overridden_by, row.reason = taken, now, actor.label, reason
    row.save(update_fields=["carrier", "overridden_at", "overridden_by", "reason"])
    change = Change(
        "orders.carrier_overridden", KIND, row.public_id, order.shop.code, {"carrier": before}, {"carrier": taken.code}, reason
    )
    record(change, actor=actor, now=now)
    resolve(kind=WORK, subject_ids=[row.public_id], outcome="chosen", actor=actor, now=now)


def _lock(choice_id: int, step: str, actor: Actor) -> tuple[CarrierChoice, Order]:
    """The choice and its order, locked in the order of all locks. Raises: NotFound, Forbidden, IllegalTransition."""
    order = lock_one(Order.objects.filter(carrier_choice=choice_id).select_related("shop"))
    if not actor.sees_shop(order.shop_id):
        raise NotFound()
    CHOICE_STEPS.enter(step, order.status, actor)
    row = lock_one(CarrierChoice.objects.filter(pk=choice_id).select_related("carrier"))
    return row, order


def _write(row: CarrierChoice, job: Job, ranking: Sequence[Finding], now: datetime) -> None:
    best = next((one for one in ranking if one.verdict is Verdict.CHOSEN), None)
    row.suggested_id = row.carrier_id = best.offer.carrier_id if best else None
    row.grams, row.fragile, row.do_not_bend = job.load.grams, job.load.fragile, job.load.do_not_bend
    row.unweighed, row.chosen_at = list(job.load.unweighed), now
    row.findings = [_kept(one) for one in ranking]


def _kept(one: Finding) -> dict[str, Any]:
    """A finding as it is kept with the choice."""
    return {
        "carrier": one.offer.code,
        "name": one.offer.name,
        "verdict": one.verdict.value,
        "price": one.price,
        "compared": one.compared,
        "score": one.offer.score,
        "reasons": [{"message": reason.message, "params": dict(reason.params)} for reason in one.reasons],
    }


def _tell(orders: Sequence[Order], rows: Sequence[CarrierChoice], actor: Actor, now: datetime) -> None:
    """Record the choices; what no carrier takes is logistics' work until somebody finds one."""
    by_id = {order.pk: order for order in orders}
    codes = {row.pk: row.findings[0]["carrier"] for row in rows if row.carrier_id}
    record_many(
        [
            Change(
                "orders.carrier_chosen",
                KIND,
                row.public_id,
                by_id[row.order_id].shop.code,
                after={"carrier": codes.get(row.pk)},
            )
            for row in rows
        ],
        actor=actor,
        now=now,
    )
    due = now + value(CHOICE_TIME)
    lost = [row for row in rows if row.carrier_id is None]
    raise_many([_work(row, by_id[row.order_id], due) for row in lost], now=now)
    done = [row.public_id for row in rows if row.carrier_id]
    resolve(kind=WORK, subject_ids=done, outcome="chosen", actor=actor, now=now)


def _work(row: CarrierChoice, order: Order, due: datetime) -> Work:
    params = {"number": order.number}
    return Work(kind=WORK, subject_kind=KIND, subject_id=row.public_id, shop_id=order.shop_id, due_at=due, params=params)
