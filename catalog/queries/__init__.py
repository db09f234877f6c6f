"""Named reads of the catalog."""

from django.db.models import Q, QuerySet

from catalog.models import Sku


def by_code(start: str) -> QuerySet[Sku]:
    """SKUs whose code begins with the text, as it is or in capitals: the palette asks in small letters."""
    return (
        Sku.objects.filter(Q(code__startswith=start) | Q(code__startswith=start.upper()))
        .select_related("product")
        .order_by("code")
    )
