"""Categories by their codes."""

from catalog.models import Category


def category_ids() -> dict[str, int]:
    """The keys of all categories by code."""
    return dict(Category.objects.values_list("code", "pk"))
