"""What the shop promises for returns, by category."""

from collections.abc import Collection

from django.db.models import QuerySet

from orders.models import ReturnPolicy


def excluded(categories: Collection[int | None]) -> set[int]:
    """The categories of these whose goods do not come back without a reason. SOP: S8"""
    rows = ReturnPolicy.objects.filter(category__in=categories, no_reason=False)
    return set(rows.values_list("category_id", flat=True))


def all_policies() -> QuerySet[ReturnPolicy]:
    """Every policy with its category."""
    return ReturnPolicy.objects.select_related("category").order_by("-id")
