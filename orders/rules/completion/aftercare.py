"""Which customers are asked after a completed order, and what follows from their answer."""

from hashlib import sha256

from opsdesk.common.lifecycle import Lifecycle, Transition
from orders.enums.completion import SatisfactionOutcome as Outcome
from orders.enums.completion import SatisfactionState as S

SATISFACTION_LIFECYCLE = Lifecycle(
    Transition("record", {S.OPEN}, None, permission="orders.work_satisfactioncontact", sop="O19"),
    Transition("remedy", {S.FOLLOW_UP}, S.CLOSED, permission="orders.remedy_satisfactioncontact", sop="O19"),
)


def is_sampled(key: str, percent: int) -> bool:
    """Whether the order of this id is in the sample; always the same answer, and nobody can choose. SOP: O19"""
    return int(sha256(key.encode()).hexdigest()[:8], 16) % 100 < percent


def state_after(outcome: str, *, stars: int | None, attempts: int, most: int, bad: int) -> S:
    """Where a contact stands after an attempt: a bad answer is followed up, who was not reached is asked again. SOP: O19"""
    if outcome == Outcome.NOT_REACHED:
        return S.OPEN if attempts < most else S.CLOSED
    if outcome == Outcome.COMPLAINT or (stars is not None and stars <= bad):
        return S.FOLLOW_UP
    return S.CLOSED
