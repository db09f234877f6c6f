"""Goods that come back: on their way, received, inspected line by line, put where they belong."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from catalog.enums.stock import MovementReason
from catalog.queries.picking import warehouses
from catalog.services import stock
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Invalid, Issue
from opsdesk.common.text import mark
from opsdesk.inbox.services import resolve
from orders.enums.returns import Disposition
from orders.models import Carrier, ReturnLine, ReturnRequest
from orders.queries.returns.requests import waits_to_go_back
from orders.rules.returns import claims
from orders.services import notices
from orders.services.returns import moving


@dataclass(frozen=True)
class Finding:
    """What the warehouse found of one line."""

    accepted: int
    disposition: str


@transaction.atomic(savepoint=False)
def ship_back(*, return_id: int, carrier: str, tracking_no: str, actor: Actor, now: datetime) -> ReturnRequest:
    """The customer has sent the goods. Raises: NotFound, Forbidden, IllegalTransition, Invalid (carrier, number). SOP: O20"""
    row = moving.enter(return_id, "ship_back", actor)
    found, number = _parcel(carrier, tracking_no)
    details = {"carrier": found.code, "tracking_no": number}
    moving.move(row, "ship_back", actor=actor, now=now, details=details, carrier=found, tracking_no=number)
    return row


@transaction.atomic(savepoint=False)
def receive(*, return_id: int, warehouse_id: int, actor: Actor, now: datetime) -> ReturnRequest:
    """The parcel is in the house. Raises: NotFound, Forbidden, IllegalTransition, Invalid (unknown warehouse). SOP: O21"""
    row = moving.enter(return_id, "receive", actor)
    places = {int(key): name for key, name in warehouses()}
    if warehouse_id not in places:
        message = mark("There is no such warehouse.")
        raise Invalid(message, code="unknown_warehouse", issues=[Issue("/warehouse_id", "unknown_warehouse", message)])
    details = {"warehouse": str(places[warehouse_id])}
    moving.move(row, "receive", actor=actor, now=now, details=details, warehouse_id=warehouse_id)
    return row


@transaction.atomic(savepoint=False)
def inspect(*, return_id: int, findings: Mapping[int, Finding], actor: Actor, now: datetime) -> ReturnRequest:
    """Write down what came back, line by line; accepted pieces fit for sale go back into stock, each line once.

    `findings` are by the line's key. What is owed follows the pieces that were accepted.
    Raises: NotFound, Forbidden, IllegalTransition, Invalid (a line is missing or more was accepted than claimed).
    SOP: O21
    """
    row = moving.enter(return_id, "inspect", actor)
    lines = list(row.lines.select_related("order_line").order_by("order_line__sku_id"))
    _judge(lines, findings)
    for line in lines:
        found = findings[line.pk]
        line.accepted, line.disposition = found.accepted, found.disposition
        line.inspection = claims.verdict(quantity=line.quantity, accepted=found.accepted)
    ReturnLine.objects.bulk_update(lines, ["accepted", "disposition", "inspection"])
    assert row.warehouse_id is not None
    back = [line for line in lines if line.accepted and line.disposition == Disposition.RESTOCK]
    bookings = [
        stock.Booking(line.order_line.sku_id, row.warehouse_id, line.accepted or 0, f"return:{line.pk}", row.public_id)
        for line in back
    ]
    stock.book(bookings, reason=MovementReason.RETURN, actor=actor, now=now)
    amount = min(row.amount, sum((_worth(line) for line in lines), Decimal("0.00")))
    told = [{"sku": line.order_line.sku_code, "accepted": line.accepted, "to": line.disposition} for line in lines]
    moving.move(row, "inspect", actor=actor, now=now, details={"lines": told}, amount=amount)
    if any(line.disposition == Disposition.CUSTOMER for line in lines):
        moving.raise_work(row, moving.SEND_BACK, now)
    return row


@transaction.atomic(savepoint=False)
def send_back(*, return_id: int, carrier: str, tracking_no: str, reason: str, actor: Actor, now: datetime) -> ReturnRequest:
    """Send what was not accepted back to the customer, at the customer's cost; it was never in stock, and the customer is
    told why and under which number it comes.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (carrier, number, no reason), Conflict (nothing to send back).
    SOP: O21
    """
    row = moving.enter(return_id, "send_back", actor)
    if not waits_to_go_back(row):
        raise Conflict(mark("There is nothing to send back."), code="nothing_to_send_back")
    found, number = _parcel(carrier, tracking_no)
    moving.require(reason, "/reason", mark("Write what the customer is told."))
    row.back_carrier, row.back_tracking_no, row.sent_back_at = found, number, now
    row.save(update_fields=["back_carrier", "back_tracking_no", "sent_back_at"])
    resolve(kind=moving.SEND_BACK, subject_ids=[row.public_id], outcome="sent", actor=actor, now=now)
    after = {"carrier": found.code, "tracking_no": number}
    change = Change("orders.return_send_back", moving.KIND, row.public_id, shop=row.order.shop.code, after=after, reason=reason)
    record(change, actor=actor, now=now)
    notices.tell_return(row, text=f"{reason.strip()} ({found.name} {number})", now=now)
    return row


def _parcel(carrier: str, tracking_no: str) -> tuple[Carrier, str]:
    """Raises: Invalid, when there is no such carrier or no number."""
    found = Carrier.objects.filter(code=carrier.strip().lower()).first()
    if found is None:
        message = mark("There is no such carrier.")
        raise Invalid(message, code="unknown_carrier", issues=[Issue("/carrier", "unknown_carrier", message)])
    moving.require(tracking_no, "/tracking_no", mark("Enter the tracking number."))
    return found, tracking_no.strip().upper()


def _judge(lines: list[ReturnLine], findings: Mapping[int, Finding]) -> None:
    for line in lines:
        found = findings.get(line.pk)
        if found is None or not 0 <= found.accepted <= line.quantity or found.disposition not in Disposition.values:
            message = mark("Say of every line how many pieces are accepted, and where they go.")
            raise Invalid(message, code="inspection_incomplete", issues=[Issue("", "inspection_incomplete", message)])
        if not claims.may_go_to(accepted=found.accepted, disposition=found.disposition):
            message = mark("Only what is not accepted goes back to the customer.")
            raise Invalid(message, code="accepted_goods_stay", issues=[Issue("", "accepted_goods_stay", message)])


def _worth(line: ReturnLine) -> Decimal:
    bought = line.order_line
    return claims.worth(
        unit_price=bought.unit_price, bought=bought.quantity, discount=bought.discount_amount, quantity=line.accepted or 0
    )
