"""Named reads of the checks."""

from opsdesk.invariants.models import InvariantRun

SHOWN = 14


def newest() -> list[InvariantRun]:
    """The last checks, newest first."""
    return list(InvariantRun.objects.order_by("-id")[:SHOWN])
