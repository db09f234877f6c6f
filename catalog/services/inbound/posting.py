"""Posting a goods receipt: lots, ledger, purchase order, alerts and differences, in one transaction and once."""

from datetime import datetime

from django.db import transaction

from catalog.enums.inbound import DifferenceOutcome, PurchaseStatus, ReceiptStatus
from catalog.enums.stock import MovementReason
from catalog.models import GoodsReceipt, GoodsReceiptCount, GoodsReceiptLine, PurchaseOrder
from catalog.parameters.inbound import SETTLE_WITHIN
from catalog.rules.inbound.lifecycles import PURCHASE_LIFECYCLE, RECEIPT_LIFECYCLE
from catalog.rules.inbound.replenishment import is_complete
from catalog.services import stock
from catalog.services.alerts import end_replenished
from catalog.services.inbound.purchase_steps import finish
from catalog.services.inbound.purchasing import KIND as ORDER_KIND
from catalog.services.inbound.purchasing import lock_purchase
from catalog.services.inbound.receipts import KIND, lock_receipt
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Invalid
from opsdesk.common.text import mark
from opsdesk.inbox.services import Work, raise_item, resolve
from opsdesk.parameters.queries import value

DIFFERENCES = "catalog.receipt_differences"


@transaction.atomic
def post_receipt(*, receipt_id: int, actor: Actor, now: datetime) -> GoodsReceipt:
    """Take what was counted into stock: every count becomes a lot, with its ledger line; damaged pieces stay outside.

    The purchase order moves on, alerts end, and differences become purchasing's work. A second call is refused.
    Raises: NotFound, Forbidden, IllegalTransition (posted already, or the order is closed), Invalid (nothing counted).
    SOP: C11, C12
    """
    receipt = lock_receipt(receipt_id, actor)
    RECEIPT_LIFECYCLE.enter("post", receipt.status, actor)
    order = lock_purchase(receipt.purchase_order_id, actor) if receipt.purchase_order_id else None
    if order:
        PURCHASE_LIFECYCLE.enter("receive", order.status, actor)
    lines = list(receipt.lines.select_related("sku").order_by("sku_id"))
    if not any(line.good or line.damaged for line in lines):
        raise Invalid(mark("Nothing has been counted yet."), code="nothing_counted")
    costs = dict(order.lines.values_list("sku_id", "unit_cost")) if order else {}
    counts = GoodsReceiptCount.objects.filter(line__receipt=receipt, good__gt=0).select_related("line").order_by("id")
    bookings = [_booking(receipt, count, costs.get(count.line.sku_id), now) for count in counts]
    stock.book(bookings, reason=MovementReason.RECEIPT, actor=actor, now=now)
    end_replenished({booking.sku for booking in bookings}, now=now)
    if order:
        _advance(order, lines, actor, now)
    receipt.status, receipt.posted_at, receipt.posted_by = ReceiptStatus.POSTED, now, actor.label
    receipt.has_differences = any(line.short or line.over or line.damaged for line in lines)
    receipt.save(update_fields=["status", "posted_at", "posted_by", "has_differences"])
    _tell_differences(receipt, now)
    after = {"pieces": sum(b.delta for b in bookings), "differences": receipt.has_differences}
    record(Change("catalog.receipt_posted", KIND, receipt.public_id, after=after), actor=actor, now=now)
    return receipt


@transaction.atomic
def settle_differences(*, receipt_id: int, outcome: str, note: str, actor: Actor, now: datetime) -> GoodsReceipt:
    """Record what was agreed with the supplier about short, surplus and damaged pieces.

    Raises: NotFound, Forbidden, IllegalTransition, Conflict (nothing to settle, or settled already), Invalid.
    SOP: C12
    """
    receipt = lock_receipt(receipt_id, actor)
    RECEIPT_LIFECYCLE.enter("settle", receipt.status, actor)
    if not receipt.has_differences or receipt.settled_at:
        raise Conflict(mark("No differences of this delivery wait to be settled."), code="nothing_to_settle")
    if outcome not in DifferenceOutcome.values:
        raise Invalid(mark("Unknown decision."), code="unknown_decision")
    receipt.outcome, receipt.settlement_note = outcome, note
    receipt.settled_at, receipt.settled_by = now, actor.label
    receipt.save(update_fields=["outcome", "settlement_note", "settled_at", "settled_by"])
    resolve(kind=DIFFERENCES, subject_ids=[receipt.public_id], outcome=outcome, actor=actor, now=now)
    change = Change("catalog.receipt_settled", KIND, receipt.public_id, after={"outcome": outcome}, reason=note)
    record(change, actor=actor, now=now)
    return receipt


def _booking(receipt: GoodsReceipt, count: GoodsReceiptCount, cost: object, now: datetime) -> stock.Booking:
    facts = stock.LotFacts(
        code=count.lot_code or receipt.number,
        received_at=now,
        expires_on=count.expires_on,
        supplier_name=receipt.supplier_name,
        unit_cost=cost,  # type: ignore[arg-type]
        location_id=count.location_id,
        receipt_count_id=count.pk,
    )
    key = f"receipt:{receipt.public_id}:{count.pk}"
    return stock.Booking(count.line.sku_id, receipt.warehouse_id, count.good, key, receipt.number, facts=facts)


def _advance(order: PurchaseOrder, lines: list[GoodsReceiptLine], actor: Actor, now: datetime) -> None:
    """Note on the purchase order what came; once nothing is outstanding it is closed."""
    ordered = {line.sku_id: line for line in order.lines.all()}
    for line in lines:
        if found := ordered.get(line.sku_id):
            found.received += line.good
            found.damaged += line.damaged
            found.save(update_fields=["received", "damaged"])
    if is_complete({line.pk: line.outstanding for line in ordered.values()}):
        finish(order, "receive", PurchaseStatus.RECEIVED, actor, now)
        return
    before, order.status = order.status, PurchaseStatus.PARTLY_RECEIVED
    order.save(update_fields=["status"])
    after = {"status": order.status}
    record(
        Change("catalog.purchase_receive", ORDER_KIND, order.public_id, before={"status": before}, after=after),
        actor=actor,
        now=now,
    )


def _tell_differences(receipt: GoodsReceipt, now: datetime) -> None:
    if receipt.has_differences:
        params = {"number": receipt.number, "supplier": receipt.supplier_name}
        raise_item(Work(DIFFERENCES, KIND, receipt.public_id, now + value(SETTLE_WITHIN), params=params), now=now)
