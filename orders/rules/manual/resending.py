"""How much of an order may be sent again for nothing. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from opsdesk.common.errors import Issue
from opsdesk.common.text import mark

TOO_MANY = mark("At most %(left)s pieces can still be sent again: the others were sent again or come back.")
NOT_PAID = mark("At most %(left)s was paid and not refunded or sent again: goods and money are not given for one loss.")


@dataclass(frozen=True)
class Sent:
    """One line of the order: pieces that left the house, that live returns claim, and that were sent again before."""

    line_id: int
    shipped: int
    returned: int
    resent: int

    @property
    def left(self) -> int:
        """Pieces for which the customer has had neither money nor goods."""
        return max(self.shipped - self.returned - self.resent, 0)


def refusals(wishes: Mapping[int, int], lines: Sequence[Sent]) -> list[Issue]:
    """What is wrong with sending so many pieces of these lines again. SOP: O1"""
    return [
        Issue(f"/quantity_{line.line_id}", "too_many", TOO_MANY, {"left": line.left})
        for line in lines
        if wishes.get(line.line_id, 0) > line.left
    ]


def money_left(*, paid: Decimal, refunded: Decimal, owed: Decimal, resent: Decimal) -> Decimal:
    """What was paid and has been given back neither as money nor as goods. SOP: O1"""
    return max(paid - refunded - owed - resent, Decimal("0.00"))
