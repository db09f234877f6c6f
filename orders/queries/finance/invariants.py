"""What must always be true of settlements. Ours: invariant page"""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from django.db.models import DecimalField, Exists, F, OuterRef, Q, Sum
from django.db.models.functions import Coalesce, Now

from orders.enums.completion import SettlementState, TaskState
from orders.enums.finance import BatchState
from orders.enums.orders import OrderStatus
from orders.models import ContactTask, Order, ReturnRequest, Settlement, SettlementBatch
from orders.queries.unconfirmed import ENDED_RETURNS
from orders.rules.finance.settlement import SUMS

_MONEY: "DecimalField[Decimal, Decimal]" = DecimalField(max_digits=16, decimal_places=2)
_SCAN = timedelta(hours=3)  # the duty runs every hour


def wrong_totals(limit: int) -> Sequence[str]:
    """Settlements whose totals are not the sums of their rows."""
    agree = Q()
    batches = SettlementBatch.objects.order_by("id")
    for name in SUMS:
        batches = batches.annotate(**{f"sum_{name}": Coalesce(Sum(f"rows__{name}"), Decimal("0.00"), output_field=_MONEY)})
        agree &= Q(**{name: F(f"sum_{name}")})
    return list(batches.exclude(agree).values_list("number", flat=True)[:limit])


def settled_without_settlement(limit: int) -> Sequence[str]:
    """Orders that are settled although no closed settlement holds them, and orders in one that are not."""
    closed = Q(row__batch__state=BatchState.CLOSED)
    settled = Q(state=SettlementState.SETTLED)
    named = settled & Q(reference__startswith="ST-")  # before settlements of periods, finance settled orders one by one
    rows = Settlement.objects.filter((named & ~closed) | (closed & ~settled)).order_by("id")
    return list(rows.values_list("order__number", flat=True)[:limit])


def stuck(limit: int) -> Sequence[str]:
    """Shipped orders past their time to confirm about which nobody does anything. SOP: O16"""
    asked = ContactTask.objects.filter(order=OuterRef("pk"), state=TaskState.OPEN)
    returning = ReturnRequest.objects.filter(order=OuterRef("pk")).exclude(state__in=ENDED_RETURNS)
    forgotten = Q(confirm_by=None) | Q(confirm_by__lt=Now() - _SCAN)
    rows = Order.objects.filter(forgotten, ~Exists(asked), ~Exists(returning), status=OrderStatus.SHIPPED, historical=False)
    return list(rows.order_by("id").values_list("number", flat=True)[:limit])
