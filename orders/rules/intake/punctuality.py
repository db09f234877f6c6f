"""How many of a month's orders were handed over within the time. Pure. SOP: O17"""

from dataclasses import dataclass
from datetime import timedelta

HUNDRED = 100


@dataclass(frozen=True)
class Punctuality:
    """The orders of a month that had to be handed over: how many there are, how many were in time, how many late, how
    many are still open and not yet due; the same for what platforms have promised; and how long the steps took on average.
    """

    orders: int = 0
    in_time: int = 0
    waiting: int = 0
    promised: int = 0
    promise_kept: int = 0
    promise_waiting: int = 0
    to_release: timedelta | None = None
    to_ready: timedelta | None = None
    to_ship: timedelta | None = None

    @property
    def late(self) -> int:
        """Handed over too late, or due and not handed over yet."""
        return self.orders - self.in_time - self.waiting

    @property
    def percent(self) -> int:
        """The share in time of those that are due, in whole percents, rounded down; 100 when none is due."""
        return _percent(self.in_time, self.orders - self.waiting)

    @property
    def promise_percent(self) -> int:
        """The share of kept promises of those that are due, likewise."""
        return _percent(self.promise_kept, self.promised - self.promise_waiting)


def _percent(part: int, whole: int) -> int:
    return part * HUNDRED // whole if whole else HUNDRED
