"""What a platform says of an order, as the draft that intake takes. SOP: O1, O2"""

from collections.abc import Mapping

from opsdesk.common.errors import Invalid, Issue
from opsdesk.common.text import mark
from orders.enums.orders import PaymentStatus
from orders.enums.platforms import Stage
from orders.rules.intake.draft import DraftCustomer, DraftLine, DraftPayment, OrderDraft
from orders.rules.platforms.assembling import Stated, lines_of
from orders.rules.platforms.cells import shown

NO_TIME = mark("It is not stated when the order was placed.")
FIELDS = {  # which column is to blame for what intake refuses
    "placed_at": "placed",
    "payable": "paid",
    "payment": "paid",
    "promised_by": "promised",
    "freight": "freight",
    "external_id": "order",
    "lines": "code",
}


def draft_of(order: Stated, *, shop: str, skus: Mapping[str, str]) -> OrderDraft:
    """The draft of an order whose merchant codes are all known.

    Raises: Invalid, when the file does not say what it takes.
    SOP: O1
    """
    placed = order.moment("placed") or order.moment("paid_at")
    if placed is None:
        raise Invalid(NO_TIME, code="required", issues=[Issue("/placed", "required", NO_TIME)])
    lines = [DraftLine(skus[code], line.quantity, line.unit_price, line.discount) for code, line in lines_of(order)]
    address, buyer = order.address, shown(order.text("buyer"))
    return OrderDraft(
        shop=shop,
        external_id=order.number,
        placed_at=placed,
        currency="",
        payment=_payment(order),
        lines=lines,
        payable=order.payable,
        freight=order.freight,
        address=address,
        customer=DraftCustomer(buyer, address.recipient, address.phone) if buyer else None,
        buyer_note=order.text("note"),
        promised_by=order.moment("promised"),
    )


def pointer_of(pointer: str) -> str:
    """The column's field for a pointer into the draft, empty for the whole row."""
    name = pointer.strip("/").split("/")[0]
    return f"/{FIELDS[name]}" if name in FIELDS else pointer if name in FIELDS.values() else ""


def _payment(order: Stated) -> DraftPayment:
    method = order.text("method")[:40]
    if order.is_cod:
        return DraftPayment(PaymentStatus.COD, method=method)
    if order.stage == Stage.UNPAID:
        return DraftPayment(PaymentStatus.UNPAID, method=method)
    reference = order.text("payment_reference")[:100]
    return DraftPayment(PaymentStatus.PAID, order.payable, method, reference, order.moment("paid_at"))
