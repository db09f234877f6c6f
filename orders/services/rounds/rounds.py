"""The check rounds: pending orders are looked at together three times a day, and a person signs for it. SOP: O3

Locks are taken in this order: rounds, orders, stock, then rows that are only inserted.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from opsdesk.accounts.roles import Role
from opsdesk.audit.services import Change, record_many
from opsdesk.common.actors import Actor
from opsdesk.common.errors import NotFound
from opsdesk.common.lifecycle import Transition
from opsdesk.common.locking import lock_many
from opsdesk.duties.definitions import SHOP_TIME
from opsdesk.inbox.services import Work, raise_many, resolve
from opsdesk.parameters.queries import value
from opsdesk.shops.models import Shop
from orders.enums.orders import OrderStatus
from orders.enums.rounds import RoundDecision, RoundState
from orders.errors import NotThisDesk, RoundUndecided
from orders.models import CheckRound, CheckRoundItem, Order, OrderCheck, OrderHold
from orders.parameters.rounds import ROUND_GRACE, ROUND_TIME
from orders.rules import rounds as rules
from orders.rules.intake.checks import is_clean
from orders.rules.rounds import CHECK_ROUND_LIFECYCLE, UNSIGNED
from orders.services import steps
from orders.services.release import release_orders

KIND = "checkround"
SIGN_ROUND = "orders.check_round"
BATCH = 1000


@transaction.atomic(savepoint=False)
def open_rounds(*, slot: datetime, actor: Actor, now: datetime) -> int:
    """Open the slot's round of every open shop with all orders pending now; returns how many were opened.

    Opening a slot again changes nothing. Rounds before it that nobody signed are missed: what they left undecided rolls
    over. A slot that is caught up after a later round of its shop is missed at once, for the later one has its orders.
    SOP: O3
    """
    CheckRound.objects.bulk_create(_scheduled(slot), ignore_conflicts=True)
    fresh = lock_many(CheckRound.objects.filter(expected_at=slot, state=RoundState.SCHEDULED).select_related("shop"))
    shops = [round_.shop_id for round_ in fresh]
    later = CheckRound.objects.filter(shop__in=shops, expected_at__gt=slot).exclude(state=RoundState.SCHEDULED)
    outrun = set(later.values_list("shop_id", flat=True))
    opened = [round_ for round_ in fresh if round_.shop_id not in outrun]
    stale = lock_many(
        CheckRound.objects.filter(shop__in=shops, expected_at__lt=slot, state__in=UNSIGNED).select_related("shop")
    )
    rolled = _miss([*stale, *(round_ for round_ in fresh if round_.shop_id in outrun)], actor, now)
    _open(opened, rolled, actor, now)
    return len(opened)


@transaction.atomic(savepoint=False)
def turn_late(*, actor: Actor, now: datetime) -> int:
    """Mark the open rounds whose time to sign has passed; returns how many. SOP: O3"""
    rounds = lock_many(CheckRound.objects.filter(state=RoundState.OPEN, sign_by__lt=now).select_related("shop"))
    _step(rounds, CHECK_ROUND_LIFECYCLE.transitions["turn_late"], actor, now, late=True)
    return len(rounds)


@transaction.atomic(savepoint=False)
def sign_round(*, round_id: int, actor: Actor, now: datetime) -> CheckRound:
    """Sign a round: its clean orders go to the warehouse together. Doubtful ones need a decision each before.

    Raises: NotFound, Forbidden, NotThisDesk, IllegalTransition, RoundUndecided.
    SOP: O3, O6
    """
    round_ = lock_round(round_id, actor)
    step = CHECK_ROUND_LIFECYCLE.enter("sign", round_.state, actor)
    if round_.desk not in actor.roles:
        raise NotThisDesk(desk=Role(round_.desk).label, extra={"desk": round_.desk})
    orders = steps.lock_orders(_undecided(round_), actor)
    waiting = [order for order in orders if order.status == OrderStatus.PENDING]
    clean = clean_ids(waiting)
    if doubtful := [order.number for order in waiting if order.pk not in clean]:
        raise RoundUndecided(orders=", ".join(doubtful), extra={"orders": doubtful})
    _note_gone(round_, [order for order in orders if order.status != OrderStatus.PENDING], now)
    released = release_orders(order_ids=clean, actor=actor, now=now) if clean else []
    late = round_.late or rules.is_late(sign_by=round_.sign_by, now=now)
    _step([round_], step, actor, now, late=late, signed_at=now, signed_by_id=actor.staff_id, released=len(released))
    resolve(kind=SIGN_ROUND, subject_ids=[round_.public_id], outcome="signed", actor=actor, now=now)
    return round_


def lock_round(round_id: int, actor: Actor) -> CheckRound:
    """Lock a round that the actor may know of. Raises: NotFound."""
    rounds = lock_many(CheckRound.objects.filter(pk=round_id).select_related("shop"))
    if not rounds or not actor.sees_shop(rounds[0].shop_id):
        raise NotFound()
    return rounds[0]


def clean_ids(orders: Sequence[Order]) -> set[int]:
    """The ids of those locked orders that one signature releases. SOP: O3, O6"""
    held = set(OrderHold.objects.filter(order__in=orders, released_at=None).values_list("order_id", flat=True))
    results: dict[int, list[str]] = {order.pk: [] for order in orders}
    for order_id, result in OrderCheck.objects.filter(order__in=orders).values_list("order_id", "result"):
        results[order_id].append(result)
    return {order_id for order_id, found in results.items() if is_clean(found, held=order_id in held)}


def _scheduled(slot: datetime) -> list[CheckRound]:
    local = slot.astimezone(SHOP_TIME)
    sign_by = rules.sign_by(expected_at=slot, span=value(ROUND_TIME))
    return [
        CheckRound(shop=shop, day=local.date(), slot=f"{local:%H:%M}", desk=shop.round_desk, expected_at=slot, sign_by=sign_by)
        for shop in Shop.objects.filter(is_open=True).order_by("pk")
    ]


def _open(rounds: Sequence[CheckRound], rolled: set[int], actor: Actor, now: datetime) -> None:
    pending = Order.objects.filter(shop__in=[round_.shop_id for round_ in rounds], status=OrderStatus.PENDING)
    by_shop = {round_.shop_id: round_ for round_ in rounds}
    CheckRoundItem.objects.bulk_create(
        [
            CheckRoundItem(round=by_shop[shop_id], order_id=order_id, rolled_over=order_id in rolled)
            for order_id, shop_id in pending.order_by("pk").values_list("pk", "shop_id")
        ],
        batch_size=BATCH,
    )
    step, grace = CHECK_ROUND_LIFECYCLE.transitions["open"], value(ROUND_GRACE)
    for late in (False, True):
        some = [r for r in rounds if rules.opened_late(expected_at=r.expected_at, opened_at=now, grace=grace) is late]
        _step(some, step, actor, now, late=late, opened_at=now)
        if late:
            _step(some, CHECK_ROUND_LIFECYCLE.transitions["turn_late"], actor, now)
    raise_many(
        [
            Work(SIGN_ROUND, KIND, r.public_id, r.sign_by, shop_id=r.shop_id, role=r.desk, params={"slot": str(r)})
            for r in rounds
        ],
        now=now,
    )


def _miss(rounds: Sequence[CheckRound], actor: Actor, now: datetime) -> set[int]:
    """Give these rounds up; returns the ids of the orders that they leave undecided."""
    left = CheckRoundItem.objects.filter(round__in=rounds, decision="")
    rolled = set(left.values_list("order_id", flat=True))
    left.update(rolled_on_at=now)
    _step(rounds, CHECK_ROUND_LIFECYCLE.transitions["miss"], actor, now, late=True, missed_at=now)
    resolve(kind=SIGN_ROUND, subject_ids=[r.public_id for r in rounds], outcome="missed", actor=actor, now=now)
    return rolled


def _undecided(round_: CheckRound) -> list[int]:
    return list(CheckRoundItem.objects.filter(round=round_, decision="").values_list("order_id", flat=True))


def _note_gone(round_: CheckRound, orders: Sequence[Order], now: datetime) -> None:
    """Orders that were cancelled or released in the moment in which the round was being opened."""
    for order in orders:
        decision = RoundDecision.CANCEL if order.status == OrderStatus.CANCELLED else RoundDecision.RELEASE
        CheckRoundItem.objects.filter(round=round_, order=order).update(decision=decision, decided_at=now)


def _step(
    rounds: Sequence[CheckRound],
    step: Transition,
    actor: Actor,
    now: datetime,
    *,
    released: int | None = None,
    **columns: object,
) -> None:
    """Put locked rounds into the step's target state, with one audit entry each."""
    if not rounds:
        return
    changes = {"state": step.target, **columns}
    CheckRound.objects.filter(pk__in=[round_.pk for round_ in rounds]).update(**changes)
    changed = []
    for round_ in rounds:
        after = {"state": step.target} | ({} if released is None else {"released": released})
        change = Change(f"checkround.{step.name}", KIND, round_.public_id, shop=round_.shop.code, after=after)
        changed.append(change)
        for name, content in changes.items():
            setattr(round_, name, content)
    record_many(changed, actor=actor, now=now)
