"""Named reads of the stock ledger."""

from collections.abc import Collection

from django.db.models import Sum

from catalog.models import StockMovement


def moved_for(refs: Collection[str], warehouse: str) -> dict[str, int]:
    """How many pieces of each SKU came (positive) or went in a warehouse on account of these references."""
    rows = StockMovement.objects.filter(ref__in=refs, warehouse__code=warehouse).order_by()
    return dict(rows.values("sku__code").annotate(pieces=Sum("delta")).values_list("sku__code", "pieces"))
