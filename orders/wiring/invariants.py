"""What must always be true of orders."""

from opsdesk.common.text import mark
from opsdesk.invariants.definitions import Invariant
from orders.queries import invariants as checks
from orders.queries.finance import invariants as finance

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
    Invariant(
        "orders.settlement_sums", mark("Every settlement's totals are the sums of its rows"), "O15", finance.wrong_totals
    ),
    Invariant(
        "orders.settled",
        mark("What is settled stands in a closed settlement, and the other way round"),
        "O15",
        finance.settled_without_settlement,
    ),
    Invariant("orders.stuck", mark("Somebody asks after every order that is not confirmed in time"), "O16", finance.stuck),
)
