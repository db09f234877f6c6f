"""What the shop must show of a live listing now."""

from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal

from django.db.models import F, Sum

from catalog.models import Category, ListingRevision, Sku, StockItem
from catalog.rules.quality.page import Expected


def expected_of(revision_ids: Collection[int]) -> dict[int, Expected]:
    """What a buyer must see of each of these revisions, at the prices and the stock of this moment; four statements."""
    revisions = list(ListingRevision.objects.filter(pk__in=revision_ids))
    codes = {code for revision in revisions for code in revision.sku_codes}
    prices = {sku.code: _selling_price(sku) for sku in Sku.objects.filter(code__in=codes, is_listed=True)}
    left = (
        StockItem.objects.filter(sku__code__in=codes).values_list("sku__code").annotate(left=Sum(F("on_hand") - F("reserved")))
    )
    available = defaultdict(int, dict(left.order_by()))
    paths = category_paths({revision.category_code for revision in revisions})
    return {
        revision.pk: Expected(
            category=paths.get(revision.category_code, (revision.category_code,)),
            title=revision.title,
            prices={code: prices[code] for code in revision.sku_codes if code in prices},
            commitments=tuple(revision.commitments),
            images=tuple(image["url"] for image in revision.images),
            available={code: available[code] > 0 for code in revision.sku_codes if code in prices},
        )
        for revision in revisions
    }


def category_paths(codes: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The names of the categories of these codes, each with those above it, top first; one statement."""
    rows = Category.objects.filter(code__in=codes).select_related("parent__parent")
    return {row.code: tuple(str(one) for one in (row.parent and row.parent.parent, row.parent, row) if one) for row in rows}


def _selling_price(sku: Sku) -> Decimal:
    return sku.price if sku.discount_price is None else sku.discount_price
