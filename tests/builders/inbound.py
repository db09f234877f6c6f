"""Goods on their way in, between places, and out of the books."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.text import slugify

from catalog.models import GoodsReceipt, PurchaseOrder, Sku, StockLot, StorageLocation, Supplier
from catalog.services.inbound.locations import create_locations
from catalog.services.inbound.purchase_steps import send_purchase
from catalog.services.inbound.purchasing import PurchaseDraft, PurchaseLine, write_purchase
from catalog.services.inbound.receipts import Scan, count_pieces, open_receipt
from catalog.services.selection.suppliers import SupplierDetails, add_supplier
from opsdesk.common.actors import SYSTEM, Actor
from tests.builders.catalog import a_warehouse
from tests.builders.times import NOW

EXPECTED = date(2026, 6, 20)


def a_location(code: str = "A-01-03") -> StorageLocation:
    """A storage location of warehouse sz-01."""
    create_locations(warehouse_id=a_warehouse().pk, pattern=code, actor=SYSTEM, now=NOW)
    return StorageLocation.objects.get(code=code)


def the_supplier(name: str = "Yiwu Textiles") -> Supplier:
    """The supplier of that name, made if it is not known."""
    found = Supplier.objects.filter(name=name).first()
    return found or add_supplier(code=slugify(name), details=SupplierDetails(name), actor=SYSTEM, now=NOW)


def a_purchase(*lines: tuple[Sku, int], cost: str = "40.00", sent: bool = True, actor: Actor = SYSTEM) -> PurchaseOrder:
    """An order at Yiwu Textiles for sz-01, expected on 20 June; sent unless told otherwise."""
    the_supplier()
    ordered = [PurchaseLine(sku.code, quantity, Decimal(cost), EXPECTED) for sku, quantity in lines]
    draft = PurchaseDraft("Yiwu Textiles", a_warehouse().pk, ordered)
    order = write_purchase(draft=draft, actor=actor, now=NOW)
    return send_purchase(order_id=order.pk, actor=actor, now=NOW) if sent else order


def a_receipt(order: PurchaseOrder | None = None, *scans: Scan) -> GoodsReceipt:
    """An open goods receipt with these counts."""
    ground: dict[str, Any] = {"purchase_order_id": order.pk} if order else {}
    ground |= {} if order else {"warehouse_id": a_warehouse().pk, "reason": "samples"}
    receipt = open_receipt(**ground, actor=SYSTEM, now=NOW)
    if scans:
        count_pieces(receipt_id=receipt.pk, scans=scans, actor=SYSTEM, now=NOW)
    return receipt


def lots_of(sku: Sku) -> list[tuple[str, int]]:
    """(lot, pieces left) of a SKU, oldest first; empty ones are left out."""
    lots = StockLot.objects.filter(sku=sku, quantity_left__gt=0).order_by("received_at", "id")
    return list(lots.values_list("code", "quantity_left"))
