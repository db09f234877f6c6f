"""Amounts of an order spread over its lines, to the cent. SOP: O2, O15"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from opsdesk.common.errors import Invalid
from opsdesk.common.text import mark
from orders.rules.platforms.cells import CENT

NOTHING = Decimal("0.00")
DO_NOT_ADD_UP = mark("The goods come to %(goods)s and the freight to %(freight)s, which is less than the %(paid)s to be paid.")


@dataclass(frozen=True)
class Priced:
    """A line as it was sold: `discount` is the whole line's."""

    unit_price: Decimal
    quantity: int
    discount: Decimal = NOTHING

    @property
    def total(self) -> Decimal:
        return self.unit_price * self.quantity - self.discount


def spread(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Shares of the amount by weight, which add up to it exactly and are never more than their weight.

    The amount is not more than the sum of the weights.
    SOP: O15
    """
    whole = sum(weights, NOTHING)
    if not whole:
        return [NOTHING for _ in weights]
    exact = [amount * weight / whole for weight in weights]
    shares = [part.quantize(CENT, ROUND_FLOOR) for part in exact]
    cents = int((amount - sum(shares, NOTHING)) / CENT)
    by_rest = sorted(range(len(weights)), key=lambda at: (shares[at] - exact[at], at))
    for at in [at for at in by_rest if shares[at] < weights[at]][:cents]:
        shares[at] += CENT
    return shares


def from_total(total: Decimal, quantity: int, discount: Decimal = NOTHING) -> Priced:
    """A line of which only the total before its discount is stated: the price of a piece is rounded up, and the cents too much
    are discount as well.
    """
    price = (total / quantity).quantize(CENT, ROUND_CEILING)
    return Priced(price, quantity, price * quantity - total + discount)


def settle(lines: Sequence[Priced], *, freight: Decimal, payable: Decimal) -> list[Priced]:
    """The lines with what the order costs less than they do spread over them.

    Raises: Invalid, when they cost less than is to be paid: nobody can say what the rest was for.
    SOP: O2
    """
    goods = sum((line.total for line in lines), NOTHING)
    rest = goods + freight - payable
    if rest < 0 or rest > goods:
        raise Invalid(DO_NOT_ADD_UP, code="totals_mismatch", goods=f"{goods}", freight=f"{freight}", paid=f"{payable}")
    shares = spread(rest, [line.total for line in lines])
    return [Priced(line.unit_price, line.quantity, line.discount + share) for line, share in zip(lines, shares, strict=True)]
