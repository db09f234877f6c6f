"""Price changes."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from catalog.models import PriceChange, Sku
from catalog.services.prices.judging import decide
from catalog.services.prices.writing import NewPrices, Plan, submit, write_change
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import Actor
from opsdesk.reviews.enums import ReviewState
from opsdesk.reviews.services import Verdict
from tests.builders.accounts import an_actor
from tests.builders.times import NOW

HOUR = timedelta(hours=1)


def a_price_change(
    sku: Sku,
    price: str = "89.00",
    *,
    start: datetime = NOW + HOUR,
    end: datetime | None = None,
    actor: Actor | None = None,
    **amounts: str,
) -> PriceChange:
    """A draft that a product specialist wrote, for one SKU."""
    prices: Any = {name: Decimal(text) for name, text in amounts.items()}
    plan = Plan([NewPrices(sku.code, Decimal(price), **prices)], "season", start, end)
    return write_change(plan=plan, actor=actor or an_actor(Role.PRODUCT_SPECIALIST), now=NOW)


def a_submitted_price_change(sku: Sku, price: str = "89.00", **changes: Any) -> PriceChange:
    """A change that waits for somebody else."""
    actor = changes.pop("actor", None) or an_actor(Role.PRODUCT_SPECIALIST)
    change = a_price_change(sku, price, actor=actor, **changes)
    return submit(change_id=change.pk, actor=actor, now=NOW)


def an_approved_price_change(sku: Sku, price: str = "89.00", **changes: Any) -> PriceChange:
    """A change that a second person approved."""
    change = a_submitted_price_change(sku, price, **changes)
    verdict = Verdict(ReviewState.APPROVED, change.content_hash)
    return decide(change_id=change.pk, verdict=verdict, actor=an_actor(Role.OPERATIONS_SUPERVISOR), now=NOW)
