"""The check rounds: their states, when they are late, and what a decision needs."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from opsdesk.common.errors import Invalid, Issue
from opsdesk.common.lifecycle import Lifecycle, Transition
from opsdesk.common.text import mark
from orders.enums.orders import HoldCode
from orders.enums.rounds import RoundDecision
from orders.enums.rounds import RoundState as S

UNSIGNED = (S.OPEN, S.LATE)

CHECK_ROUND_LIFECYCLE = Lifecycle(
    Transition("open", {S.SCHEDULED}, S.OPEN, permission="orders.sign_checkround", sop="O3"),
    Transition("turn_late", {S.OPEN}, S.LATE, permission="orders.sign_checkround", sop="O3"),
    Transition("decide", UNSIGNED, None, permission="orders.decide_order", sop="O3"),
    Transition("sign", UNSIGNED, S.SIGNED_OFF, permission="orders.sign_checkround", sop="O3"),
    Transition("miss", (S.SCHEDULED, *UNSIGNED), S.MISSED, permission="orders.sign_checkround", sop="O3"),
)


def sign_by(*, expected_at: datetime, span: timedelta) -> datetime:
    """Until when the round is signed in time; it runs from the slot, however late the round was opened. SOP: O3"""
    return expected_at + span


def opened_late(*, expected_at: datetime, opened_at: datetime, grace: timedelta) -> bool:
    """True when the round was caught up: opened more than the grace after its slot. SOP: O3"""
    return opened_at > expected_at + grace


def is_late(*, sign_by: datetime, now: datetime) -> bool:
    """True after the time to sign; at that very moment it is still in time. SOP: O3"""
    return now > sign_by


def decision_refusal(*, decision: str, note: str, hold_code: str, clean: bool, held: bool) -> Invalid | None:
    """What the decision lacks: a doubtful order is released with a note, left with a note unless it is on hold, held
    with a code, cancelled with a reason. None when it is complete.

    SOP: O3, O5
    """
    issues: Sequence[Issue] = ()
    if decision not in RoundDecision.values:
        issues = [Issue("/decision", "invalid_choice", mark("There is no such decision."))]
    elif decision == RoundDecision.HOLD and hold_code not in HoldCode.values:
        issues = [Issue("/hold_code", "required", mark("Choose why the order is held."))]
    elif not note and needs_note(decision, clean=clean, held=held):
        issues = [Issue("/note", "required", mark("Write down why."))]
    return Invalid(issues[0].message, code=issues[0].code, issues=issues) if issues else None


def needs_note(decision: str, *, clean: bool, held: bool) -> bool:
    """True when the decision must say why. SOP: O5"""
    if decision == RoundDecision.CANCEL:
        return True
    if decision == RoundDecision.LATER:
        return not held
    return decision == RoundDecision.RELEASE and not clean
