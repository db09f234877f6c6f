"""Taking in what carriers report: one set-based core for one report and for a thousand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from opsdesk.audit.services import Change, record_many
from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError, Invalid, Malformed
from opsdesk.common.locking import lock_many
from opsdesk.common.text import mark
from opsdesk.parameters.queries import value
from opsdesk.webhooks.services import emit_many
from orders.enums.orders import OrderStatus
from orders.enums.tracking import CaseOutcome, ShipmentState
from orders.models import Order, Shipment, TrackingEvent
from orders.parameters.completion import CONFIRM_TIME, TRANSIT_ALLOWANCE
from orders.parameters.tracking import CARRIER_SILENCE, TRACKING_AHEAD
from orders.rules.followup import SHIPMENT_LIFECYCLE
from orders.rules.tracking.silence import Handover, confirm_by, is_silent, update_by
from orders.rules.tracking.tracking import Progress, advance, is_under_way, tracking_number
from orders.services.tracking import carrier_cases, interceptions
from orders.services.tracking.events import KIND, parcel_news
from orders.services.tracking.rows import write_confirm_by, write_progress

UNKNOWN = mark("No parcel has this tracking number.")
IN_THE_FUTURE = mark("The report lies in the future.")


@dataclass(frozen=True)
class Report:
    """One report as a carrier sends it; `occurred_at` is the carrier's time."""

    carrier: str
    tracking_no: str
    code: str
    occurred_at: datetime
    description: str = ""
    location: str = ""


@dataclass
class Receipt:
    """What became of one report: an error, or its parcel and whether the report is new."""

    report: Report
    shipment: Shipment | None = None
    created: bool = False
    error: DomainError | None = None


@transaction.atomic(savepoint=False)
def record_reports(*, reports: Sequence[Report], all_or_nothing: bool, actor: Actor, now: datetime) -> list[Receipt]:
    """Take in reports of parcels, in any order and any number of times; the end state is the same.

    What is wrong with each stands in its receipt, and only the good ones are written; with `all_or_nothing` one bad
    report keeps all of them out.
    Raises: Forbidden.
    SOP: O14
    """
    actor.require(SHIPMENT_LIFECYCLE.transitions["track"].permission)
    receipts = [Receipt(report) for report in reports]
    _judge(receipts, now + value(TRACKING_AHEAD))
    shipments, orders = _find(receipts, actor)
    _tell_new_from_known(receipts)
    if all_or_nothing and any(receipt.error for receipt in receipts):
        return receipts
    fresh = [receipt for receipt in receipts if receipt.created]
    _write_events(fresh, now)
    _advance(fresh, shipments, orders, actor, now)
    return receipts


def _judge(receipts: Iterable[Receipt], latest: datetime) -> None:
    for receipt in receipts:
        if receipt.report.occurred_at > latest:
            receipt.error = Invalid(IN_THE_FUTURE, code="date_out_of_range")


def _find(receipts: Sequence[Receipt], actor: Actor) -> tuple[dict[int, Shipment], list[Order]]:
    """The parcels of the reports and their orders, locked: orders first."""
    numbers: dict[tuple[str, str], list[Receipt]] = {}
    for receipt in receipts:
        try:
            number = tracking_number(receipt.report.tracking_no)
        except Malformed as refusal:
            receipt.error = refusal
        else:
            numbers.setdefault((receipt.report.carrier, number), []).append(receipt)
    candidates = Shipment.objects.filter(tracking_no__in={number for _, number in numbers})
    candidates = candidates.exclude(state=ShipmentState.VOIDED)
    if actor.shop_ids is not None:
        candidates = candidates.filter(shop__in=actor.shop_ids)
    keys = {(code, no): pk for pk, code, no in candidates.values_list("pk", "carrier__code", "tracking_no")}
    wanted = [pk for key, pk in keys.items() if key in numbers]
    held = Shipment.orders.through.objects.filter(shipment__in=wanted).values("order")
    orders = lock_many(Order.objects.filter(pk__in=held).select_related("shop"))
    rows = lock_many(Shipment.objects.filter(pk__in=wanted).select_related("carrier", "shop"))
    shipments = {row.pk: row for row in rows if row.state != ShipmentState.VOIDED}
    for key, group in numbers.items():
        for receipt in group:
            receipt.shipment = shipments.get(keys.get(key, 0))
            if receipt.shipment is None and receipt.error is None:
                receipt.error = Invalid(UNKNOWN, code="unknown_tracking_no")
    return shipments, orders


