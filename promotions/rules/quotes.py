"""From prices to what a customer pays. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

NOTHING = Decimal("0.00")
PRICE, DISCOUNT = "price", "discount"


@dataclass(frozen=True)
class PricedPiece:
    """What one piece costs: its sale price, and its discount price where there is one."""

    price: Decimal
    discount_price: Decimal | None


@dataclass(frozen=True)
class QuotedLine:
    """A line with what a piece costs in it, and where that price comes from."""

    sku: str
    quantity: int
    list_price: Decimal
    unit_price: Decimal
    source: str

    @property
    def amount(self) -> Decimal:
        """The line's sum."""
        return self.unit_price * self.quantity


def quote_lines(asked: Sequence[tuple[str, int]], prices: Mapping[str, PricedPiece]) -> list[QuotedLine]:
    """Each line at the price that holds: the discount price where there is one, else the sale price. SOP: C24"""
    lines = []
    for sku, quantity in asked:
        piece = prices[sku]
        discounted = piece.discount_price is not None and piece.discount_price < piece.price
        unit = piece.discount_price if discounted and piece.discount_price is not None else piece.price
        lines.append(QuotedLine(sku, quantity, piece.price, unit, DISCOUNT if discounted else PRICE))
    return lines


def payable(lines: Sequence[QuotedLine], freight: Decimal) -> Decimal:
    """What the customer pays for all; never less than nothing."""
    return max(sum((line.amount for line in lines), NOTHING) + freight, NOTHING)
