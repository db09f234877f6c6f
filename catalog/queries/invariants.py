"""What must always be true of stock."""

from django.db.models import F, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from catalog.models import Reservation, StockItem, StockLot, StockMovement


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
