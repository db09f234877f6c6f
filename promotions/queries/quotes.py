"""A quote: what a basket costs in a shop, now or at another time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from catalog.queries.offers import offers
from catalog.queries.prices.moments import moment_prices
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Invalid, Issue
from opsdesk.common.text import mark
from opsdesk.shops.models import Shop
from opsdesk.shops.queries import visible_to
from promotions.errors import UnknownCoupon
from promotions.rules.quotes import NOTHING, PricedPiece, QuotedLine, payable, quote_lines


@dataclass(frozen=True)
class Basket:
    """What a customer would buy. `at` None means now."""

    shop: str
    lines: Sequence[tuple[str, int]]
    coupons: Sequence[str] = ()
    at: datetime | None = None


@dataclass(frozen=True)
class Quote:
    """What it costs."""

    shop: Shop
    at: datetime
    lines: Sequence[QuotedLine]
    freight: Decimal
    payable: Decimal


def quote(*, basket: Basket, actor: Actor, now: datetime) -> Quote:
    """Price a basket; everything that is wrong is named at once.

    Raises: Invalid (unknown shop or SKU, a SKU twice, not on sale there, no price at that time), UnknownCoupon.
    SOP: C24
    """
    shop = visible_to(actor).filter(code=basket.shop).first()
    if shop is None:
        raise Invalid(issues=[Issue("/shop", "unknown_shop", mark("There is no such shop."))], code="unknown_shop")
    if basket.coupons:
        text = mark("There is no coupon %(coupon)s.")
        raise UnknownCoupon(
            issues=[
                Issue(f"/coupons/{index}", "unknown_coupon", text, {"coupon": code})
                for index, code in enumerate(basket.coupons)
            ]
        )
    codes = [sku for sku, _ in basket.lines]
    _require_offered(codes, shop)
    prices = moment_prices(codes, at=basket.at, now=now)
    issues = [
        Issue(f"/lines/{index}/sku", "no_price", mark("It had no price at that time."))
        for index, code in enumerate(codes)
        if code not in prices
    ]
    if issues:
        raise Invalid(issues=issues, code="no_price")
    pieces = {code: PricedPiece(found.price, found.discount_price) for code, found in prices.items()}
    lines = quote_lines(basket.lines, pieces)
    return Quote(shop, basket.at or now, lines, NOTHING, payable(lines, NOTHING))


def _require_offered(codes: Sequence[str], shop: Shop) -> None:
    known, issues = offers(set(codes), [shop.pk]), []
    for index, code in enumerate(codes):
        pointer = f"/lines/{index}/sku"
        if code not in known:
            issues.append(Issue(pointer, "unknown_sku", mark("There is no such SKU.")))
        elif shop.pk not in known[code].on_sale_in:
            issues.append(Issue(pointer, "not_on_sale", mark("This SKU is not on sale in this shop.")))
        elif code in codes[:index]:
            issues.append(Issue(pointer, "duplicate_sku", mark("This SKU stands in another line already.")))
    if issues:
        raise Invalid(issues=issues, code=issues[0].code)
