"""What an API client's scopes allow. No scope approves, refunds, changes a price or a user."""

from collections.abc import Iterable

SCOPES: dict[str, frozenset[str]] = {
    "orders:read": frozenset({"orders.view_order", "orders.view_shipment"}),
    "orders:write": frozenset(
        {
            "orders.add_order",
            "orders.cancel_order",
            "orders.change_address",
            "orders.mark_paid_order",
            "orders.complete_order",
            "orders.hold_order",
            "orders.release_order",
            "orders.intercept_order",
        }
    ),
    "orders:import": frozenset({"orders.import_order"}),
    "orders:fulfil": frozenset({"orders.pick_order", "orders.pack_order", "orders.ship_order"}),
    "returns:read": frozenset({"orders.view_refund", "orders.view_returnrequest", "orders.view_returnpolicy"}),
    "returns:write": frozenset({"orders.view_returnrequest", "orders.add_return"}),
    "stock:read": frozenset({"catalog.view_stockitem"}),
    "stock:write": frozenset({"catalog.view_stockitem", "catalog.sync_stock"}),
    "tracking:write": frozenset({"orders.record_tracking", "orders.view_shipment"}),
    "products:read": frozenset({"catalog.view_product", "catalog.view_contentpage"}),
    "products:write": frozenset(
        {"catalog.view_product", "catalog.add_listingrevision", "catalog.change_listingrevision", "catalog.submit_listing"}
    ),
    "promotions:read": frozenset({"promotions.view_quote"}),
    "tickets:read": frozenset({"support.view_ticket", "support.view_productreview"}),
    "tickets:write": frozenset(
        {
            "support.view_ticket",
            "support.add_ticket",
            "support.import_message",
            "support.view_productreview",
            "support.add_productreview",
        }
    ),
    "events:read": frozenset({"webhooks.view_event"}),
}
ALL = "all"


def permissions_of(scopes: Iterable[str]) -> frozenset[str]:
    """The permissions that a set of scopes adds up to; ``all`` stands for every scope."""
    names = SCOPES if ALL in scopes else scopes
    return frozenset().union(*(SCOPES.get(name, frozenset()) for name in names))
