"""When the ladder's next step is due. Pure."""

from collections.abc import Sequence
from datetime import datetime


def step_at(*, raised_at: datetime, due_at: datetime, percents: Sequence[int], taken: int) -> datetime | None:
    """The moment of the next escalation step, None after the last one.

    Percents count the time from raising to due: 100 is the due time itself. An item that was due when it was raised
    takes its steps at once.
    SOP: G2
    """
    if taken >= len(percents):
        return None
    return raised_at + max(due_at - raised_at, due_at - due_at) * percents[taken] / 100


def is_breached(*, due_at: datetime, now: datetime) -> bool:
    """True from the due time on."""
    return now >= due_at
