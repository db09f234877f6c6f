"""What the picking of orders needs to know of stock: who has what reserved where, and the lots, oldest first."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet, Sum

from catalog.models import Reservation, Sku, StockLot, Warehouse


@dataclass(frozen=True)
class Reserved:
    """Pieces of a SKU that an owner has reserved in a warehouse."""

    owner_ref: str
    sku_id: int
    sku_code: str
    warehouse_id: int
    quantity: int


@dataclass(frozen=True)
class Lot:
    """A lot with pieces left."""

    lot_id: int
    sku_id: int
    code: str
    quantity: int


@dataclass(frozen=True)
class Label:
    """What tells a SKU from its neighbours on the shelf."""

    sku_id: int
    title: str
    options: dict[str, Any]
    barcode: str
    code: str


def labels(sku_ids: Collection[int]) -> dict[int, Label]:
    """The labels of these SKUs by id."""
    rows = Sku.objects.filter(pk__in=sku_ids).values_list("id", "product__title", "options", "barcode", "code")
    return {row[0]: Label(*row) for row in rows}


def warehouses() -> list[tuple[int, str]]:
    """Every warehouse with its name, by code."""
    return [(place.pk, f"{place.code} {place.name}") for place in Warehouse.objects.order_by("code")]


def reserved(owner_refs: Collection[str], warehouse_id: int) -> list[Reserved]:
    """What these owners have reserved in the warehouse, by SKU code; the longest reserved first."""
    rows = Reservation.objects.filter(owner_ref__in=owner_refs, warehouse=warehouse_id).order_by("sku__code", "id")
    columns = ("owner_ref", "sku_id", "sku__code", "warehouse_id", "quantity")
    return [Reserved(*row) for row in rows.values_list(*columns)]


def all_reserved(owner_refs: Collection[str]) -> list[Reserved]:
    """What these owners have reserved anywhere."""
    rows = Reservation.objects.filter(owner_ref__in=owner_refs).order_by("owner_ref", "id")
    return [Reserved(*row) for row in rows.values_list("owner_ref", "sku_id", "sku__code", "warehouse_id", "quantity")]


def warehouse_codes() -> dict[int, str]:
    """The code of every warehouse by its id."""
    return dict(Warehouse.objects.values_list("pk", "code"))


def owners_reserving_in(warehouse_id: int) -> QuerySet[Any, str]:
    """The owners with something reserved in the warehouse, as a subquery."""
    return Reservation.objects.filter(warehouse=warehouse_id).values_list("owner_ref", flat=True)


def places_of(owner_refs: Collection[str]) -> dict[str, set[int]]:
    """The warehouses in which each of these owners has something reserved."""
    found: dict[str, set[int]] = defaultdict(set)
    rows = Reservation.objects.filter(owner_ref__in=owner_refs).values_list("owner_ref", "warehouse_id")
    for owner_ref, warehouse_id in rows:
        found[owner_ref].add(warehouse_id)
    return found


def lots_fifo(warehouse_id: int, sku_ids: Collection[int], *, today: date) -> list[Lot]:
    """The lots of these SKUs with pieces left that have not expired: those that expire first, then the oldest. SOP: O9"""
    lots = StockLot.objects.filter(warehouse=warehouse_id, sku__in=sku_ids, quantity_left__gt=0)
    fresh = lots.filter(Q(expires_on=None) | Q(expires_on__gte=today)).order_by(
        F("expires_on").asc(nulls_last=True), "received_at", "id"
    )
    return [Lot(*row) for row in fresh.values_list("id", "sku_id", "code", "quantity_left")]


def lot_codes(warehouse_id: int, sku_ids: Collection[int]) -> dict[str, set[int]]:
    """Which of these SKUs lie in the lots of the warehouse that have pieces left, by the lot's code."""
    lots = StockLot.objects.filter(warehouse=warehouse_id, sku__in=sku_ids, quantity_left__gt=0)
    found: dict[str, set[int]] = defaultdict(set)
    for code, sku in lots.values_list("code", "sku_id"):
        found[code].add(sku)
    return found


def expired_pieces(warehouse_id: int, sku_ids: Collection[int], *, today: date) -> dict[int, int]:
    """How many pieces of these SKUs lie in expired lots, by SKU; none of them is picked. SOP: C20"""
    lots = StockLot.objects.filter(warehouse=warehouse_id, sku__in=sku_ids, quantity_left__gt=0, expires_on__lt=today)
    return dict(lots.order_by().values("sku").annotate(pieces=Sum("quantity_left")).values_list("sku", "pieces"))
