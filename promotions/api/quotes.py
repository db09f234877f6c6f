"""POST quotes/: what a basket costs. It writes nothing and needs no Idempotency-Key."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from opsdesk.common.actors import Actor
from opsdesk.doors.api.fields import Input, Instant, Line, Money, Output, Quantity
from opsdesk.doors.api.views import CommandView
from promotions.queries.quotes import Basket, quote

MOST_LINES, MOST_COUPONS = 200, 20


class QuoteLineInput(Input):
    sku: Annotated[str, Line(60)]
    quantity: Quantity


class QuoteInput(Input):
    """A basket. `customer` is the buyer's id in the shop; without `at` it is priced as of now."""

    shop: Annotated[str, Line(40)]
    customer: Annotated[str, Line(100)] | None = None
    lines: Annotated[list[QuoteLineInput], Field(min_length=1, max_length=MOST_LINES)]
    coupons: Annotated[list[Annotated[str, Line(60)]], Field(max_length=MOST_COUPONS)] = []
    at: Instant | None = None


class QuoteLineOutput(Output):
    """`list_price` is the sale price; `unit_price` what is asked, from the source `price` or `discount`."""

    sku: str
    quantity: int
    list_price: Money
    unit_price: Money
    price_source: str
    amount: Money


class DiscountOutput(Output):
    rule: str
    amount: Money


class GiftOutput(Output):
    sku: str
    quantity: int


class QuoteOutput(Output):
    shop: str
    currency: str
    at: datetime
    lines: list[QuoteLineOutput]
    discounts: list[DiscountOutput]
    gifts: list[GiftOutput]
    freight: Money
    payable: Money


class QuoteCollection(CommandView):
    """Pricing a basket."""

    permission = "promotions.view_quote"
    accepts, returns, needs_key = QuoteInput, QuoteOutput, False

    def execute(self, data: QuoteInput, *, actor: Actor, now: datetime) -> QuoteOutput:
        lines = [(line.sku, line.quantity) for line in data.lines]
        found = quote(basket=Basket(data.shop, lines, data.coupons, data.at), actor=actor, now=now)
        return QuoteOutput(
            shop=found.shop.code,
            currency=found.shop.currency,
            at=found.at,
            lines=[
                QuoteLineOutput(
                    sku=line.sku,
                    quantity=line.quantity,
                    list_price=line.list_price,
                    unit_price=line.unit_price,
                    price_source=line.source,
                    amount=line.amount,
                )
                for line in found.lines
            ],
            discounts=[],
            gifts=[],
            freight=found.freight,
            payable=found.payable,
        )
