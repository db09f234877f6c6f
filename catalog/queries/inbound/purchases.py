"""Reading purchase orders."""

import hashlib
import json
from collections.abc import Collection
from decimal import Decimal

from django.db.models import DecimalField, ExpressionWrapper, F, Sum

from catalog.enums.selection import SupplierStatus
from catalog.models import PurchaseOrder, PurchaseOrderLine, StockAlert, Supplier, Warehouse


def amount_of(order: PurchaseOrder) -> Decimal:
    """What the order costs, in yuan."""
    cost = ExpressionWrapper(F("quantity") * F("unit_cost"), DecimalField(max_digits=20, decimal_places=2))
    return order.lines.aggregate(total=Sum(cost))["total"] or Decimal("0.00")


def lines_of(order: PurchaseOrder) -> list[PurchaseOrderLine]:
    """The lines with their SKUs, by SKU code."""
    return list(order.lines.select_related("sku__product").order_by("sku__code"))


def hash_of(order: PurchaseOrder) -> str:
    """What an approval is pinned to: supplier, warehouse, and every line."""
    lines = [[line.sku.code, line.quantity, f"{line.unit_cost}", f"{line.expected_on}"] for line in lines_of(order)]
    content = [order.supplier_name, order.warehouse_id, lines]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def suppliers_waiting() -> list[str]:
    """The suppliers of accepted requests that stand in no purchase order yet."""
    waiting = StockAlert.objects.filter(status="acked", purchase_order=None, resolved_at=None).exclude(supplier_name="")
    return list(waiting.order_by("supplier_name").values_list("supplier_name", flat=True).distinct())


def last_suppliers(sku_ids: Collection[int]) -> dict[int, str]:
    """Who was asked for each of these SKUs last; who was never ordered is not named."""
    lines = PurchaseOrderLine.objects.filter(sku__in=sku_ids).order_by("sku", "-id").distinct("sku")
    return dict(lines.values_list("sku", "order__supplier_name"))


def is_active_supplier(name: str) -> bool:
    """True when goods may be ordered from the supplier of that name."""
    return Supplier.objects.filter(name=name.strip(), status=SupplierStatus.ACTIVE).exists()


def active_suppliers() -> list[tuple[str, str]]:
    """The suppliers that may be ordered from, as choices."""
    rows = Supplier.objects.filter(status=SupplierStatus.ACTIVE).order_by("name").values_list("name", flat=True)
    return [(name, name) for name in rows]


def warehouse_names() -> list[tuple[int, str]]:
    """Every warehouse with its name, by code."""
    return [(place.pk, f"{place.code} {place.name}") for place in Warehouse.objects.order_by("code")]
