"""What must always be true of orders, parcels and refunds. Ours: invariant page"""

from collections.abc import Sequence
from decimal import Decimal

from django.db.models import Case, CharField, Count, DecimalField, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Cast, Coalesce, Concat

from catalog.queries.stock import booked_under
from opsdesk.webhooks.models import Event
from orders.enums.finance import RefundState
from orders.enums.orders import OrderStatus as S
from orders.enums.returns import Disposition, ReturnState
from orders.enums.tracking import ShipmentState
from orders.models import Order, Refund, ReturnLine, ReturnRequest, Shipment, ShipmentLine
from orders.rules.finance.refunds import UNDER_WAY
from orders.rules.returns.lifecycle import GIVEN_UP

_MONEY: "DecimalField[Decimal, Decimal]" = DecimalField(max_digits=12, decimal_places=2)
_EVENTS = {
    S.PENDING: "order.created",
    S.PROCESSING: "order.processing",
    S.READY_TO_SHIP: "order.ready_to_ship",
    S.SHIPPED: "order.shipped",
    S.COMPLETED: "order.completed",
    S.CANCELLED: "order.cancelled",
}


def refunds_beyond_paid(limit: int) -> Sequence[str]:
    """Orders whose refund sums are not the ledger's, or exceed what was paid."""

    def total(states: Sequence[str]) -> Coalesce:
        rows = Refund.objects.filter(order=OuterRef("pk"), state__in=states).order_by()
        summed = rows.values("order").annotate(total=Sum("amount")).values("total")
        return Coalesce(Subquery(summed, output_field=_MONEY), Value(Decimal("0.00"), output_field=_MONEY))

    asked = Order.objects.filter(Q(Exists(Refund.objects.filter(order=OuterRef("pk")))) | Q(owed_amount__gt=0))
    rows = asked.annotate(back=total([RefundState.SUCCEEDED]), coming=total(UNDER_WAY))
    agree = Q(refunded_amount__gte=F("back"), owed_amount=F("coming"), refunded_amount__lte=F("paid_amount") - F("coming"))
    return _named(rows.exclude(agree).values_list("number", flat=True), limit)


def numbers_of_two_parcels(limit: int) -> Sequence[str]:
    """Tracking numbers that two parcels of one carrier use. SOP: O12"""
    rows = Shipment.objects.exclude(state=ShipmentState.VOIDED).values("carrier", "tracking_no").order_by()
    twice = rows.annotate(parcels=Count("id")).filter(parcels__gt=1)
    return _named(twice.values_list("tracking_no", flat=True), limit)


def states_without_event(limit: int) -> Sequence[str]:
    """Orders in a state that nobody was told of; history was never told. SOP: O7"""
    found: list[str] = []
    for status, event in _EVENTS.items():
        told = Event.objects.filter(subject_kind="order", subject_id=OuterRef("public_id"), type=event)
        rows = Order.objects.filter(~Exists(told), status=status, historical=False).order_by("id")
        found += _named(rows.values_list("number", flat=True), limit - len(found))
    return found


def shipped_without_parcel(limit: int) -> Sequence[str]:
    """Orders that left the house in no parcel. SOP: O12"""
    parcels = Order.shipments.through.objects.filter(order=OuterRef("pk"))
    gone = Order.objects.filter(~Exists(parcels), status__in=[S.SHIPPED, S.COMPLETED], historical=False)
    return _named(gone.order_by("id").values_list("number", flat=True), limit)


def returned_beyond_shipped(limit: int) -> Sequence[str]:
    """Orders of which more pieces came back, or are claimed, than left the house. SOP: O20"""
    left = ShipmentLine.objects.filter(order_line=OuterRef("order_line")).exclude(shipment__state=ShipmentState.VOIDED)
    pieces = left.order_by().values("order_line").annotate(n=Sum("quantity")).values("n")
    parcels = Order.shipments.through.objects.filter(order=OuterRef("order_line__order"))
    claimed = ReturnLine.objects.exclude(request__state__in=GIVEN_UP).values("order_line").annotate(n=Sum("quantity"))
    # orders from elsewhere know no parcels: all of them left
    shipped = Case(When(Exists(parcels), then=Coalesce(Subquery(pieces), 0)), default=F("order_line__quantity"))
    rows = claimed.annotate(shipped=shipped).filter(n__gt=F("shipped")).order_by("order_line__order")
    return [str(number) for number in rows.values_list("order_line__order__number", flat=True)[:limit]]


def finished_without_inspection(limit: int) -> Sequence[str]:
    """Returns that ended well although nobody looked at the goods that came. SOP: O21"""
    unseen = ReturnLine.objects.filter(request=OuterRef("pk"), accepted=None)
    rows = ReturnRequest.objects.filter(Exists(unseen), state=ReturnState.COMPLETED, warehouse__isnull=False)
    return [str(key) for key in rows.order_by("id").values_list("public_id", flat=True)[:limit]]


def restocked_otherwise(limit: int) -> Sequence[str]:
    """Returned lines whose stock movement is not what the inspection accepted for stock. SOP: O21"""
    accepted = ReturnLine.objects.filter(disposition=Disposition.RESTOCK, accepted__gt=0)
    key = Concat(Value("return:"), Cast(OuterRef("pk"), CharField()))
    rows = accepted.annotate(booked=Coalesce(Subquery(booked_under(key)), 0)).exclude(booked=F("accepted"))
    return [str(key) for key in rows.order_by("id").values_list("request__public_id", flat=True)[:limit]]


def _named(rows: "QuerySet[Order, str] | QuerySet[Shipment, str] | QuerySet[Shipment, object]", limit: int) -> list[str]:
    return [str(row) for row in rows[:limit]]
