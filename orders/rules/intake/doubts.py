"""What makes an order doubtful: it is not refused and not held, a person looks at it. SOP: O4, O5"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from orders.rules.intake.draft import DraftLine, OrderDraft

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Thresholds:
    """From when on something is doubtful, from the parameters."""

    window: timedelta
    phone: int
    address: int
    duplicate: timedelta
    odd_price: int
    usual_factor: int
    usual_orders: int


@dataclass(frozen=True)
class Past:
    """What the shop knows of the buyer: orders of the phone and the address within the window, the number of an order
    with the same content, and how many earlier orders there are at which average.
    """

    phone: int = 0
    address: int = 0
    duplicate_of: str = ""
    orders: int = 0
    average: Decimal = Decimal("0.00")


def reasons(
    draft: OrderDraft, past: Past, *, catalog_prices: Mapping[str, Collection[Decimal]], limits: Thresholds
) -> list[dict[str, Any]]:
    """Why a person must look, each with its figures; empty when nothing is odd. Names no personal data.

    SOP: O4, O5
    """
    found: list[dict[str, Any]] = []
    odd = sorted({line.sku for line in draft.lines if _is_odd(line, catalog_prices.get(line.sku, ()), limits.odd_price)})
    if odd:
        found.append({"code": "odd_price", "skus": odd})
    if past.orders >= limits.usual_orders and draft.payable > past.average * limits.usual_factor / HUNDRED:
        found.append({"code": "unusual_amount", "payable": f"{draft.payable:.2f}", "usual": f"{past.average:.2f}"})
    if past.phone >= limits.phone:
        found.append({"code": "many_of_phone", "count": past.phone + 1})
    if past.address >= limits.address:
        found.append({"code": "many_of_address", "count": past.address + 1})
    if past.duplicate_of:
        found.append({"code": "duplicate", "of": past.duplicate_of})
    return found


def _is_odd(line: DraftLine, prices: Collection[Decimal], percent: int) -> bool:
    """True when what a piece costs lies more than so many percent below or above every price of the listing."""
    if not prices:
        return False
    paid = line.unit_price - line.discount / line.quantity
    share = Decimal(percent) / HUNDRED
    return paid < min(prices) * (1 - share) or paid > max(prices) * (1 + share)
