"""Named reads of the catalog."""

from django.db.models import QuerySet

from catalog.models import Sku


def by_code(start: str) -> QuerySet[Sku]:
    """SKUs whose code begins with the text."""
    return Sku.objects.filter(code__startswith=start).select_related("product").order_by("code")
