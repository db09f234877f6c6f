"""What the command palette finds: orders, parcels and SKUs by their numbers."""

from django.http import HttpRequest
from django.urls import reverse
from unfold.dataclasses import SearchResult

from catalog import queries as catalog
from opsdesk.doors.admin.actor import actor_of
from orders import queries as orders
from orders.queries import shipments

FOUND = 10


def command_search(request: HttpRequest, search_term: str) -> list[SearchResult]:
    """At most FOUND orders, parcels and SKUs each whose number begins with the term."""
    actor, results = actor_of(request), []
    if actor.can("orders.view_order"):
        for order in orders.by_number(search_term, actor)[:FOUND]:
            link = reverse("admin:orders_order_change", args=[order.pk])
            results.append(SearchResult(title=order.number, description=order.external_id, link=link, icon=None))
    if actor.can("orders.view_shipment"):
        for parcel in shipments.by_number(search_term, actor)[:FOUND]:
            link = reverse("admin:orders_shipment_change", args=[parcel.pk])
            title, carrier = parcel.tracking_no, parcel.carrier.name
            results.append(SearchResult(title=title, description=carrier, link=link, icon=None))
    if actor.can("catalog.view_sku"):
        for sku in catalog.by_code(search_term)[:FOUND]:
            link = reverse("admin:catalog_product_change", args=[sku.product_id])
            results.append(SearchResult(title=sku.code, description=sku.product.title, link=link, icon=None))
    return results
