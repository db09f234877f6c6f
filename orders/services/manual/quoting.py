"""What goods cost in a shop now, asked of whoever quotes prices; the app that does so registers itself."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from opsdesk.common.actors import Actor

Quoter = Callable[[str, Sequence[tuple[str, int]], Actor, datetime], Mapping[str, Decimal]]
_QUOTERS: list[Quoter] = []


def use(quoter: Quoter) -> None:
    """Ask this one from now on: shop, (sku, pieces), actor, now -> what a piece costs, by SKU."""
    _QUOTERS[:] = [quoter]


def unit_prices(shop: str, lines: Sequence[tuple[str, int]], *, actor: Actor, now: datetime) -> Mapping[str, Decimal]:
    """What a piece of each SKU costs in the shop now: the same as POST quotes/ says.

    Raises: Invalid (unknown shop or SKU, a SKU twice, not on sale there).
    SOP: O1
    """
    return _QUOTERS[0](shop, lines, actor, now)
