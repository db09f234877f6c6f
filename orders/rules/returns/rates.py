"""Rates of returns, and when one is too high."""

from dataclasses import dataclass

from opsdesk.common.lifecycle import Lifecycle, Transition
from orders.enums.returns import ImprovementState as S

IMPROVEMENT_LIFECYCLE = Lifecycle(
    Transition("take_measure", {S.OPEN}, S.WATCHED, permission="orders.improve_return", sop="O22"),
    Transition("judge", {S.WATCHED}, S.IMPROVED, permission="orders.improve_return", sop="O22"),
    Transition("reopen", {S.NOT_IMPROVED}, None, permission="orders.reopen_improvement", sop="O22"),
)
HUNDRED = 100


@dataclass(frozen=True)
class Rate:
    """Of the pieces of `key` that were handed over in a period, how many came back."""

    key: str
    shipped: int
    returned: int

    @property
    def percent(self) -> float:
        """In percent with one decimal; nothing shipped is no rate."""
        return round(HUNDRED * self.returned / self.shipped, 1) if self.shipped else 0.0


def is_too_high(rate: Rate, *, limit: int, pieces: int) -> bool:
    """Above the limit in percent, among at least so many pieces: a rate of few pieces says nothing. SOP: O22"""
    return rate.shipped >= pieces and HUNDRED * rate.returned > limit * rate.shipped


def judged(after: Rate, *, limit: int, pieces: int) -> S:
    """What the days after the measure say: improved when the rate is within the limit, and nothing when fewer than so many
    pieces were handed over.

    SOP: O22
    """
    if after.shipped < pieces:
        return S.NO_DATA
    return S.NOT_IMPROVED if HUNDRED * after.returned > limit * after.shipped else S.IMPROVED
