"""GET refunds/."""

from datetime import datetime
from typing import Any

import django_filters
from django.db.models import QuerySet

from opsdesk.common.actors import Actor
from opsdesk.doors.api.fields import Output
from opsdesk.doors.api.views import ListView
from orders.enums.finance import RefundState
from orders.models import Refund
from orders.queries.finance import refunds as queries


class RefundOutput(Output):
    id: str
    order: str
    status: str
    source: str
    source_id: str
    amount: str
    currency: str
    reason: str
    reference: str
    failure: str
    paid_at: datetime | None
    created_at: datetime
    updated_at: datetime
    version: int


class RefundFilter(django_filters.FilterSet):
    """Exact filters; `updated_since` also switches the list to the order of change."""

    status = django_filters.ChoiceFilter(field_name="state", choices=RefundState.choices)
    order = django_filters.CharFilter(field_name="order__public_id")
    updated_since = django_filters.IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")

    class Meta:
        model = Refund
        fields: list[str] = []


class RefundCollection(ListView):
    """Money that goes back to customers, newest first."""

    permission = "orders.view_refund"
    returns = RefundOutput
    filterset = RefundFilter

    def rows(self, actor: Actor) -> QuerySet[Refund]:
        return queries.visible_to(actor).select_related("order")

    def render(self, rows: list[Refund]) -> list[Any]:
        return [_output(row) for row in rows]


def _output(row: Refund) -> RefundOutput:
    return RefundOutput(
        id=row.public_id,
        order=row.order.public_id,
        status=row.state,
        source=row.source,
        source_id=row.source_id,
        amount=f"{row.amount:.2f}",
        currency=row.currency,
        reason=row.reason,
        reference=row.reference,
        failure=row.failure,
        paid_at=row.paid_at,
        created_at=row.created_at,
        updated_at=row.updated_at,
        version=row.version,
    )
