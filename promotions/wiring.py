"""Lets the apps below ask what goods cost, without knowing how a quote is made."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from opsdesk.common.actors import Actor
from orders.services.manual import quoting
from promotions.queries.quotes import Basket, quote


def _unit_prices(shop: str, lines: Sequence[tuple[str, int]], actor: Actor, now: datetime) -> dict[str, Decimal]:
    found = quote(basket=Basket(shop, lines), actor=actor, now=now)
    return {line.sku: line.unit_price for line in found.lines}


def register() -> None:
    """Called once, when the applications are ready."""
    quoting.use(_unit_prices)
