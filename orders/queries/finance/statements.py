"""Named reads of platform statements."""

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum

from opsdesk.common.errors import NotFound
from orders.enums.finance import BatchState, DifferenceState, RowKind
from orders.models import Order, SettlementBatch, SettlementRow, StatementDifference, StatementLine

SHOWN = 50


def batches_of_orders(batches: Sequence[SettlementBatch], external_ids: Collection[str]) -> dict[str, int]:
    """By platform number, which of these settlements the order is in."""
    rows = SettlementRow.objects.filter(batch__in=batches, order__external_id__in=external_ids)
    return dict(rows.order_by("id").values_list("order__external_id", "batch_id"))


def lines_of(
    batches: Sequence[SettlementBatch], external_ids: Collection[str]
) -> dict[tuple[int, str], tuple[Decimal, Decimal, Decimal | None, date]]:
    """The lines that these settlements have of the orders."""
    rows = StatementLine.objects.filter(batch__in=batches, external_id__in=external_ids)
    found = rows.values_list("batch_id", "external_id", "amount", "fee", "subsidy", "day")
    return {(batch, key): tuple(rest) for batch, key, *rest in found}  # type: ignore[misc]


def ours(batch: SettlementBatch) -> dict[str, Decimal]:
    """What each order comes to in our settlement, adjustments aside."""
    rows = SettlementRow.objects.filter(batch=batch).exclude(kind=RowKind.ADJUSTMENT)
    return dict(rows.values("order__external_id").annotate(total=Sum("amount")).values_list("order__external_id", "total"))


def theirs(batch: SettlementBatch) -> dict[str, Decimal]:
    """What each order comes to in the statement; empty when there is none."""
    return dict(StatementLine.objects.filter(batch=batch).values_list("external_id", "amount"))


def orders_of(shop_id: int, external_ids: Collection[str]) -> dict[str, int]:
    """The orders of a shop by their platform number."""
    return dict(Order.objects.filter(shop=shop_id, external_id__in=external_ids).values_list("external_id", "pk"))


def statement_totals(batch: SettlementBatch) -> dict[str, Any]:
    """How many lines the statement has, what the platform paid, and what it kept."""
    zero = Decimal("0.00")
    found = StatementLine.objects.filter(batch=batch).aggregate(lines=Count("id"), amount=Sum("amount"), fees=Sum("fee"))
    paid, fees = found["amount"] or zero, found["fees"] or zero
    return {"lines": found["lines"], "amount": paid, "fees": fees, "payout": paid - fees}


def difference_counts(batch: SettlementBatch) -> dict[str, int]:
    """How many differences there are, and how many are open."""
    rows = StatementDifference.objects.filter(batch=batch)
    return rows.aggregate(all=Count("id"), open=Count("id", filter=Q(state=DifferenceState.OPEN)))


def open_differences(batch: SettlementBatch) -> list[StatementDifference]:
    """The first open differences, as the page of the settlement shows them."""
    rows = StatementDifference.objects.filter(batch=batch, state=DifferenceState.OPEN)
    return list(rows.select_related("order").order_by("id")[:SHOWN])


def open_batch_of(shop_id: int) -> SettlementBatch:
    """The shop's newest settlement that is still open. Raises: NotFound."""
    found = SettlementBatch.objects.filter(shop=shop_id, state=BatchState.OPEN).order_by("-ends_on").first()
    if found is None:
        raise NotFound()
    return found
