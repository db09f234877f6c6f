"""What must always be true of orders."""

from opsdesk.common.text import mark
from opsdesk.invariants.definitions import Invariant
from orders.queries import invariants as checks

INVARIANTS = (
    Invariant(
        "orders.refunds",
        mark("No order gives back more than was paid, and its sums are the ledger's"),
        "O20",
        checks.refunds_beyond_paid,
    ),
    Invariant("orders.tracking", mark("One tracking number belongs to one parcel"), "O12", checks.numbers_of_two_parcels),
    Invariant("orders.events", mark("Every order's state was told outside"), "O7", checks.states_without_event),
    Invariant(
        "orders.returned", mark("No order gives back more pieces than left the house"), "O20", checks.returned_beyond_shipped
    ),
    Invariant(
        "orders.inspected",
        mark("No return is completed whose goods nobody looked at"),
        "O21",
        checks.finished_without_inspection,
    ),
    Invariant(
        "orders.restocked", mark("What came back into stock is what was accepted for it"), "O21", checks.restocked_otherwise
    ),
    Invariant("orders.parcels", mark("Every shipped order lies in a parcel"), "O12", checks.shipped_without_parcel),
)
