"""Quality complaints as suppliers, delisting and the apps above are judged by them."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Count, QuerySet

from catalog.enums.quality import ComplaintOutcome
from catalog.models import QualityComplaint
from catalog.queries.listings import products_for
from opsdesk.common.actors import Actor


def complaints_for(actor: Actor) -> QuerySet[QualityComplaint]:
    """The complaints about goods of the actor's shops."""
    rows = QualityComplaint.objects.select_related("sku", "product", "specialist")
    return rows if actor.shop_ids is None else rows.filter(product__in=products_for(actor).values("pk"))


def complaints_by_supplier(*, since: datetime) -> dict[str, int]:
    """How many quality complaints each supplier's goods had since then; goods without supplier count under "". SOP: C2, C27"""
    rows = QualityComplaint.objects.filter(filed_at__gte=since).values_list("supplier")
    return dict(rows.annotate(n=Count("pk")).order_by())


def complaints_by_product(*, since: datetime, products: Collection[int] | None = None) -> dict[int, int]:
    """How many quality complaints each of these products (all when None) had since then, by their keys.

    Those that turned out to be no fault of the goods do not count. SOP: C20, C27
    """
    rows = QualityComplaint.objects.filter(filed_at__gte=since).exclude(outcome=ComplaintOutcome.NO_FAULT)
    if products is not None:
        rows = rows.filter(product__in=products)
    return dict(rows.values_list("product_id").annotate(n=Count("pk")).order_by())
