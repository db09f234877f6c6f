"""What the shop promises for returns, by category."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import QuerySet

from catalog.queries.categories import chains_of_skus
from opsdesk.parameters.queries import value
from orders.models import ReturnPolicy
from orders.parameters.returns import NO_REASON_TIME
from orders.rules.returns.policy import applicable


def all_policies() -> QuerySet[ReturnPolicy]:
    """Every version with its category, the newest first."""
    return ReturnPolicy.objects.select_related("category").order_by("-id")


def in_force(now: datetime) -> dict[int | None, ReturnPolicy]:
    """The version in force of each category that has one; None is the general one. One statement."""
    rows = ReturnPolicy.objects.filter(from_at__lte=now).order_by("category", "-from_at").distinct("category")
    return {row.category_id: row for row in rows.select_related("category")}


def of_skus(codes: Sequence[str], now: datetime) -> Mapping[str, ReturnPolicy | None]:
    """What holds for each SKU; those that are not there are left out. Two statements. SOP: O20"""
    newest = in_force(now)
    return {code: applicable(newest, chain) for code, chain in chains_of_skus(codes).items()}


def days_without_reason() -> int:
    """For so many days after their arrival goods come back without a reason. SOP: S8"""
    return value(NO_REASON_TIME).days
