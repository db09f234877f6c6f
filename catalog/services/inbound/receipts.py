"""Goods receipts: opened for a delivery, counted piece by piece, posted once."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from catalog.enums.inbound import ReceiptStatus
from catalog.models import GoodsReceipt, GoodsReceiptLine, PurchaseOrder
from catalog.queries.stock import warehouses_visible_to
from catalog.rules.inbound.lifecycles import PURCHASE_LIFECYCLE, RECEIPT_LIFECYCLE
from catalog.services.inbound.base import next_number, refusal, require_warehouse
from catalog.services.inbound.purchasing import lock_purchase
from catalog.services.inbound.tallies import Scan, Tally
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Issue
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark

KIND = "goods_receipt"
PERMISSION = "catalog.receive_goods"

__all__ = ["KIND", "PERMISSION", "Scan", "cancel_receipt", "count_pieces", "lock_receipt", "open_receipt"]


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
    after = {"warehouse": place.code} | ({"order": order.number} if order else {})
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
    if not scans:
        raise refusal(Issue("", "empty", mark("At least one line is needed.")))
    tally = Tally(receipt, scans, actor, now)
    if issues := [issue for found in tally.wrong for issue in found]:
        raise refusal(*issues)
    tally.keep()
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
