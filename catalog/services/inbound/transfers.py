"""Transfers between warehouses: asked for, sent, received; on the way the pieces are in neither."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from catalog.enums.inbound import TransferStatus
from catalog.enums.stock import MovementReason
from catalog.errors import InsufficientStock
from catalog.models import StockLot, StockTransfer, StockTransferLine, StockTransferLot
from catalog.parameters.inbound import TRANSFER_TIME
from catalog.queries.inbound.goods import lots_left
from catalog.rules.inbound.lifecycles import TRANSFER_LIFECYCLE
from catalog.services import stock
from catalog.services.inbound.base import Wanted, find_lines, next_number, refusal, require_warehouse
from catalog.services.inbound.transfer_ends import DIFFERENCES, KIND, TO_RECEIVE, TO_SEND, lock_transfer, move
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Issue
from opsdesk.common.text import mark
from opsdesk.inbox.services import Work, raise_item, resolve
from opsdesk.parameters.queries import value

PERMISSION = "catalog.transfer_stock"


@transaction.atomic
def request_transfer(
    *, source_id: int, target_id: int, lines: Sequence[Wanted], reason: str = "", actor: Actor, now: datetime
) -> StockTransfer:
    """Ask for pieces of another warehouse.

    Raises: Forbidden, Invalid (with everything that is wrong).
    Ours: transfers
    """
    actor.require(PERMISSION)
    source = require_warehouse(source_id, actor, "/source_id")
    target = require_warehouse(target_id, actor, "/target_id")
    if source == target:
        raise refusal(Issue("/target_id", "same_warehouse", mark("Choose two different warehouses.")))
    skus = find_lines(lines, actor)
    transfer = StockTransfer.objects.create(
        number=next_number("TR", now), source=source, target=target, reason=reason, requested_at=now, requested_by=actor.label
    )
    StockTransferLine.objects.bulk_create(
        StockTransferLine(transfer=transfer, sku=sku, quantity=line.quantity) for sku, line in zip(skus, lines, strict=True)
    )
    params = {"number": transfer.number, "source": source.code, "target": target.code}
    raise_item(Work(TO_SEND, KIND, transfer.public_id, now + value(TRANSFER_TIME), params=params), now=now)
    record(Change("catalog.transfer_requested", KIND, transfer.public_id, after=params, reason=reason), actor=actor, now=now)
    return transfer


@transaction.atomic
def send_transfer(*, transfer_id: int, actor: Actor, now: datetime) -> StockTransfer:
    """Let the pieces leave: the oldest lots go, and are noted so that they arrive as old as they are.

    Raises: NotFound, Forbidden, IllegalTransition, InsufficientStock (reserved pieces stay).
    Ours: transfers
    """
    transfer = lock_transfer(transfer_id, actor)
    TRANSFER_LIFECYCLE.enter("send", transfer.status, actor)
    lines = list(transfer.lines.select_related("sku").order_by("sku_id"))
    items = stock.lock_items({(line.sku_id, transfer.source_id) for line in lines})
    lots: dict[int, list[StockLot]] = defaultdict(list)
    for lot in lots_left([line.sku_id for line in lines], transfer.source_id):
        lots[lot.sku_id].append(lot)
    bookings: list[stock.Booking] = []
    kept: list[StockTransferLot] = []
    for line in lines:
        available = items[line.sku_id, transfer.source_id].available
        if available < line.quantity:
            message = mark("Only %(available)s of %(sku)s available.")
            params: dict[str, Any] = {"available": available, "sku": line.sku.code}
            raise InsufficientStock(message, issues=[Issue("/lines", "available", message, params)], **params)
        leaving, noted = _leave(transfer, line, lots[line.sku_id])
        bookings, kept = [*bookings, *leaving], [*kept, *noted]
    StockTransferLot.objects.bulk_create(kept)
    stock.book(bookings, reason=MovementReason.TRANSFER, actor=actor, now=now)
    transfer.sent_at, transfer.sent_by, transfer.sender_id = now, actor.label, actor.staff_id
    transfer.save(update_fields=["sent_at", "sent_by", "sender"])
    resolve(kind=TO_SEND, subject_ids=[transfer.public_id], outcome="sent", actor=actor, now=now)
    params = {"number": transfer.number, "target": transfer.target.code}
    raise_item(Work(TO_RECEIVE, KIND, transfer.public_id, now + value(TRANSFER_TIME), params=params), now=now)
    move(transfer, "send", TransferStatus.SENT, actor, now)
    return transfer


@transaction.atomic
def receive_transfer(*, transfer_id: int, arrived: Mapping[str, int], actor: Actor, now: datetime) -> StockTransfer:
    """Take in what has arrived, by SKU code; what is missing becomes the supervisor's work.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (more than was sent, a SKU left out).
    Ours: transfers
    """
    transfer = lock_transfer(transfer_id, actor)
    TRANSFER_LIFECYCLE.enter("receive", transfer.status, actor)
    lines = list(transfer.lines.select_related("sku").prefetch_related("lots").order_by("sku_id"))
    issues = [_not_within(line, arrived.get(line.sku.code)) for line in lines]
    if wrong := [issue for issue in issues if issue]:
        raise refusal(*wrong)
    bookings: list[stock.Booking] = []
    for line in lines:
        line.received = arrived[line.sku.code]
        bookings += _arrive(transfer, line)
    StockTransferLine.objects.bulk_update(lines, ["received"])
    stock.book(bookings, reason=MovementReason.TRANSFER, actor=actor, now=now)
    transfer.received_at, transfer.received_by, transfer.receiver_id = now, actor.label, actor.staff_id
    transfer.has_differences = any(line.received != line.quantity for line in lines)
    transfer.save(update_fields=["received_at", "received_by", "receiver", "has_differences"])
    resolve(kind=TO_RECEIVE, subject_ids=[transfer.public_id], outcome="received", actor=actor, now=now)
    if transfer.has_differences:
        missing = sum(line.quantity - (line.received or 0) for line in lines)
        params = {"number": transfer.number, "missing": missing}
        raise_item(Work(DIFFERENCES, KIND, transfer.public_id, now + value(TRANSFER_TIME), params=params), now=now)
    move(transfer, "receive", TransferStatus.RECEIVED, actor, now)
    return transfer


def _leave(
    transfer: StockTransfer, line: StockTransferLine, lots: Sequence[StockLot]
) -> tuple[list[stock.Booking], list[StockTransferLot]]:
    """One booking of each lot, the oldest first, and what the lot was. The caller holds the balance."""
    left, bookings, kept = line.quantity, [], []
    for lot in lots:
        if taken := min(left, lot.quantity_left):
            key = f"transfer-out:{transfer.public_id}:{line.sku_id}:{lot.pk}"
            bookings.append(stock.Booking(line.sku_id, transfer.source_id, -taken, key, transfer.number, lot=lot.pk))
            kept.append(_note(line, lot, taken))
            left -= taken
    return bookings, kept


def _note(line: StockTransferLine, lot: StockLot, quantity: int) -> StockTransferLot:
    names = ("code", "received_at", "expires_on", "supplier_name", "unit_cost")
    return StockTransferLot(line=line, quantity=quantity, **{name: getattr(lot, name) for name in names})


def _arrive(transfer: StockTransfer, line: StockTransferLine) -> list[stock.Booking]:
    """The lots as they left, the oldest first, as far as the pieces that arrived go."""
    left, bookings = line.received or 0, []
    for lot in sorted(line.lots.all(), key=lambda lot: (lot.received_at, lot.pk)):
        if taken := min(left, lot.quantity):
            facts = stock.LotFacts(lot.code, lot.received_at, lot.expires_on, lot.supplier_name, lot.unit_cost)
            key = f"transfer-in:{transfer.public_id}:{line.sku_id}:{lot.pk}"
            bookings.append(stock.Booking(line.sku_id, transfer.target_id, taken, key, transfer.number, facts=facts))
            left -= taken
    return bookings


def _not_within(line: StockTransferLine, pieces: int | None) -> Issue | None:
    if pieces is not None and 0 <= pieces <= line.quantity:
        return None
    message, bounds = mark("It must lie between %(minimum)s and %(maximum)s."), {"minimum": 0, "maximum": line.quantity}
    return Issue(f"/sku-{line.sku_id}", "out_of_range", message, bounds)
