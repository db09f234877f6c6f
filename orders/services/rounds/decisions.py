"""Deciding on the orders of an open check round, one by one or those on hold together. SOP: O3, O5"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from opsdesk.common.actors import Actor
from opsdesk.common.errors import NotFound
from orders.enums.orders import HoldCode
from orders.enums.rounds import RoundDecision
from orders.models import CheckRound, CheckRoundItem, OrderHold
from orders.rules import rounds as rules
from orders.rules.rounds import CHECK_ROUND_LIFECYCLE
from orders.services import changes, holds, steps
from orders.services.release import release_orders
from orders.services.rounds import rounds
from orders.services.rounds.items import note_decision


@dataclass(frozen=True)
class Choice:
    """What the clerk decides; `hold_code` counts for a hold only."""

    decision: str
    note: str = ""
    hold_code: str = ""


@transaction.atomic(savepoint=False)
def decide(*, round_id: int, order_id: int, choice: Choice, actor: Actor, now: datetime) -> CheckRound:
    """Decide on one order of an open round; it takes effect at once. The last decision before the signature counts.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid, OnHold, AlreadyOnHold.
    SOP: O3, O5
    """
    round_ = rounds.lock_round(round_id, actor)
    CHECK_ROUND_LIFECYCLE.enter("decide", round_.state, actor)
    if not CheckRoundItem.objects.filter(round=round_, order=order_id).exists():
        raise NotFound()
    order = steps.lock_orders([order_id], actor)[0]
    steps.enter([order], "release", actor)  # what is not pending any more was decided elsewhere
    held = OrderHold.objects.filter(order=order, released_at=None).exists()
    clean = bool(rounds.clean_ids([order]))
    refusal = rules.decision_refusal(
        decision=choice.decision, note=choice.note, hold_code=choice.hold_code, clean=clean, held=held
    )
    if refusal:
        raise refusal
    _act(order_id, choice, actor, now)
    return round_


@transaction.atomic(savepoint=False)
def leave_held(*, round_id: int, actor: Actor, now: datetime) -> CheckRound:
    """Leave all undecided orders that are on hold for the next round: their customers are being asked.

    Raises: NotFound, Forbidden, IllegalTransition.
    SOP: O3, O5
    """
    round_ = rounds.lock_round(round_id, actor)
    CHECK_ROUND_LIFECYCLE.enter("decide", round_.state, actor)
    held = OrderHold.objects.filter(released_at=None).values("order")
    waiting = CheckRoundItem.objects.filter(round=round_, decision="", order__in=held)
    steps.lock_orders(list(waiting.values_list("order_id", flat=True)), actor)
    waiting.update(decision=RoundDecision.LATER, decided_by=actor.label, decided_at=now)
    return round_


def _act(order_id: int, choice: Choice, actor: Actor, now: datetime) -> None:
    if choice.decision == RoundDecision.RELEASE:
        release_orders(order_ids=[order_id], note=choice.note, actor=actor, now=now)
    elif choice.decision == RoundDecision.HOLD:
        code = HoldCode(choice.hold_code)
        holds.hold_order(order_id=order_id, code=code, reason=choice.note, actor=actor, now=now)
    elif choice.decision == RoundDecision.CANCEL:
        changes.cancel_order(order_id=order_id, reason=choice.note, actor=actor, now=now)
    else:
        note_decision([order_id], RoundDecision.LATER, note=choice.note, actor=actor, now=now)
