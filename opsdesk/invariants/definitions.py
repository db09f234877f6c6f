"""What an invariant is, and the register of all of them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Invariant:
    """Something that is always true. `check(limit)` names what breaks it, at most so many; nothing means that it holds.

    It reads only, and its statements are set-based: the night's run sees the whole company's books.
    """

    code: str
    title: str
    sop: str
    check: Callable[[int], Sequence[str]]


REGISTER: dict[str, Invariant] = {}


def register(invariants: Iterable[Invariant]) -> None:
    """Make invariants known; called by the apps' wiring."""
    for invariant in invariants:
        REGISTER[invariant.code] = invariant
