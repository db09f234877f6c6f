"""Do the prices earn what they must, and do they make sense beside each other? Pure."""

from collections.abc import Iterator
from decimal import Decimal

from catalog.enums.listings import Severity
from catalog.rules.content import ListingContent, SkuContent
from catalog.rules.findings import Finding
from opsdesk.common.text import mark

PERCENT = 100
MARGIN_CODES = frozenset({"margin_below_target", "below_cost"})


def margin_percent(*, price: Decimal, cost: Decimal) -> Decimal:
    """The gross margin in percent of a price above zero: (price - cost) / price. SOP: C10"""
    return (price - cost) * PERCENT / price


def price_problems(content: ListingContent, *, target_percent: int, waived: bool) -> Iterator[Finding]:
    """Everything that is wrong with the prices of all SKUs.

    A waiver turns too small a margin and prices below cost into warnings; it excuses nothing else.
    SOP: C10
    """
    for index, sku in enumerate(content.skus):
        start = f"/skus/{index}"
        yield from _order_of_prices(sku, start)
        if sku.price is not None and sku.price > 0 and sku.cost is not None:
            yield from _earnings(sku, sku.price, sku.cost, start, target_percent, waived)


def _order_of_prices(sku: SkuContent, start: str) -> Iterator[Finding]:
    if sku.price is None:
        return
    if sku.price <= 0:
        yield Finding("price_not_positive", f"{start}/price", mark("The price must be above zero."))
    for name in ("discount_price", "member_price"):
        special = getattr(sku, name)
        if special is not None and special <= 0:
            yield Finding("price_not_positive", f"{start}/{name}", mark("The price must be above zero."))
        elif special is not None and special > sku.price:
            yield Finding("above_price", f"{start}/{name}", mark("It must not be above the sale price."))
    if sku.competitor_price is not None and sku.price > sku.competitor_price:
        text = mark("The price is above the competitor's.")
        yield Finding("above_competitor", f"{start}/price", text, severity=Severity.WARNING)


def _earnings(sku: SkuContent, price: Decimal, cost: Decimal, start: str, target: int, waived: bool) -> Iterator[Finding]:
    severity = Severity.WARNING if waived else Severity.ERROR
    margin = margin_percent(price=price, cost=cost)
    if margin < target:
        params = {"margin": f"{margin:.1f}", "target": str(target)}
        text = mark("The margin is %(margin)s %%, the target is %(target)s %%.")
        yield Finding("margin_below_target", f"{start}/price", text, params, severity)
    for name in ("price", "discount_price", "member_price"):
        amount = getattr(sku, name)
        if amount is not None and amount < cost:
            yield Finding("below_cost", f"{start}/{name}", mark("This price is below the cost."), severity=severity)
