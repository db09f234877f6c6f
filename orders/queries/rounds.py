"""Check rounds and the orders that wait in them."""

from typing import Any

from django.db.models import BooleanField, Case, Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from orders.enums.orders import CheckResult, OrderStatus
from orders.models import CheckRound, CheckRoundItem, Order, OrderCheck, OrderComparison, OrderHold, OrderLine


def with_coverage(rounds: QuerySet[CheckRound]) -> QuerySet[CheckRound]:
    """Each round with `total` orders, how many are `decided` and how many `rolled` over to the next."""
    counts = CheckRoundItem.objects.filter(round=OuterRef("pk")).order_by().values("round")

    def number(where: Q) -> Coalesce:
        return Coalesce(Subquery(counts.annotate(n=Count("pk", filter=where)).values("n")), 0)

    return rounds.annotate(
        total=number(Q(pk__isnull=False)),
        decided=number(~Q(decision="")),
        rolled=number(Q(rolled_on_at__isnull=False)),
    )


def clean(orders: QuerySet[Order]) -> QuerySet[Order]:
    """Those orders for which nothing is doubtful or held: what rules.checks.is_clean says, for the database. SOP: O3"""
    return orders.exclude(_held("pk")).exclude(_doubtful("pk"))


def queue(round_: CheckRound) -> QuerySet[Any]:
    """The round's orders: doubtful ones without a decision first, then clean ones, then what is decided."""
    items = CheckRoundItem.objects.filter(round=round_).annotate(
        is_clean=Case(
            When(_held("order_id") | _doubtful("order_id"), then=Value(False)),
            default=Value(True),
            output_field=BooleanField(),
        ),
        is_decided=Case(When(decision="", then=Value(False)), default=Value(True), output_field=BooleanField()),
    )
    return items.order_by("is_decided", "is_clean", "-rolled_over", "order__process_by", "order_id")


def undecided(round_: CheckRound) -> dict[str, int]:
    """How many orders of the round wait for a decision (`doubtful`) and for the signature alone (`clean`)."""
    counts = queue(round_).order_by().filter(decision="").values_list("is_clean").annotate(n=Count("pk"))
    found = dict(counts)
    return {"doubtful": found.get(False, 0), "clean": found.get(True, 0)}


def with_orders(items: QuerySet[Any]) -> QuerySet[Any]:
    """Queue items with all that the clerk looks at, in a fixed number of statements. SOP: O4"""
    holds = Prefetch("order__holds", OrderHold.objects.filter(released_at=None).order_by("id"))
    lines = Prefetch("order__lines", OrderLine.objects.order_by("position"))
    checks = Prefetch("order__checks", OrderCheck.objects.order_by("id"))
    compared = Prefetch("order__comparisons", OrderComparison.objects.order_by("id"))
    return items.select_related("order__shop", "order__customer", "order__address").prefetch_related(
        lines, checks, holds, compared
    )


def earlier_orders(orders: list[Order]) -> dict[int, int]:
    """How many earlier orders that were not cancelled each order's customer has, by the order's id; one statement."""
    earlier = (
        Order.objects.filter(customer=OuterRef("customer"), pk__lt=OuterRef("pk"))
        .exclude(status=OrderStatus.CANCELLED)
        .order_by()
        .values("customer")
        .annotate(n=Count("pk"))
        .values("n")
    )
    rows = Order.objects.filter(pk__in=[order.pk for order in orders]).annotate(earlier=Coalesce(Subquery(earlier), 0))
    return dict(rows.values_list("pk", "earlier"))


def _held(order: str) -> Exists:
    return Exists(OrderHold.objects.filter(order=OuterRef(order), released_at=None))


def _doubtful(order: str) -> Exists:
    return Exists(OrderCheck.objects.filter(order=OuterRef(order)).exclude(result=CheckResult.OK))
