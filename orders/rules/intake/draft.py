"""An order as a shop sends it, and what can be said of it without looking anything up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from opsdesk.common.errors import DomainError, Invalid, Issue, Malformed
from opsdesk.common.text import mark
from orders.enums.orders import OrderKind
from orders.errors import TotalsMismatch

HISTORICAL_LINES = 1000


@dataclass(frozen=True)
class DraftLine:
    """`discount` is the whole line's."""

    sku: str
    quantity: int
    unit_price: Decimal
    discount: Decimal = Decimal("0.00")

    @property
    def total(self) -> Decimal:
        return self.unit_price * self.quantity - self.discount


@dataclass(frozen=True)
class DraftAddress:
    """Phone in E.164; `phone_written` is what it was read from, where that is known."""

    recipient: str = ""
    phone: str = ""
    province: str = ""
    city: str = ""
    district: str = ""
    street: str = ""
    postal_code: str = ""
    phone_written: str = ""


@dataclass(frozen=True)
class DraftCustomer:
    external_id: str
    name: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class DraftPayment:
    status: str
    amount: Decimal | None = None
    method: str = ""
    reference: str = ""
    paid_at: datetime | None = None


@dataclass(frozen=True)
class OrderDraft:
    """One order to be taken in; an empty currency means the shop's. `promised_by` is the platform's own ship time."""

    shop: str
    external_id: str
    placed_at: datetime
    currency: str
    payment: DraftPayment
    lines: Sequence[DraftLine]
    payable: Decimal
    freight: Decimal = Decimal("0.00")
    address: DraftAddress | None = None
    customer: DraftCustomer | None = None
    coupons: Sequence[str] = ()
    buyer_note: str = ""
    is_test: bool = False
    historical: bool = False
    kind: str = OrderKind.SALE
    promised_by: datetime | None = None
    prints: Mapping[str, str] = field(default_factory=dict)

    @property
    def goods(self) -> Decimal:
        """Before discounts and freight."""
        return sum((line.unit_price * line.quantity for line in self.lines), Decimal("0.00"))

    @property
    def discount(self) -> Decimal:
        """The sum of the lines' discounts."""
        return sum((line.discount for line in self.lines), Decimal("0.00"))


@dataclass(frozen=True)
class Limits:
    """What intake allows, from the parameters."""

    ahead: timedelta
    back: timedelta
    lines: int


def refusal(draft: OrderDraft, *, currency: str, limits: Limits, now: datetime) -> DomainError | None:
    """Why the draft cannot become an order of a shop with this currency; None when it can.

    SOP: O2, O4
    """
    limit = HISTORICAL_LINES if draft.historical else limits.lines
    if len(draft.lines) > limit:
        issue = Issue("/lines", "too_many_items", mark("At most %(max_length)s entries."), {"max_length": limit})
        return Malformed(issue.message, code=issue.code, issues=[issue], max_length=limit)
    issues = _issues(draft, currency, limits, now)
    if issues:
        first = issues[0]
        return Invalid(first.message, code=first.code, issues=issues, **first.params)
    computed = draft.goods - draft.discount + draft.freight
    if computed != draft.payable:
        issue = Issue("/payable", "totals_mismatch", TotalsMismatch.message, {"computed": computed, "payable": draft.payable})
        return TotalsMismatch(issues=[issue], computed=computed, payable=draft.payable)
    return None


def _issues(draft: OrderDraft, currency: str, limits: Limits, now: datetime) -> list[Issue]:
    issues = []
    if draft.kind == OrderKind.CREDIT and not draft.historical:
        issues.append(Issue("/kind", "not_historical", mark("Only a historical order can be a credit note.")))
    if draft.currency != currency:
        message = mark("The shop's currency is %(currency)s.")
        issues.append(Issue("/currency", "unsupported_currency", message, {"currency": currency}))
    if draft.placed_at > now + limits.ahead or (not draft.historical and draft.placed_at < now - limits.back):
        issues.append(Issue("/placed_at", "date_out_of_range", mark("The time lies too far ahead or back.")))
    for index, line in enumerate(draft.lines):
        if line.discount > line.unit_price * line.quantity:
            message = mark("The discount is larger than the line.")
            issues.append(Issue(f"/lines/{index}/discount", "out_of_range", message))
    return issues
