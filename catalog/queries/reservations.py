"""Who has pieces promised."""

from collections.abc import Collection

from django.db.models import Min, OuterRef, Subquery, Sum

from catalog.models import Reservation


def owners_with_stock(owner_refs: Collection[str]) -> set[str]:
    """Those of the owners for whom something is reserved."""
    return set(Reservation.objects.filter(owner_ref__in=owner_refs).values_list("owner_ref", flat=True))


def kept_until(owner: str) -> Subquery:
    """When the pieces of the owner that the column `owner` names go back to sale, for an annotation; None when nothing
    is kept, or kept for good.
    """
    rows = Reservation.objects.filter(owner_ref=OuterRef(owner)).order_by().values("owner_ref")
    return Subquery(rows.annotate(until=Min("expires_at")).values("until"))


def kept_pieces(owner: str) -> Subquery:
    """How many pieces are kept for the owner that the column `owner` names, for an annotation; None when none."""
    rows = Reservation.objects.filter(owner_ref=OuterRef(owner)).order_by().values("owner_ref")
    return Subquery(rows.annotate(pieces=Sum("quantity")).values("pieces"))
