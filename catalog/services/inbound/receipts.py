"""Goods receipts: opened for a delivery, counted piece by piece, posted once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from catalog.enums.inbound import ReceiptStatus
from catalog.models import GoodsReceipt, GoodsReceiptCount, GoodsReceiptLine, PurchaseOrder, StorageLocation
from catalog.queries.inbound.goods import scanned
from catalog.queries.stock import warehouses_visible_to
from catalog.rules.inbound.lifecycles import PURCHASE_LIFECYCLE, RECEIPT_LIFECYCLE
from catalog.rules.stock import is_expired
from catalog.services.inbound.base import MOST_LINES, MOST_PIECES, next_number, refusal, require_warehouse
from catalog.services.inbound.purchasing import lock_purchase
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Issue
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from opsdesk.duties.definitions import SHOP_TIME

KIND = "goods_receipt"
PERMISSION = "catalog.receive_goods"
LOT_LENGTH = 60


@dataclass(frozen=True)
class Scan:
    """Pieces as they are counted: `code` is a SKU or a barcode. Negative pieces take a wrong count back."""

    code: str
    quantity: int = 0
    damaged: int = 0
    lot_code: str = ""
    expires_on: date | None = None
    location: str = ""


@transaction.atomic
def open_receipt(
    *,
    purchase_order_id: int | None = None,
    warehouse_id: int | None = None,
    supplier_name: str = "",
    reason: str = "",
    delivery_note: str = "",
    actor: Actor,
    now: datetime,
) -> GoodsReceipt:
    """Begin to count a delivery: of a sent purchase order, or of goods without one for the reason given.

    Raises: NotFound, Forbidden, IllegalTransition (the order is not sent), Invalid.
    SOP: C11, C12
    """
    actor.require(PERMISSION)
    order = lock_purchase(purchase_order_id, actor) if purchase_order_id else None
    if order:
        PURCHASE_LIFECYCLE.enter("receive", order.status, actor)
        warehouse_id, supplier_name = order.warehouse_id, order.supplier_name
    elif not reason.strip():
        raise refusal(Issue("/reason", "blank", mark("Without a purchase order, say why the goods are taken in.")))
    place = require_warehouse(warehouse_id, actor)
    receipt = GoodsReceipt.objects.create(
        number=next_number("GR", now),
        warehouse=place,
        purchase_order=order,
        supplier_name=supplier_name.strip(),
        reason="" if order else reason.strip(),
        delivery_note=delivery_note.strip(),
        opened_at=now,
        opened_by=actor.label,
    )
    _expect(receipt, order)
    after = {"order": order.number if order else "", "warehouse": place.code}
    record(Change("catalog.receipt_opened", KIND, receipt.public_id, after=after, reason=reason), actor=actor, now=now)
    return receipt


@transaction.atomic
def count_pieces(*, receipt_id: int, scans: Sequence[Scan], actor: Actor, now: datetime) -> GoodsReceipt:
    """Add counted pieces to an open receipt, all of them or, if anything is wrong, none.

    Raises: NotFound, Forbidden, IllegalTransition (it is posted), Invalid (with everything that is wrong).
    SOP: C11
    """
    receipt = lock_receipt(receipt_id, actor)
    RECEIPT_LIFECYCLE.enter("count", receipt.status, actor)
    skus = scanned({scan.code for scan in scans}, actor)
    places = _places(receipt, scans)
    today = now.astimezone(SHOP_TIME).date()
    issues = [issue for n, scan in enumerate(scans) for issue in _wrong(n, scan, skus, places, today)]
    if not scans:
        issues.append(Issue("", "empty", mark("At least one line is needed.")))
    if issues:
        raise refusal(*issues)
    for number, scan in enumerate(scans):
        _add(receipt, number, scan, skus[scan.code], places[scan.location.upper()] if scan.location else None)
    if receipt.lines.count() > MOST_LINES:
        raise refusal(Issue("", "too_many_items", mark("At most %(limit)s lines."), {"limit": MOST_LINES}))
    return receipt


@transaction.atomic
def cancel_receipt(*, receipt_id: int, reason: str, actor: Actor, now: datetime) -> GoodsReceipt:
    """Give up an open receipt: it was opened by mistake. Raises: NotFound, Forbidden, IllegalTransition."""
    receipt = lock_receipt(receipt_id, actor)
    RECEIPT_LIFECYCLE.enter("cancel", receipt.status, actor)
    receipt.status = ReceiptStatus.CANCELLED
    receipt.save(update_fields=["status"])
    record(Change("catalog.receipt_cancelled", KIND, receipt.public_id, reason=reason), actor=actor, now=now)
    return receipt


def lock_receipt(receipt_id: int, actor: Actor) -> GoodsReceipt:
    """Lock a receipt that the actor may know of. Raises: NotFound."""
    visible = warehouses_visible_to(actor).values("pk")
    return lock_one(GoodsReceipt.objects.filter(pk=receipt_id, warehouse__in=visible))


def _expect(receipt: GoodsReceipt, order: PurchaseOrder | None) -> None:
    lines = order.lines.order_by("id") if order else []
    GoodsReceiptLine.objects.bulk_create(
        GoodsReceiptLine(receipt=receipt, sku_id=line.sku_id, expected=line.outstanding) for line in lines if line.outstanding
    )


def _places(receipt: GoodsReceipt, scans: Sequence[Scan]) -> dict[str, int]:
    codes = {scan.location.upper() for scan in scans if scan.location}
    found = StorageLocation.objects.filter(warehouse=receipt.warehouse_id, code__in=codes, is_active=True)
    return dict(found.values_list("code", "pk"))


def _wrong(number: int, scan: Scan, skus: dict[str, int], places: dict[str, int], today: date) -> list[Issue]:
    at, issues = f"/scans/{number}", []
    if scan.code not in skus:
        issues.append(Issue(f"{at}/code", "unknown_sku", mark("There is no such SKU.")))
    if not scan.quantity and not scan.damaged:
        issues.append(Issue(f"{at}/quantity", "empty", mark("How many pieces?")))
    for name, pieces in (("quantity", scan.quantity), ("damaged", scan.damaged)):
        if abs(pieces) > MOST_PIECES:
            issues.append(Issue(f"{at}/{name}", "out_of_range", mark("At most %(limit)s pieces."), {"limit": MOST_PIECES}))
    if scan.location and scan.location.upper() not in places:
        message = mark("There is no such location in this warehouse.")
        issues.append(Issue(f"{at}/location", "unknown_location", message))
    if scan.quantity > 0 and is_expired(expires_on=scan.expires_on, today=today):
        issues.append(Issue(f"{at}/expires_on", "date_out_of_range", mark("It has expired; count these pieces as damaged.")))
    if len(scan.lot_code) > LOT_LENGTH:
        issues.append(Issue(f"{at}/lot_code", "text_too_long", mark("At most %(limit)s characters."), {"limit": LOT_LENGTH}))
    return issues


def _add(receipt: GoodsReceipt, number: int, scan: Scan, sku_id: int, location_id: int | None) -> None:
    line, _ = GoodsReceiptLine.objects.get_or_create(receipt=receipt, sku_id=sku_id)
    found, _ = GoodsReceiptCount.objects.get_or_create(
        line=line, lot_code=scan.lot_code.strip(), expires_on=scan.expires_on, location_id=location_id
    )
    for name, pieces in (("good", scan.quantity), ("damaged", scan.damaged)):
        total = getattr(found, name) + pieces
        if total < 0:
            message = mark("Only %(counted)s pieces are counted there; no more can be taken back.")
            field = "quantity" if name == "good" else "damaged"
            issue = Issue(f"/scans/{number}/{field}", "out_of_range", message, {"counted": getattr(found, name)})
            raise refusal(issue)
        setattr(found, name, total)
        setattr(line, name, getattr(line, name) + pieces)
    found.save(update_fields=["good", "damaged"])
    line.save(update_fields=["good", "damaged"])
