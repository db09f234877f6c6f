"""Sales and feedback as the suggestions go by them."""

from collections.abc import Collection
from datetime import datetime, timedelta
from fractions import Fraction

from django.db.models import Q, Sum

from catalog.enums.quality import FeedbackSource
from catalog.enums.stock import MovementReason
from catalog.models import ProductFeedback, ProductVisits, StockMovement
from catalog.rules.quality.suggestions import Figures, Sales, Voice, window
from opsdesk.duties.definitions import SHOP_TIME


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
    """How each product fared between two moments; three statements.

    Conversion is known where visitors were imported for whole days of the period.
    """
    sold = StockMovement.objects.filter(
        reason=MovementReason.SALE, sku__product__in=products, at__gte=since, at__lt=until
    ).values_list("sku__product")
    pieces = dict(sold.annotate(n=Sum("delta")).order_by())
    back = ProductFeedback.objects.filter(
        source=FeedbackSource.RETURN, product__in=products, happened_at__gte=since, happened_at__lt=until
    ).values_list("product")
    returned = dict(back.annotate(n=Sum("pieces")).order_by())
    days, conversions = window(until - since), _conversions(products, since, until)
    return {
        product: Figures(days, -pieces.get(product, 0), returned.get(product, 0), conversions.get(product))
        for product in products
    }


def _conversions(products: Collection[int], since: datetime, until: datetime) -> dict[int, Fraction]:
    """Buyers as a share of one of the visitors, from the first whole day on until the last one."""
    first, end = (moment.astimezone(SHOP_TIME).date() for moment in (since, until))
    rows = ProductVisits.objects.filter(product__in=products, day__gt=first, day__lt=end).values_list("product").order_by()
    summed = rows.annotate(came=Sum("visitors"), bought=Sum("buyers"))
    return {product: Fraction(bought, came) for product, came, bought in summed if came}
