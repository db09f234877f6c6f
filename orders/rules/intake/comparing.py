"""Comparing an order with the listing, the written address and the buyer's earlier orders, field by field. SOP: O4"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from opsdesk.common.errors import Invalid, Issue
from opsdesk.common.text import mark
from orders.enums.intake import ComparedField as F
from orders.enums.intake import ComparisonResult
from orders.enums.orders import CheckCode, CheckResult

_ADDRESS_PARTS = frozenset({"province", "city", "district", "street", "postal_code"})
_CONTACT_PARTS = frozenset({"recipient", "phone"})
_PRICE_REASONS = frozenset({"odd_price", "unusual_amount"})


@dataclass(frozen=True)
class Side:
    """One line beside the listing: what was ordered, what the listing says now, and what it said to the buyer."""

    sku: str
    title: str
    options: Mapping[str, Any]
    quantity: int
    unit_price: Decimal
    listed_title: str | None
    listed_options: Mapping[str, Any]
    listed_prices: Collection[Decimal]
    seen_title: str
    seen_price: Decimal | None
    usual_quantity: int

    @property
    def differing(self) -> set[str]:
        """The fields in which the line is not what the listing says, or not what the buyer usually takes."""
        found: set[str] = set()
        if self.title != self.listed_title or (self.seen_title and self.seen_title != self.title):
            found.add(F.PRODUCT)
        if dict(self.options) != dict(self.listed_options):
            found.add(F.SPECIFICATION)
        if self.usual_quantity and self.quantity > self.usual_quantity:
            found.add(F.QUANTITY)
        if self.unit_price not in self.listed_prices or (self.seen_price is not None and self.unit_price != self.seen_price):
            found.add(F.PRICE)
        return found


@dataclass(frozen=True)
class Place:
    """The order's address beside what was written, and beside those of the buyer's earlier orders."""

    written: Collection[str]
    new_address: bool
    new_phone: bool


def differing(lines: Sequence[Side], place: Place, checks: Mapping[str, tuple[str, Mapping[str, Any]]]) -> list[str]:
    """The fields with a difference, in the order of the screen. `checks` are results and details by code. SOP: O4"""
    found: set[str] = {name for line in lines for name in line.differing}
    reasons = {reason["code"] for reason in _detail(checks, CheckCode.RISK).get("reasons", ())}
    if reasons & _PRICE_REASONS or not _is_ok(checks, CheckCode.PRICE):
        found.add(F.PRICE)
    if place.new_address or _ADDRESS_PARTS & set(place.written) or not _is_ok(checks, CheckCode.ADDRESS):
        found.add(F.ADDRESS)
    if place.new_phone or _CONTACT_PARTS & set(place.written) or not _is_ok(checks, CheckCode.CONTACT):
        found.add(F.CONTACT)
    return [name for name in F.values if name in found]


def comparison_refusal(*, result: str, fields: Collection[str], differing: Sequence[str], note: str) -> Invalid | None:
    """What a comparison lacks: checked means every field, and a note where something differs. None when it is complete.

    SOP: O4
    """
    if result != ComparisonResult.CHECKED:
        return None
    left = [name for name in F.values if name not in fields]
    if left:
        message = mark("Compare these as well: %(fields)s")
        params = {"fields": ", ".join(left)}
        return Invalid(message, code="incomplete", issues=[Issue("/fields", "incomplete", message, params)])
    if differing and not note.strip():
        message = mark("Something differs: write down why the order may go on.")
        return Invalid(message, code="required", issues=[Issue("/note", "required", message)])
    return None


def _is_ok(checks: Mapping[str, tuple[str, Mapping[str, Any]]], code: str) -> bool:
    return code not in checks or checks[code][0] == CheckResult.OK


def _detail(checks: Mapping[str, tuple[str, Mapping[str, Any]]], code: str) -> Mapping[str, Any]:
    return checks[code][1] if code in checks else {}
