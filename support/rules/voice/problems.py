"""Which problem a ticket has, the Pareto of a day, and when a measure has helped."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from support.enums.voice import ActionState

HUNDRED = 100


@dataclass(frozen=True)
class Watched:
    """A problem with the words by which it is known, in lower case."""

    key: int
    name: str
    words: tuple[str, ...]


def words_of(text: str) -> tuple[str, ...]:
    """The words of a problem: one a line, in lower case, each once."""
    return tuple(dict.fromkeys(word.strip().casefold() for word in text.splitlines() if word.strip()))


def problem_of(text: str, problems: Iterable[Watched]) -> int | None:
    """The key of the first problem of which a word stands in the text. SOP: S12"""
    said = text.casefold()
    return next((problem.key for problem in problems if any(word in said for word in problem.words)), None)


@dataclass(frozen=True)
class Bar:
    """One line of a Pareto: its count, its share and the share of all lines up to it, in percent with one decimal.

    `vital` are the few that together make up most: the lines before which the shares had not reached the limit.
    """

    line: Mapping[str, object]
    count: int
    share: float
    together: float
    vital: bool


def pareto(lines: Sequence[Mapping[str, object]], *, vital: int) -> list[Bar]:
    """The lines by how many tickets they have, most first, equal ones as they come. SOP: S12"""
    counts = [int(str(line["count"])) for line in lines]
    whole, so_far, bars = sum(counts), 0, []
    for line, count in sorted(zip(lines, counts, strict=True), key=lambda pair: -pair[1]):
        before, so_far = so_far, so_far + count
        few = HUNDRED * before < vital * whole
        bars.append(Bar(line, count, _percent(count, whole), _percent(so_far, whole), few))
    return bars


def _percent(part: int, whole: int) -> float:
    return round(HUNDRED * part / whole, 1) if whole else 0.0


@dataclass(frozen=True)
class Frequency:
    """How many tickets of a problem came while so many orders left the house."""

    tickets: int
    orders: int

    @property
    def per_hundred(self) -> float | None:
        """Tickets per hundred orders, two decimals; without orders there is no rate."""
        return round(HUNDRED * self.tickets / self.orders, 2) if self.orders else None


def judged(before: Frequency, after: Frequency, *, drop: int) -> ActionState | None:
    """What the days after a measure say: improved when the rate has fallen by `drop` percent at least; None, not yet
    anything, while no order has left the house. Without orders before, the tickets themselves are compared.

    SOP: S12
    """
    if not after.orders:
        return None
    stays = HUNDRED - drop
    if before.orders:
        helped = HUNDRED * after.tickets * before.orders <= stays * before.tickets * after.orders
    else:
        helped = HUNDRED * after.tickets <= stays * before.tickets
    return ActionState.IMPROVED if helped else ActionState.NOT_IMPROVED
