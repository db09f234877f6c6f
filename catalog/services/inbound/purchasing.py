"""Writing purchase orders: by hand, or out of the accepted requests of one supplier."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from catalog.enums.stock import AlertStatus
from catalog.models import PurchaseOrder, PurchaseOrderLine, Sku, StockAlert, Supplier
from catalog.queries.stock import warehouses_visible_to
from catalog.rules.inbound.lifecycles import PURCHASE_LIFECYCLE
from catalog.services.inbound.base import (
    Wanted,
    active_supplier,
    find_lines,
    next_number,
    refusal,
    require_supplier,
    require_warehouse,
    supplier_issue,
)
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Issue
from opsdesk.common.locking import lock_many, lock_one
from opsdesk.common.text import mark
from opsdesk.duties.definitions import SHOP_TIME

KIND = "purchase_order"
PERMISSION = "catalog.write_purchaseorder"
MAX_COST = Decimal("9999999.99")
MOST_AHEAD = timedelta(days=730)


@dataclass(frozen=True)
class PurchaseLine:
    """Pieces of a SKU at a price a piece, in yuan, and the day on which they are expected."""

    sku: str
    quantity: int
    unit_cost: Decimal
    expected_on: date


@dataclass(frozen=True)
class PurchaseDraft:
    """A purchase order as it is written."""

    supplier_name: str
    warehouse_id: int
    lines: Sequence[PurchaseLine]
    note: str = ""


@transaction.atomic
def write_purchase(*, draft: PurchaseDraft, order_id: int | None = None, actor: Actor, now: datetime) -> PurchaseOrder:
    """Write a purchase order, or write a draft anew.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (all that is wrong with it).
    SOP: C12
    """
    actor.require(PERMISSION)
    place = require_warehouse(draft.warehouse_id, actor)
    supplier, skus = _check(draft, actor, now)
    if order_id is None:
        order = _create(supplier, place.pk, actor, now)
    else:
        order = lock_purchase(order_id, actor)
        PURCHASE_LIFECYCLE.enter("write", order.status, actor)
    order.supplier, order.supplier_name, order.warehouse, order.note = supplier, supplier.name, place, draft.note
    order.last_editor_id = actor.staff_id
    order.save(update_fields=["supplier", "supplier_name", "warehouse", "note", "last_editor"])
    order.lines.all().delete()
    _add_lines(order, [(sku, line) for sku, line in zip(skus, draft.lines, strict=True)])
    after = {"supplier": order.supplier_name, "lines": len(skus)}
    record(Change("catalog.purchase_written", KIND, order.public_id, after=after), actor=actor, now=now)
    return order


@transaction.atomic
def gather_requests(*, supplier_name: str, warehouse_id: int, expected_on: date, actor: Actor, now: datetime) -> PurchaseOrder:
    """Put every accepted replenishment request of a supplier into one new purchase order, at the SKUs' cost.

    Raises: Forbidden, Invalid (no such warehouse, a day that has passed), Conflict (nothing waits).
    SOP: C12
    """
    actor.require(PERMISSION)
    place, supplier = require_warehouse(warehouse_id, actor), require_supplier(supplier_name)
    if issue := _day_issue(expected_on, now, "/expected_on"):
        raise refusal(issue)
    waiting = StockAlert.objects.filter(status=AlertStatus.ACKED, purchase_order=None, supplier_name=supplier_name)
    requests = [one for one in lock_many(waiting.select_related("sku")) if one.accepted_quantity]
    if not requests:
        raise Conflict(mark("No accepted request of this supplier waits to be ordered."), code="nothing_to_order")
    order = _create(supplier, place.pk, actor, now)
    lines = [
        (one.sku, PurchaseLine(one.sku.code, one.accepted_quantity or 0, one.sku.cost or Decimal(0), expected_on))
        for one in requests
    ]
    _add_lines(order, lines)
    StockAlert.objects.filter(pk__in=[one.pk for one in requests]).update(purchase_order=order)
    after = {"supplier": supplier_name, "requests": len(requests)}
    record(Change("catalog.purchase_gathered", KIND, order.public_id, after=after), actor=actor, now=now)
    return order


def lock_purchase(order_id: int, actor: Actor) -> PurchaseOrder:
    """Lock a purchase order that the actor may know of. Raises: NotFound."""
    visible = warehouses_visible_to(actor).values("pk")
    return lock_one(PurchaseOrder.objects.filter(pk=order_id, warehouse__in=visible))


def day_issues(days: Sequence[date], now: datetime) -> list[Issue]:
    """What is wrong with the days on which goods are expected, by line."""
    found = (_day_issue(day, now, f"/lines/{number}/expected_on") for number, day in enumerate(days))
    return [issue for issue in found if issue]


def _day_issue(day: date, now: datetime, pointer: str) -> Issue | None:
    today = now.astimezone(SHOP_TIME).date()
    if day < today:
        return Issue(pointer, "date_out_of_range", mark("This day has passed."))
    if day > today + MOST_AHEAD:
        return Issue(pointer, "date_out_of_range", mark("At most two years ahead."))
    return None


def _check(draft: PurchaseDraft, actor: Actor, now: datetime) -> tuple[Supplier, list[Sku]]:
    issues = day_issues([line.expected_on for line in draft.lines], now)
    supplier = active_supplier(draft.supplier_name)
    if supplier is None:
        issues.append(supplier_issue())
    for number, line in enumerate(draft.lines):
        if not 0 <= line.unit_cost <= MAX_COST:
            bounds = {"minimum": 0, "maximum": str(MAX_COST)}
            message = mark("It must lie between %(minimum)s and %(maximum)s.")
            issues.append(Issue(f"/lines/{number}/unit_cost", "out_of_range", message, bounds))
    skus = find_lines([Wanted(line.sku, line.quantity) for line in draft.lines], actor, issues)
    if supplier is None or issues:
        raise refusal(*issues)
    return supplier, skus


def _create(supplier: Supplier, warehouse_id: int, actor: Actor, now: datetime) -> PurchaseOrder:
    return PurchaseOrder.objects.create(
        number=next_number("PO", now),
        supplier=supplier,
        supplier_name=supplier.name,
        warehouse_id=warehouse_id,
        author_id=actor.staff_id,
        last_editor_id=actor.staff_id,
        made_at=now,
        made_by=actor.label,
    )


def _add_lines(order: PurchaseOrder, lines: Sequence[tuple[Sku, PurchaseLine]]) -> None:
    PurchaseOrderLine.objects.bulk_create(
        PurchaseOrderLine(order=order, sku=sku, quantity=line.quantity, unit_cost=line.unit_cost, expected_on=line.expected_on)
        for sku, line in lines
    )
