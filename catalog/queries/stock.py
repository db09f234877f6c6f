"""Named reads of stock."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from catalog.models import ProductShop, Reservation, ShopWarehouse, Sku, StockItem, StockMovement, Warehouse
from opsdesk.common.actors import Actor


def levels(actor: Actor) -> QuerySet[StockItem]:
    """The balances that the actor may know of: in warehouses that serve their shops, of SKUs that are not another's."""
    items = StockItem.objects.select_related("sku", "warehouse")
    if actor.shop_ids is None:
        return items
    houses = list(
        warehouses_visible_to(actor).values_list("pk", flat=True)
    )  # named, so that the planner knows how full they are
    return items.filter(sku__in=skus_visible_to(actor).values("pk"), warehouse__in=houses)


def skus_by_code(codes: Collection[str], actor: Actor) -> dict[str, int]:
    """The keys of the SKUs of these codes that the actor may know of."""
    return dict(skus_visible_to(actor).filter(code__in=codes).values_list("code", "pk"))


def warehouses_by_code(codes: Collection[str], actor: Actor) -> dict[str, int]:
    """The keys of the warehouses of these codes that the actor may know of."""
    return dict(warehouses_visible_to(actor).filter(code__in=codes).values_list("code", "pk"))


def expired_owners(now: datetime, *, limit: int) -> list[str]:
    """Whose reservations have run out, the longest first."""
    rows = Reservation.objects.filter(expires_at__lt=now).order_by("expires_at", "owner_ref")
    return list(dict.fromkeys(rows.values_list("owner_ref", flat=True)[:limit]))


def skus_visible_to(actor: Actor) -> QuerySet[Sku]:
    """The SKUs that are sold in the actor's shops, and those that are sold nowhere yet."""
    if actor.shop_ids is None:
        return Sku.objects.all()
    offers = ProductShop.objects.filter(product=OuterRef("product"))
    return Sku.objects.filter(Exists(offers.filter(shop__in=actor.shop_ids)) | ~Exists(offers))


def warehouses_visible_to(actor: Actor) -> QuerySet[Warehouse]:
    """The warehouses that serve the actor's shops."""
    if actor.shop_ids is None:
        return Warehouse.objects.all()
    return Warehouse.objects.filter(pk__in=ShopWarehouse.objects.filter(shop__in=actor.shop_ids).values("warehouse"))


def booked_under(key: Any) -> QuerySet[StockMovement, Any]:
    """The pieces that the ledger booked under a key; for use in a subquery."""
    return StockMovement.objects.filter(key=key).values("delta")[:1]
