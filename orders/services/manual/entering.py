"""Orders that reach the shop by telephone or chat, entered by staff: taken in like all others. SOP: O1"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from hashlib import sha256

from django.db import connection, transaction

from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Invalid, Issue
from opsdesk.common.text import mark
from opsdesk.parameters.queries import value
from orders.enums.manual import EntryChannel
from orders.enums.orders import PaymentStatus
from orders.models import ManualEntry, Order
from orders.parameters.manual import PRICE_OFF
from orders.rules.manual import prices
from orders.rules.manual.prices import Asked
from orders.services.intake.noting import note_order
from orders.services.intake.receiving import (
    DraftAddress,
    DraftCustomer,
    DraftLine,
    DraftPayment,
    OrderDraft,
    receive_order,
)
from orders.services.manual import approvals, quoting

PERMISSION = "orders.enter_order"
_NUMBER = 12  # hexadecimal digits by which the order's platform number tells the forms apart
_REASON = mark("Say why it costs something else than in the catalogue.")
_REFERENCE = mark("Enter the reference of the payment.")


@dataclass(frozen=True)
class EntryLine:
    """Pieces of a SKU; without a price it costs what the catalogue says."""

    sku: str
    quantity: int
    unit_price: Decimal | None = None


@dataclass(frozen=True)
class Entry:
    """An order as it was dictated. `key` is the number of the form that it was written in."""

    key: str
    shop: str
    channel: str
    lines: Sequence[EntryLine]
    address: DraftAddress
    payment: str
    customer: DraftCustomer | None = None
    method: str = ""
    reference: str = ""
    buyer_note: str = ""
    seller_note: str = ""
    reason: str = ""


@transaction.atomic(savepoint=False)
def enter_order(*, entry: Entry, actor: Actor, now: datetime) -> Order:
    """Take an order in that somebody dictated: it is checked, held and reserved as any other. The same form sent twice is
    one order. Another price than the catalogue's says why, and far off it waits for a second person.

    Raises: Forbidden, Invalid and its kin, InsufficientStock.
    SOP: O1
    """
    actor.require(PERMISSION)
    if known := entered_before(entry.key):
        return known
    lines = asked_lines(entry, actor=actor, now=now)
    _judge(entry, lines)
    case = receive_order(draft=_draft(entry, lines, now), actor=actor, now=now)
    assert case.order
    row = ManualEntry.objects.create(
        order=case.order,
        key=entry.key,
        channel=entry.channel,
        quoted_amount=prices.quoted_sum(lines),
        asked_amount=prices.asked_sum(lines),
        reason=entry.reason.strip() if prices.differing(lines) else "",
        author_id=actor.staff_id,
        entered_by=actor.label,
        entered_at=now,
    )
    tell(row, case.order, actor=actor, now=now)
    if entry.seller_note.strip():
        note_order(order_id=case.order.pk, seller_note=entry.seller_note, flag="", actor=actor, now=now)
    if prices.needs_second_person(lines, percent=value(PRICE_OFF)):
        approvals.ask(row, case.order, actor=actor, now=now)
    return case.order


def entered_before(key: str) -> Order | None:
    """The order of this form, if it was sent before; whoever sends it at the same time waits here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"entry {key}"])
    return Order.objects.filter(entry__key=key).select_related("shop").first()


def asked_lines(entry: Entry, *, actor: Actor, now: datetime) -> list[Asked]:
    """Each line with what the catalogue says and what is asked for. Raises: Invalid."""
    if not entry.lines:
        message = mark("Enter what is ordered.")
        raise Invalid(message, code="required", issues=[Issue("/lines/0/sku", "required", message)])
    wanted = [(line.sku, line.quantity) for line in entry.lines]
    quoted = quoting.unit_prices(entry.shop, wanted, actor=actor, now=now)
    return [_asked(line, quoted) for line in entry.lines]


def tell(row: ManualEntry, order: Order, *, actor: Actor, now: datetime) -> None:
    """Write down who entered the order, and how it came."""
    after = {"order": order.number, "channel": row.channel, "asked": f"{row.asked_amount:.2f}"}
    if row.original_id:
        after |= {"quoted": f"{row.quoted_amount:.2f}", "cause": row.cause, "source": row.source_id}
    change = Change("orders.entry_made", approvals.KIND, row.public_id, shop=order.shop.code, after=after, reason=row.reason)
    record(change, actor=actor, now=now)


def _asked(line: EntryLine, quoted: Mapping[str, Decimal]) -> Asked:
    price = quoted[line.sku]
    return Asked(line.sku, line.quantity, price, price if line.unit_price is None else line.unit_price)


def _judge(entry: Entry, lines: Sequence[Asked]) -> None:
    """Raises: Invalid, with everything that is missing."""
    issues = []
    if prices.differing(lines) and not entry.reason.strip():
        issues.append(Issue("/reason", "required", _REASON))
    if entry.payment == PaymentStatus.PAID and not entry.reference.strip():
        issues.append(Issue("/reference", "required", _REFERENCE))
    if entry.channel not in EntryChannel.values or entry.channel == EntryChannel.RESHIP:
        issues.append(Issue("/channel", "unknown_channel", mark("Choose how the order came.")))
    if issues:
        raise Invalid(issues[0].message, code=issues[0].code, issues=issues)


def _draft(entry: Entry, lines: Sequence[Asked], now: datetime) -> OrderDraft:
    paid = entry.payment == PaymentStatus.PAID
    total = prices.asked_sum(lines)
    return OrderDraft(
        shop=entry.shop,
        external_id=number_of(entry.key),
        placed_at=now,
        currency="",
        payment=DraftPayment(
            entry.payment,
            total if paid else None,
            entry.method.strip(),
            entry.reference.strip() if paid else "",
            now if paid else None,
        ),
        lines=[DraftLine(line.sku, line.quantity, line.asked) for line in lines],
        payable=total,
        address=entry.address,
        customer=entry.customer,
        buyer_note=entry.buyer_note,
    )


def number_of(key: str) -> str:
    """The platform number of an order that no platform knows."""
    return f"MAN-{sha256(key.encode()).hexdigest()[:_NUMBER].upper()}"
