"""Finding product reviews, and what they add up to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Avg, Count, Q, QuerySet

from opsdesk.common.actors import Actor
from opsdesk.parameters.queries import value
from orders.queries.links import invited
from support.enums.reviews import ReviewState
from support.models import ProductReview
from support.parameters.reviews import TICKET_STARS

WORST = 5


@dataclass(frozen=True)
class Figures:
    """Invitations and reviews of a period; `worst` are the products with the lowest mean."""

    invited: int
    reviews: int
    mean: float | None
    low: int
    open: int
    worst: Sequence[dict[str, Any]]


def visible_to(actor: Actor) -> QuerySet[ProductReview]:
    """The reviews of the shops that the actor sees."""
    rows = ProductReview.objects.all()
    return rows if actor.shop_ids is None else rows.filter(shop__in=actor.shop_ids)


def with_details(rows: QuerySet[ProductReview]) -> QuerySet[ProductReview]:
    """Reviews with all that their answer shows."""
    return rows.select_related("shop", "order", "sku", "product", "ticket")


def figures(actor: Actor, start: datetime, end: datetime) -> Figures:
    """What was said in the period, without tests. Three statements. SOP: S14"""
    rows = visible_to(actor).filter(written_at__gte=start, written_at__lt=end, is_test=False)
    low, unanswered = Q(stars__lte=value(TICKET_STARS)), Q(state=ReviewState.NEW)
    found = rows.aggregate(
        reviews=Count("pk"), mean=Avg("stars"), low=Count("pk", filter=low), open=Count("pk", filter=unanswered)
    )
    by_product = rows.values("product__code", "product__title", "product_id").annotate(reviews=Count("pk"), mean=Avg("stars"))
    worst = [dict(row) for row in by_product.order_by("mean", "-reviews")[:WORST]]
    return Figures(invited(actor, start, end), **found, worst=worst)
