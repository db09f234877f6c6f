"""Named reads of settlements of periods."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Greatest, TruncDate

from opsdesk.duties.definitions import SHOP_TIME
from opsdesk.shops.models import Shop
from orders.enums.completion import SettlementState
from orders.enums.finance import RefundState, RowKind
from orders.enums.orders import OrderStatus
from orders.models import Refund, Settlement, SettlementBatch, SettlementRow


def last_day(shop_id: int) -> date | None:
    """The last day of the shop's last settlement."""
    return SettlementBatch.objects.filter(shop=shop_id).order_by("-ends_on").values_list("ends_on", flat=True).first()


def earliest(shop_id: int) -> datetime | None:
    """The moment of the oldest thing of the shop that is to be settled."""
    sales = _sales().filter(order__shop=shop_id).order_by("due_since").values_list("due_since", flat=True).first()
    refunds = _refunds().filter(order__shop=shop_id).order_by("at").values_list("at", flat=True).first()
    return min((moment for moment in (sales, refunds) if moment), default=None)


def shops_to_settle(ends_on: date, *, end: datetime) -> Sequence[int]:
    """Shops with something to settle before `end` and no settlement that reaches it."""
    sale = Exists(_sales().filter(order__shop=OuterRef("pk"), due_since__lt=end))
    refund = Exists(_refunds().filter(order__shop=OuterRef("pk"), at__lt=end))
    reached = Exists(SettlementBatch.objects.filter(shop=OuterRef("pk"), ends_on__gte=ends_on))
    return list(Shop.objects.filter(Q(sale) | Q(refund), ~reached).order_by("pk").values_list("pk", flat=True))


def totals_by_kind(batch: SettlementBatch) -> list[dict[str, Any]]:
    """How many rows of each kind there are, and what they come to."""
    rows = SettlementRow.objects.filter(batch=batch)
    found = rows.values("kind").annotate(count=Count("id"), total=Sum("amount")).order_by("kind")
    return [row | {"label": RowKind(row["kind"]).label} for row in found]


def totals_by_day(batch: SettlementBatch) -> list[dict[str, Any]]:
    """What the rows of each local day come to, oldest first."""
    rows = SettlementRow.objects.filter(batch=batch).values(day=TruncDate("at", tzinfo=SHOP_TIME))
    found: QuerySet[Any, Any] = rows.annotate(count=Count("id"), total=Sum("amount")).order_by("day")
    return list(found)


def rows_of(batch: SettlementBatch) -> Iterator[SettlementRow]:
    """Every row in the order in which it came in, a few at a time."""
    rows = SettlementRow.objects.filter(batch=batch).select_related("order", "batch").order_by("id")
    return rows.iterator(chunk_size=2000)


def _sales() -> QuerySet[Settlement]:
    return Settlement.objects.filter(state=SettlementState.OPEN, row=None)


def _refunds() -> QuerySet[Any]:
    ended = Refund.objects.filter(
        state=RefundState.SUCCEEDED,
        row=None,
        order__is_test=False,
        order__status__in=[OrderStatus.COMPLETED, OrderStatus.CANCELLED],
    )
    return ended.annotate(at=Greatest(F("paid_at"), F("order__completed_at"), F("order__cancelled_at")))
