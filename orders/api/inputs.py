"""What the calls on orders accept."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError, PydanticKnownError

from opsdesk.doors.api.fields import Amount, Input, Instant, Line, Paragraph, Quantity
from orders.enums.orders import OrderKind, PaymentStatus
from orders.rules.intake import draft as drafts
from orders.rules.intake.draft import OrderDraft
from orders.rules.phones import NOT_A_PHONE, e164


def _phone(value: str) -> str:
    """A number that can be read; it is kept as it was written beside what it means."""
    if e164(value) is None:
        raise PydanticCustomError("invalid_phone", NOT_A_PHONE)
    return value


Phone = Annotated[str, Line(30, blank=True), AfterValidator(_phone)]
Email = Annotated[str, Line(254, blank=True), Field(pattern=r"^$|^[^@\s]+@[^@\s]+\.[^@\s]+$")]


class LineInput(Input):
    sku: Annotated[str, Line(60)]
    quantity: Quantity
    unit_price: Amount
    discount: Amount = Decimal("0.00")

    def to_draft(self) -> drafts.DraftLine:
        return drafts.DraftLine(self.sku, self.quantity, self.unit_price, self.discount)


class AddressInput(Input):
    recipient: Annotated[str, Line(100, blank=True)] = ""
    phone: Phone = ""
    province: Annotated[str, Line(60, blank=True)] = ""
    city: Annotated[str, Line(60, blank=True)] = ""
    district: Annotated[str, Line(60, blank=True)] = ""
    street: Annotated[str, Line(300, blank=True)] = ""
    postal_code: Annotated[str, Line(12, blank=True)] = ""

    def to_draft(self) -> drafts.DraftAddress:
        return drafts.DraftAddress(**self.model_dump() | {"phone": e164(self.phone) or ""}, phone_written=self.phone)


class CustomerInput(Input):
    external_id: Annotated[str, Line(100)]
    name: Annotated[str, Line(100, blank=True)] = ""
    phone: Phone | None = None
    email: Email | None = None

    def to_draft(self) -> drafts.DraftCustomer:
        return drafts.DraftCustomer(self.external_id, self.name, e164(self.phone or "") or "", self.email or "")


class PaymentInput(Input):
    status: Literal[PaymentStatus.UNPAID, PaymentStatus.PAID, PaymentStatus.COD]
    amount: Amount | None = None
    method: Annotated[str, Line(40, blank=True)] = ""
    reference: Annotated[str, Line(100, blank=True)] = ""
    paid_at: Instant | None = None


class OrderInput(Input):
    """One order of one shop, as the storefront took it.

    A historical one is recorded as it was: customer, address and payment may be missing, and it may be a credit note.
    """

    historical: bool = False
    kind: Annotated[OrderKind, Field(strict=False)] = OrderKind.SALE
    shop: Annotated[str, Line(40)]
    external_id: Annotated[str, Line(100)]
    placed_at: Instant
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    payment: Annotated[PaymentInput | None, Field(validate_default=True)] = None
    address: Annotated[AddressInput | None, Field(validate_default=True)] = None
    lines: Annotated[list[LineInput], Field(min_length=1)]
    customer: CustomerInput | None = None
    freight: Amount = Decimal("0.00")
    payable: Amount | None = None
    coupons: Annotated[list[Annotated[str, Line(64)]], Field(max_length=20)] = []
    buyer_note: Annotated[str, Paragraph(1000)] = ""
    is_test: bool = False

    @field_validator("payment", "address")
    @classmethod
    def _required_of_new_orders(cls, value: Any, info: ValidationInfo) -> Any:
        if value is None and not info.data.get("historical"):
            raise PydanticKnownError("missing")
        return value

    def to_draft(self) -> OrderDraft:
        """The input as what the service takes; without a currency it is the shop's."""
        lines = [item.to_draft() for item in self.lines]
        computed = sum((item.total for item in lines), self.freight)
        return OrderDraft(
            shop=self.shop,
            external_id=self.external_id,
            placed_at=self.placed_at,
            currency=self.currency or "",
            payment=drafts.DraftPayment(**vars(self.payment)) if self.payment else drafts.DraftPayment(PaymentStatus.PAID),
            address=self.address.to_draft() if self.address else None,
            lines=lines,
            customer=self.customer.to_draft() if self.customer else None,
            freight=self.freight,
            payable=computed if self.payable is None else self.payable,
            coupons=list(self.coupons),
            buyer_note=self.buyer_note,
            is_test=self.is_test,
            historical=self.historical,
            kind=self.kind,
        )
