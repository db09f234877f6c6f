"""What must always be true of the catalog."""

from catalog.queries import invariants as checks
from opsdesk.common.text import mark
from opsdesk.invariants.definitions import Invariant

INVARIANTS = (
    Invariant(
        "catalog.stock",
        mark("Stock is the sum of its movements and of its lots, and what is reserved is promised to somebody"),
        "C11",
        checks.crooked_balances,
    ),
    Invariant("catalog.listings", mark("Every live listing is as it was approved"), "C13", checks.live_without_approval),
)
