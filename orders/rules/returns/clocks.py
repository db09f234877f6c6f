"""The two clocks of a return: the solution, and the end in our own time beside the strict one."""

from dataclasses import dataclass
from datetime import datetime

from orders.enums.returns import ReturnState
from orders.rules.returns.lifecycle import ENDED, WAITS


@dataclass(frozen=True)
class Clocks:
    """Deadlines, and since when they stand still."""

    solution_due: datetime
    finish_due: datetime
    paused_at: datetime | None = None
    solved_at: datetime | None = None
    finished_at: datetime | None = None


def tick(clocks: Clocks, *, target: str, now: datetime) -> Clocks:
    """The clocks as a return enters the state `target`.

    Both stand still while the customer owes evidence, the second also while the goods are on their way to us. A
    decision stops the first, the end stops the second; a dispute reopens the second, and the time for which it was stopped
    does not count.
    SOP: O20, S8
    """
    solution, finish, paused = clocks.solution_due, clocks.finish_due, clocks.paused_at
    if clocks.finished_at is not None:
        finish += now - clocks.finished_at
    if paused is not None:
        finish += now - paused
        if clocks.solved_at is None:
            solution += now - paused
    solved = clocks.solved_at
    if solved is None and target in (ReturnState.APPROVED, ReturnState.REJECTED):
        solved = now
    return Clocks(
        solution_due=solution,
        finish_due=finish,
        paused_at=now if target in WAITS else None,
        solved_at=solved,
        finished_at=now if target in ENDED else None,
    )
