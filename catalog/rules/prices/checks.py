"""What is wrong with new prices, and whether two changes get into each other's way. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from catalog.enums.listings import Severity
from catalog.rules.findings import Finding
from catalog.rules.pricing import margin_percent
from opsdesk.common.text import mark

PERCENT = 100
MARGIN = "margin_below_target"


@dataclass(frozen=True)
class Prices:
    """All prices of a SKU in its shops' currency; None: there is none."""

    price: Decimal
    discount_price: Decimal | None = None
    member_price: Decimal | None = None
    cost: Decimal | None = None

    @property
    def asked(self) -> dict[str, Decimal]:
        """What customers may be asked to pay, by its name."""
        named = {"price": self.price, "discount_price": self.discount_price, "member_price": self.member_price}
        return {name: amount for name, amount in named.items() if amount is not None}

    @property
    def lowest(self) -> Decimal:
        """The least that a customer may be asked to pay."""
        return min(self.asked.values())


@dataclass(frozen=True)
class PricedLine:
    """One SKU's prices now and as they will be, with the margin its category has to earn."""

    code: str
    old: Prices
    new: Prices
    target_percent: int
    competitor: Decimal | None = None


@dataclass(frozen=True)
class Stretch:
    """When a change holds; without end it is made at `start` and stays."""

    start: datetime
    end: datetime | None


def line_problems(lines: Sequence[PricedLine], *, large_percent: int, waived: bool) -> list[Finding]:
    """All that is wrong with new prices; a waiver excuses the margin and nothing else. SOP: C10"""
    found = []
    for index, line in enumerate(lines):
        found += [
            *_amounts(line, f"/lines/{index}"),
            *_earnings(line, f"/lines/{index}", waived),
            *_remarkable(line, f"/lines/{index}", large_percent),
        ]
    return found


def collide(one: Stretch, other: Stretch) -> bool:
    """True when two changes of a SKU get into each other's way.

    A lasting change is a moment: it collides with a limited one that holds at that moment, and with another one of the same
    moment; at the very end of a limited one it may follow. SOP: C10
    """
    if one.end is None and other.end is None:
        return one.start == other.start
    if one.end is None:
        return other.start <= one.start < (other.end or one.start)
    if other.end is None:
        return one.start <= other.start < one.end
    return one.start < other.end and other.start < one.end


def _amounts(line: PricedLine, start: str) -> Iterator[Finding]:
    for name, amount in line.new.asked.items():
        params = {"sku": line.code}
        if amount <= 0:
            yield Finding("price_not_positive", f"{start}/{name}", mark("%(sku)s: the price must be above zero."), params)
        elif amount > line.new.price:
            yield Finding("above_price", f"{start}/{name}", mark("%(sku)s: it must not be above the sale price."), params)
        if line.new.cost is not None and amount < line.new.cost:
            yield Finding("below_cost", f"{start}/{name}", mark("%(sku)s: this price is below the cost."), params)


def _earnings(line: PricedLine, start: str, waived: bool) -> Iterator[Finding]:
    cost = line.new.cost
    if cost is None or line.new.lowest <= 0:
        return
    margin = margin_percent(price=line.new.lowest, cost=cost)
    if margin < line.target_percent:
        text = mark("%(sku)s: the margin is %(margin)s %%, the target is %(target)s %%.")
        params = {"sku": line.code, "margin": f"{margin:.1f}", "target": str(line.target_percent)}
        yield Finding(MARGIN, f"{start}/price", text, params, Severity.WARNING if waived else Severity.ERROR)


def _remarkable(line: PricedLine, start: str, large_percent: int) -> Iterator[Finding]:
    if line.old.lowest > 0:
        change = abs(line.new.lowest - line.old.lowest) * PERCENT / line.old.lowest
        if change > large_percent:
            text = mark("%(sku)s: the price changes by %(change)s %%.")
            params = {"sku": line.code, "change": f"{change:.1f}"}
            yield Finding("large_change", f"{start}/price", text, params, Severity.WARNING)
    if line.competitor is not None and line.new.lowest > line.competitor:
        text = mark("%(sku)s: the price is above the competitor's, %(price)s.")
        params = {"sku": line.code, "price": f"{line.competitor:.2f}"}
        yield Finding("above_competitor", f"{start}/price", text, params, Severity.WARNING)
