"""Where goods hang in the tree of categories."""

from collections.abc import Collection, Mapping

from django.db.models import QuerySet

from catalog.models import Category, Sku


def chains_of_skus(codes: Collection[str]) -> Mapping[str, tuple[int, ...]]:
    """The categories of each SKU, its own first. One statement."""
    own = "product__category"
    rows = Sku.objects.filter(code__in=codes).values_list("code", own, f"{own}__parent", f"{own}__parent__parent")
    return {code: tuple(key for key in keys if key) for code, *keys in rows}


def all_categories() -> QuerySet[Category]:
    """The tree from above, level by level."""
    return Category.objects.order_by("level", "name")
