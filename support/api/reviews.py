"""GET and POST product-reviews/: what buyers say of goods, and what the shop answers."""

from datetime import datetime
from typing import Annotated, Any

import django_filters
from django.db.models import QuerySet
from pydantic import Field

from opsdesk.common.actors import Actor
from opsdesk.doors.api.fields import Input, Line, Output, Paragraph
from opsdesk.doors.api.views import CommandView, ListView
from support.enums.reviews import ReviewState
from support.models import ProductReview
from support.queries.reviews import finding
from support.rules.reviews.reading import BEST
from support.services.reviews.taking import ReviewDraft, take_review


class ProductReviewInput(Input):
    """A buyer's review of one SKU of an order (``ord_...``, its number, or ``external:<shop>:<external_id>``)."""

    order: Annotated[str, Line(200)]
    sku: Annotated[str, Line(60)]
    stars: Annotated[int, Field(ge=1, le=BEST)]
    body: Annotated[str, Paragraph(2000)] = ""


class ProductReviewOutput(Output):
    """`reply` is the shop's answer in public; `ticket` looks after a buyer who was unhappy."""

    id: str
    shop: str
    order: str
    sku: str
    product: str
    stars: int
    body: str
    state: str
    reply: str
    replied_at: datetime | None
    ticket: str | None
    is_test: bool
    written_at: datetime
    created_at: datetime
    updated_at: datetime
    version: int


class ProductReviewFilter(django_filters.FilterSet):
    """Exact filters; `updated_since` also switches the list to the order of change: replies are read from there."""

    shop = django_filters.CharFilter(field_name="shop__code")
    sku = django_filters.CharFilter(field_name="sku__code")
    product = django_filters.CharFilter(field_name="product__code")
    state = django_filters.ChoiceFilter(choices=ReviewState.choices)
    updated_since = django_filters.IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")

    class Meta:
        model = ProductReview
        fields: list[str] = []


class ProductReviewCollection(ListView, CommandView):
    """Reviews, newest first; and writing one."""

    permission, write_permission = "support.view_productreview", "support.add_productreview"
    accepts, returns, success = ProductReviewInput, ProductReviewOutput, 201
    filterset = ProductReviewFilter

    def rows(self, actor: Actor) -> QuerySet[ProductReview]:
        return finding.with_details(finding.visible_to(actor))

    def render(self, rows: list[ProductReview]) -> list[Any]:
        return [_output(row) for row in rows]

    def execute(self, data: ProductReviewInput, *, actor: Actor, now: datetime) -> ProductReviewOutput:
        row = take_review(ReviewDraft(**data.model_dump()), actor=actor, now=now)
        return _output(self.rows(actor).get(pk=row.pk))


def _output(row: ProductReview) -> ProductReviewOutput:
    plain = ("stars", "body", "state", "reply", "replied_at", "is_test", "written_at", "created_at", "updated_at", "version")
    return ProductReviewOutput(
        id=row.public_id,
        shop=row.shop.code,
        order=row.order.public_id,
        sku=row.sku.code,
        product=row.product.code,
        ticket=row.ticket.public_id if row.ticket else None,
        **{name: getattr(row, name) for name in plain},
    )
