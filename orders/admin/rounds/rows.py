"""What the clerk sees of each order in a check round. SOP: O4"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from catalog.queries.offers import Offer, offers
from opsdesk.common.actors import Actor
from orders.admin.words import reason
from orders.enums.intake import ComparisonResult
from orders.enums.orders import CheckResult
from orders.enums.rounds import RoundDecision
from orders.models import CheckRoundItem, DeliveryAddress, Order
from orders.queries.rounds import earlier_orders
from orders.rules import masking
from orders.rules.intake.checks import is_clean
from orders.rules.rounds import needs_note


@dataclass(frozen=True)
class LineRow:
    """One line: what was ordered, at which price, and what the catalog asks."""

    sku: str
    title: str
    specification: str
    quantity: int
    unit_price: Decimal
    catalog_prices: str
    other_price: bool


@dataclass(frozen=True)
class Row:
    """One order of the round."""

    item: CheckRoundItem
    order: Order
    lines: list[LineRow]
    recipient: str
    phone: str
    address: str
    earlier: int
    reasons: list[str]
    holds: list[str]
    clean: bool
    compared_by: str

    @property
    def note_for(self) -> str:
        """The decisions that need a note on this order, for the page's script."""
        decisions = (value for value in RoundDecision.values if needs_note(value, clean=self.clean, held=bool(self.holds)))
        return " ".join(decisions)


def rows(items: Sequence[CheckRoundItem], actor: Actor) -> list[Row]:
    """The rows of one page of the queue, with a fixed number of statements.

    The street is shown to those who may see customer data: whether an address is a real one cannot be judged from a
    mask. Name and phone stay masked.
    """
    orders = [item.order for item in items]
    earlier = earlier_orders(orders)
    known = offers({line.sku_code for order in orders for line in order.lines.all()}, set())
    in_full = actor.can("orders.reveal_customer")
    return [_row(item, known, earlier.get(item.order_id, 0), in_full=in_full) for item in items]


def _row(item: CheckRoundItem, known: dict[str, Offer], earlier: int, *, in_full: bool) -> Row:
    order = item.order
    place: DeliveryAddress = getattr(order, "address", None) or DeliveryAddress()
    checks, holds = list(order.checks.all()), list(order.holds.all())
    masked = masking.mask_address(
        province=place.province, city=place.city, district=place.district, street="" if in_full else place.street
    )
    return Row(
        item=item,
        order=order,
        lines=[_line(line, known) for line in order.lines.all()],
        recipient=masking.mask_name(place.recipient),
        phone=masking.mask_phone(place.phone),
        address=masked + (place.street if in_full else ""),
        earlier=earlier,
        reasons=[reason(check) for check in checks if check.result != CheckResult.OK],
        holds=[hold.get_code_display() for hold in holds],
        compared_by=next(
            (one.by for one in reversed(list(order.comparisons.all())) if one.result == ComparisonResult.CHECKED), ""
        ),
        clean=is_clean([check.result for check in checks], held=bool(holds)),
    )


def _line(line: Any, known: dict[str, Offer]) -> LineRow:
    prices = known[line.sku_code].prices if line.sku_code in known else frozenset()
    return LineRow(
        sku=line.sku_code,
        title=line.title,
        specification=", ".join(f"{name}: {value}" for name, value in line.options.items()),
        quantity=line.quantity,
        unit_price=line.unit_price,
        catalog_prices=" / ".join(f"{price:.2f}" for price in sorted(prices)),
        other_price=line.unit_price not in prices,
    )
