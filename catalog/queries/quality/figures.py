"""Sales and feedback as the suggestions go by them."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Q, Sum

from catalog.enums.quality import FeedbackSource
from catalog.enums.stock import MovementReason
from catalog.models import ProductFeedback, StockMovement
from catalog.rules.quality.suggestions import Figures, Sales, Voice, window


def voices(*, since: datetime, until: datetime) -> list[Voice]:
    """Everything customers said in the period about goods that are on sale; one statement."""
    rows = ProductFeedback.objects.filter(
        happened_at__gte=since, happened_at__lt=until, product__status="live", product__live_revision__isnull=False
    )
    return [Voice(*row) for row in rows.order_by("id").values_list("id", "product_id", "source", "reason", "rating")]


def sales(*, until: datetime, span: timedelta) -> list[Sales]:
    """Pieces sold by product in the period, and in the equally long one before it; one statement."""
    rows = StockMovement.objects.filter(
        reason=MovementReason.SALE,
        at__gte=until - 2 * span,
        at__lt=until,
        sku__product__status="live",
        sku__product__live_revision__isnull=False,
    )
    summed = rows.values("sku__product").annotate(
        now=Sum("delta", filter=Q(at__gte=until - span), default=0),
        before=Sum("delta", filter=Q(at__lt=until - span), default=0),
    )
    return [Sales(row["sku__product"], -row["now"], -row["before"]) for row in summed.order_by("sku__product")]


def figures(*, products: Collection[int], since: datetime, until: datetime) -> dict[int, Figures]:
    """How each product fared between two moments; two statements. Conversion is not known to the catalog."""
    sold = StockMovement.objects.filter(
        reason=MovementReason.SALE, sku__product__in=products, at__gte=since, at__lt=until
    ).values_list("sku__product")
    pieces = dict(sold.annotate(n=Sum("delta")).order_by())
    back = ProductFeedback.objects.filter(
        source=FeedbackSource.RETURN, product__in=products, happened_at__gte=since, happened_at__lt=until
    ).values_list("product")
    returned = dict(back.annotate(n=Sum("pieces")).order_by())
    days = window(until - since)
    return {product: Figures(days, -pieces.get(product, 0), returned.get(product, 0)) for product in products}
