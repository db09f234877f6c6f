"""Who has pieces promised."""

from collections.abc import Collection

from catalog.models import Reservation


def owners_with_stock(owner_refs: Collection[str]) -> set[str]:
    """Those of the owners for whom something is reserved."""
    return set(Reservation.objects.filter(owner_ref__in=owner_refs).values_list("owner_ref", flat=True))
