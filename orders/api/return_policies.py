"""GET return-policies/: what the shop promises for returns, for storefronts to show. SOP: O20"""

from datetime import datetime
from typing import Any

import django_filters
from django.db.models import QuerySet

from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.doors.api.fields import Output
from opsdesk.doors.api.views import ListView
from orders.models import ReturnPolicy
from orders.queries.returns import policies


class ReturnPolicyOutput(Output):
    """One version; `category` is null for the policy of all goods. `days` counts from the arrival."""

    id: str
    category: str | None
    in_force_from: datetime
    without_reason: bool
    days: int
    freight: str
    conditions: str
    process: str
    notices: str


class ReturnPolicyFilter(django_filters.FilterSet):
    """`sku` leaves the one version that holds for the article now."""

    sku = django_filters.CharFilter(method="of_sku")

    class Meta:
        model = ReturnPolicy
        fields: list[str] = []

    def of_sku(self, rows: QuerySet[ReturnPolicy], name: str, value: str) -> QuerySet[ReturnPolicy]:
        policy = policies.of_skus([value], clock.now()).get(value)
        return rows.filter(pk=policy.pk) if policy else rows.none()


class ReturnPolicyCollection(ListView):
    """The versions in force, newest first."""

    permission = "orders.view_returnpolicy"
    returns = ReturnPolicyOutput
    filterset = ReturnPolicyFilter

    def rows(self, actor: Actor) -> QuerySet[ReturnPolicy]:
        return policies.all_policies().filter(pk__in=[row.pk for row in policies.in_force(clock.now()).values()])

    def render(self, rows: list[ReturnPolicy]) -> list[Any]:
        days = policies.days_without_reason()
        return [
            ReturnPolicyOutput(
                id=row.public_id,
                category=row.category.code if row.category else None,
                in_force_from=row.from_at,
                without_reason=row.no_reason,
                days=days if row.no_reason else 0,
                freight=row.freight,
                conditions=row.clause,
                process=row.process,
                notices=row.notices,
            )
            for row in rows
        ]
