"""What must always be true of stock and listings."""

from collections.abc import Sequence

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from catalog.enums.listings import RevisionState
from catalog.models import ListingRevision, Reservation, StockItem, StockLot, StockMovement
from opsdesk.reviews.enums import ReviewState
from opsdesk.reviews.models import ReviewRequest

_JUDGES = 2


def unbalanced() -> QuerySet[StockItem]:
    """Balances that are not the sum of their movements and of their lots, or whose reserved pieces are not their
    reservations'.

    Always empty. Ours: invariant page
    """

    def total(model: type[StockMovement] | type[StockLot] | type[Reservation], column: str) -> Coalesce:
        rows = model.objects.filter(sku=OuterRef("sku"), warehouse=OuterRef("warehouse")).order_by()
        summed = rows.values("sku", "warehouse").annotate(total=Sum(column)).values("total")
        return Coalesce(Subquery(summed, output_field=IntegerField()), 0)

    items = StockItem.objects.annotate(
        booked=total(StockMovement, "delta"),
        lying=total(StockLot, "quantity_left"),
        promised=total(Reservation, "quantity"),
    )
    return items.exclude(on_hand=F("booked"), lying=F("booked"), reserved=F("promised")).order_by("id")


def crooked_balances(limit: int) -> Sequence[str]:
    """Balances that the ledger, the lots or the reservations contradict. SOP: C11"""
    rows = unbalanced().values_list("sku__code", "warehouse__code", "on_hand", "reserved")
    return [f"{sku} · {place}: {on_hand}/{reserved}" for sku, place, on_hand, reserved in rows[:limit]]


def live_without_approval(limit: int) -> Sequence[str]:
    """Live listings that two people have not approved exactly as they are. SOP: C13, C14"""
    approvals = (
        ReviewRequest.objects.filter(
            kind="listing", subject_id=OuterRef("public_id"), content_hash=OuterRef("content_hash"), state=ReviewState.APPROVED
        )
        .order_by()
        .values("subject_id")
        .annotate(people=Count("decided_by", distinct=True))
        .values("people")
    )
    live = ListingRevision.objects.filter(state=RevisionState.LISTED)
    alone = live.annotate(people=Coalesce(Subquery(approvals), 0)).filter(people__lt=_JUDGES)
    return [f"{code} r{no}" for code, no in alone.order_by("id").values_list("product__code", "no")[:limit]]
