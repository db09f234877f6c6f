"""How far the average answer of a shift is from its target. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Budget:
    """A desk's shift: answers given and the milliseconds that they took, and those that wait now."""

    answered: int
    spent: int
    waiting: Sequence[int]
    target: int

    @property
    def average(self) -> int | None:
        """The average of the answers given, in milliseconds; None before the first."""
        return self.spent // self.answered if self.answered else None

    @property
    def forecast(self) -> int | None:
        """The average if everybody who waits were answered this moment."""
        count = self.answered + len(self.waiting)
        return (self.spent + sum(self.waiting)) // count if count else None

    @property
    def left(self) -> int | None:
        """How many milliseconds everybody who waits may wait on before the average passes the target; negative when it
        has; None when nobody waits.

        SOP: S4a
        """
        if not self.waiting:
            return None
        count = self.answered + len(self.waiting)
        return (self.target * count - self.spent - sum(self.waiting)) // len(self.waiting)

    @property
    def is_kept(self) -> bool:
        """True while the forecast is not above the target."""
        return self.forecast is None or self.forecast <= self.target