def _tell_new_from_known(receipts: Sequence[Receipt]) -> None:
    good = [receipt for receipt in receipts if receipt.shipment and receipt.error is None]
    events = TrackingEvent.objects.filter(
        shipment__in={receipt.shipment.pk for receipt in good if receipt.shipment},
        occurred_at__in={receipt.report.occurred_at for receipt in good},
    )
    known = set(events.values_list("shipment_id", "code", "occurred_at"))
    for receipt in good:
        assert receipt.shipment
        key = (receipt.shipment.pk, receipt.report.code, receipt.report.occurred_at)
        receipt.created = key not in known
        known.add(key)


def _write_events(fresh: Sequence[Receipt], now: datetime) -> None:
    TrackingEvent.objects.bulk_create(
        TrackingEvent(
            shipment=receipt.shipment,
            code=receipt.report.code,
            occurred_at=receipt.report.occurred_at,
            description=receipt.report.description,
            location=receipt.report.location,
            received_at=now,
        )
        for receipt in fresh
    )


def _advance(
    fresh: Sequence[Receipt], shipments: Mapping[int, Shipment], orders: Sequence[Order], actor: Actor, now: datetime
) -> None:
    """Move the parcels on, restart their clocks, close the episodes of those that were silent, and tell of it."""
    silence = value(CARRIER_SILENCE)
    before: dict[int, Progress] = {}
    silent: list[Shipment] = []
    for receipt in fresh:
        assert receipt.shipment
        row = shipments[receipt.shipment.pk]
        before.setdefault(row.pk, _progress(row))
        _apply(row, receipt.report, silence)
    changed = [shipments[pk] for pk in before if _progress(shipments[pk]) != before[pk]]
    for row in changed:
        if row.stalled_at and not (row.update_by and is_silent(update_by=row.update_by, now=now)):
            row.stalled_at = None
            silent.append(row)
    write_progress(changed)
    carrier_cases.close_for_news(silent, outcome=_outcome, actor=actor, now=now)
    _tell(changed, before, actor, now)
    interceptions.follow_parcels(changed, actor=actor, now=now)
    _reset_confirm_by([row for row in changed if before[row.pk].finished_at != row.finished_at], orders)


def _apply(row: Shipment, report: Report, silence: timedelta) -> None:
    moved = advance(_progress(row), code=report.code, occurred_at=report.occurred_at)
    row.state, row.last_event_at, row.finished_at = moved.state, moved.last_event_at, moved.finished_at
    row.update_by = None
    if is_under_way(row.state):
        row.update_by = update_by(handed_over_at=row.handed_over_at, last_event_at=row.last_event_at, span=silence)


def _progress(row: Shipment) -> Progress:
    return Progress(row.state, row.last_event_at, row.finished_at)


def _outcome(row: Shipment) -> CaseOutcome:
    ends = {ShipmentState.DELIVERED.value: CaseOutcome.DELIVERED, ShipmentState.RETURNED.value: CaseOutcome.RETURNED}
    return ends.get(row.state, CaseOutcome.MOVING)


def _tell(changed: Sequence[Shipment], before: Mapping[int, Progress], actor: Actor, now: datetime) -> None:
    moved = [row for row in changed if before[row.pk].state != row.state]
    delivered = [row for row in moved if row.state == ShipmentState.DELIVERED]
    happened = [("updated", row) for row in changed] + [("delivered", row) for row in delivered]
    emit_many(parcel_news(happened), now=now)
    record_many(
        [
            Change(
                "orders.parcel_moved",
                KIND,
                row.public_id,
                shop=row.shop.code,
                before={"state": before[row.pk].state},
                after={"state": row.state},
            )
            for row in moved
        ],
        actor=actor,
        now=now,
    )


def _reset_confirm_by(arrived: Sequence[Shipment], orders: Sequence[Order]) -> None:
    """Count the days to confirm from the delivery of each order's last parcel. SOP: O16"""
    if not arrived:
        return
    span, allowance = value(CONFIRM_TIME), value(TRANSIT_ALLOWANCE)
    through = Shipment.orders.through.objects
    touched = set(through.filter(shipment__in=arrived).values_list("order_id", flat=True))
    parcels: dict[int, list[Handover]] = {order.pk: [] for order in orders if order.pk in touched}
    rows = through.filter(order__in=list(parcels)).exclude(shipment__state=ShipmentState.VOIDED)
    columns = ("order_id", "shipment__state", "shipment__handed_over_at", "shipment__finished_at")
    for order_id, state, handed_over_at, finished_at in rows.values_list(*columns):
        delivered = finished_at if state == ShipmentState.DELIVERED else None
        parcels[order_id].append(Handover(handed_over_at, delivered))
    shipped = [order for order in orders if parcels.get(order.pk) and order.status == OrderStatus.SHIPPED]
    for order in shipped:
        order.confirm_by = confirm_by(parcels[order.pk], span=span, allowance=allowance)
    write_confirm_by(shipped)
