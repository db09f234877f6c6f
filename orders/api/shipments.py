"""GET shipments/, shipments/{id}/, and POST bulk/tracking-events/."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import django_filters
from django.db.models import QuerySet
from pydantic import Field

from opsdesk.common.actors import Actor
from opsdesk.common.errors import NotFound
from opsdesk.doors.api.bulk import BulkResult, BulkStatus, BulkView
from opsdesk.doors.api.fields import Input, Instant, Line, Output
from opsdesk.doors.api.filters import ShopFilter
from opsdesk.doors.api.views import DetailView, ListView
from orders.enums.tracking import ShipmentState, TrackingCode
from orders.models import Shipment
from orders.queries import shipments as queries
from orders.services.tracking.tracking import Receipt, Report, record_reports


class TrackingEventOutput(Output):
    code: str
    occurred_at: datetime
    description: str
    location: str


class UnknownReportOutput(Output):
    """A report whose code is not in the source's table; it did not move the parcel."""

    source: str
    code: str
    occurred_at: datetime
    description: str
    location: str


class ShipmentLineOutput(Output):
    order: str
    sku: str
    quantity: int


class ShipmentOutput(Output):
    id: str
    shop: str
    orders: list[str]
    carrier: str
    tracking_no: str
    state: str
    stalled: bool
    handed_over_at: datetime
    last_event_at: datetime | None
    delivered_at: datetime | None
    update_by: datetime | None
    lines: list[ShipmentLineOutput]
    events: list[TrackingEventOutput]
    unknown_reports: list[UnknownReportOutput]
    feed_failing_since: datetime | None
    created_at: datetime
    updated_at: datetime
    version: int


class TrackingEventInput(Input):
    """One report of a carrier; the time is the carrier's."""

    carrier: Annotated[str, Line(30)]
    tracking_no: Annotated[str, Line(64, blank=True)]
    code: Annotated[TrackingCode, Field(strict=False)]
    occurred_at: Instant
    description: Annotated[str, Line(300, blank=True)] = ""
    location: Annotated[str, Line(120, blank=True)] = ""


class ShipmentFilter(django_filters.FilterSet):
    """Exact filters; `updated_since` also switches the list to the order of change."""

    state = django_filters.ChoiceFilter(choices=ShipmentState.choices)
    stalled = django_filters.ChoiceFilter(choices=[("true", "true"), ("false", "false")], method="by_silence")
    carrier = django_filters.CharFilter(field_name="carrier__code", lookup_expr="iexact")
    tracking_no = django_filters.CharFilter(method="by_number")
    shop = ShopFilter()
    updated_since = django_filters.IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")

    class Meta:
        model = Shipment
        fields: list[str] = []

    def by_silence(self, rows: QuerySet[Shipment], name: str, value: str) -> QuerySet[Shipment]:
        return rows.filter(stalled_at__isnull=value == "false")

    def by_number(self, rows: QuerySet[Shipment], name: str, value: str) -> QuerySet[Shipment]:
        return rows.filter(tracking_no=value.strip().upper())


class ShipmentCollection(ListView):
    """Parcels, newest first."""

    permission = "orders.view_shipment"
    returns = ShipmentOutput
    filterset = ShipmentFilter

    def rows(self, actor: Actor) -> QuerySet[Shipment]:
        return queries.with_details(queries.visible_to(actor))

    def render(self, rows: list[Shipment]) -> list[Any]:
        return [shipment_output(row) for row in rows]


class ShipmentDetail(DetailView):
    """One parcel."""

    permission = "orders.view_shipment"
    returns = ShipmentOutput

    def read(self, actor: Actor, **kwargs: Any) -> ShipmentOutput:
        row = queries.with_details(queries.visible_to(actor)).filter(public_id=kwargs["key"]).first()
        if row is None:
            raise NotFound()
        return shipment_output(row)


class BulkTrackingEvents(BulkView):
    """Carriers' reports: in any order, any number of times."""

    permission = "orders.record_tracking"
    item_model = TrackingEventInput

    def run(
        self, items: Sequence[TrackingEventInput], *, all_or_nothing: bool, actor: Actor, now: datetime
    ) -> list[BulkResult]:
        reports = [Report(**(dict(item) | {"carrier": item.carrier.lower()})) for item in items]
        receipts = record_reports(reports=reports, all_or_nothing=all_or_nothing, actor=actor, now=now)
        kept_out = all_or_nothing and any(receipt.error for receipt in receipts)
        return [_result(receipt, kept_out=kept_out) for receipt in receipts]


def _failing_since(row: Shipment) -> datetime | None:
    """Since when asking after the parcel fails; None as well while nobody has asked."""
    feed = getattr(row, "feed", None)
    return feed.failing_since if feed else None


def _result(receipt: Receipt, *, kept_out: bool) -> BulkResult:
    if receipt.error or receipt.shipment is None:
        return BulkResult(BulkStatus.ERROR, error=receipt.error)
    if kept_out:
        return BulkResult(BulkStatus.IGNORED)
    status = BulkStatus.CREATED if receipt.created else BulkStatus.EXISTING
    return BulkResult(status, receipt.shipment.public_id)


def shipment_output(row: Shipment) -> ShipmentOutput:
    """The answer of one parcel that was read with its details."""
    return ShipmentOutput(
        id=row.public_id,
        shop=row.shop.code,
        orders=[order.public_id for order in row.orders.all()],
        carrier=row.carrier.code,
        tracking_no=row.tracking_no,
        state=row.state,
        stalled=row.stalled_at is not None,
        handed_over_at=row.handed_over_at,
        last_event_at=row.last_event_at,
        delivered_at=row.finished_at if row.state == ShipmentState.DELIVERED else None,
        update_by=row.update_by,
        lines=[
            ShipmentLineOutput(order=line.order_line.order.public_id, sku=line.order_line.sku_code, quantity=line.quantity)
            for line in row.lines.all()
        ],
        events=[
            TrackingEventOutput(
                code=event.code, occurred_at=event.occurred_at, description=event.description, location=event.location
            )
            for event in row.events.all()
        ],
        unknown_reports=[
            UnknownReportOutput(
                source=raw.source,
                code=raw.code,
                occurred_at=raw.occurred_at,
                description=raw.description,
                location=raw.location,
            )
            for raw in row.raw_reports.all()
        ],
        feed_failing_since=_failing_since(row),
        created_at=row.created_at,
        updated_at=row.updated_at,
        version=row.version,
    )
