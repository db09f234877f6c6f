"""Where goods hang in the tree of categories."""

from collections.abc import Collection, Mapping

from django.db.models import Q, QuerySet

from catalog.models import Category, Sku


def chains_of_skus(codes: Collection[str]) -> Mapping[str, tuple[int, ...]]:
    """The categories of each SKU, its own first. One statement."""
    own = "product__category"
    rows = Sku.objects.filter(code__in=codes).values_list("code", own, f"{own}__parent", f"{own}__parent__parent")
    return {code: tuple(key for key in keys if key) for code, *keys in rows}


def all_categories() -> QuerySet[Category]:
    """The tree from above, level by level."""
    return Category.objects.order_by("level", "name")


def branch_of(category_id: int) -> list[int]:
    """The category and all below it. One statement. SOP: C7"""
    below = Q(pk=category_id) | Q(parent=category_id) | Q(parent__parent=category_id)
    return list(Category.objects.filter(below).order_by("pk").values_list("pk", flat=True))
