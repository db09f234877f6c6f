"""What the shop must show of a listing at this moment, for the screens where somebody compares it."""

from typing import Any

from catalog.models import ListingRevision
from catalog.queries.quality.expected import expected_of


def must_show(live: ListingRevision) -> dict[str, Any]:
    """The variables of `catalog/quality/expected.html`: prices and stock are those of this moment. SOP: C15, C18"""
    expected = expected_of([live.pk])[live.pk]
    skus = [(sku, price, expected.available[sku]) for sku, price in expected.prices.items()]
    return {"live": live, "expected": expected, "skus": skus}
