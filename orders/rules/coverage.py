"""The monthly proof that pending orders were checked three times a day. Pure. SOP: O3"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from orders.enums.rounds import RoundSlot, RoundState

PERCENT = 100


@dataclass(frozen=True)
class Slot:
    """One round as it went. Without `state` it never took place."""

    day: date
    slot: str
    state: str = ""
    late: bool = False
    total: int = 0
    decided: int = 0
    rolled: int = 0
    signed_by: str = ""
    round_id: int | None = None

    @property
    def in_time(self) -> bool:
        """Signed, and not late."""
        return self.state == RoundState.SIGNED_OFF and not self.late


@dataclass(frozen=True)
class Coverage:
    """A shop's month: every round that was due, in the order of time."""

    days: Sequence[tuple[date, Sequence[Slot]]]

    @property
    def due(self) -> int:
        """How many rounds had to take place."""
        return sum(len(slots) for _, slots in self.days)

    @property
    def in_time(self) -> int:
        """How many were signed in time."""
        return sum(slot.in_time for _, slots in self.days for slot in slots)

    @property
    def late(self) -> int:
        """How many were signed, but late."""
        return sum(slot.state == RoundState.SIGNED_OFF and slot.late for _, slots in self.days for slot in slots)

    @property
    def missing(self) -> int:
        """How many nobody signed."""
        return self.due - self.in_time - self.late

    @property
    def percent(self) -> int:
        """Rounds signed in time, as whole percents of those due; rounded down, 100 when none was due."""
        return self.in_time * PERCENT // self.due if self.due else PERCENT


def coverage(rounds: Iterable[Slot], *, first: date, until: date, last_slot: str = "") -> Coverage:
    """The rounds of the days from `first` to `until`, both included; of the last day only those up to `last_slot`.

    A slot without a round is one that never took place: it counts as missing. SOP: O3
    """
    found = {(one.day, one.slot): one for one in rounds}
    days = []
    for number in range((until - first).days + 1):
        day = first + timedelta(days=number)
        due = [slot for slot in RoundSlot.values if day < until or not last_slot or slot <= last_slot]
        days.append((day, [found.get((day, slot), Slot(day, slot)) for slot in due]))
    return Coverage([one for one in days if one[1]])
