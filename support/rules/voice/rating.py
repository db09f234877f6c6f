"""What stars say."""

from collections.abc import Sequence
from dataclasses import dataclass

from support.enums.voice import SurveyState

LOWEST, BEST = 1, 5
HUNDRED = 100


@dataclass(frozen=True)
class Rating:
    """How many were asked, how many gave how many stars (from one star to five)."""

    asked: int
    counts: Sequence[int] = (0, 0, 0, 0, 0)

    @property
    def answered(self) -> int:
        return sum(self.counts)

    @property
    def response(self) -> float | None:
        """Answers in percent of those asked, one decimal; nobody asked is no rate."""
        return round(HUNDRED * self.answered / self.asked, 1) if self.asked else None

    @property
    def mean(self) -> float | None:
        """The mean of the stars, two decimals; no answer is no mean."""
        total = sum(stars * number for stars, number in enumerate(self.counts, start=LOWEST))
        return round(total / self.answered, 2) if self.answered else None

    @property
    def content(self) -> float | None:
        """Four and five stars in percent of the answers, one decimal."""
        return round(HUNDRED * sum(self.counts[3:]) / self.answered, 1) if self.answered else None


def state_of(stars: int, *, low: int) -> SurveyState:
    """What an answer asks for: few stars are followed up. SOP: S11"""
    return SurveyState.FOLLOW_UP if stars <= low else SurveyState.ANSWERED
