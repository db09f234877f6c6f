"""Messages of the sources: kept as they came, once each, and only then read."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from opsdesk.common.actors import Actor
from opsdesk.common.locking import lock_one
from orders.enums.tracking import FeedSource, MessageState, ShipmentState
from orders.models import CarrierMessage, RawReport, Shipment
from orders.rules.tracking import kdniao, kuaidi100
from orders.rules.tracking.kuaidi100 import Refused
from orders.rules.tracking.readings import ParcelReadings, Unreadable
from orders.services.tracking.tracking import Report, record_reports

BATCH = 200


@transaction.atomic
def keep_message(*, source: FeedSource, key: str, body: bytes, shipment_id: int | None = None, now: datetime) -> CarrierMessage:
    """Store a message before anything is made of it; one that is known already is answered as it stands. SOP: O14"""
    row = CarrierMessage(source=source, key=key, body=body, shipment_id=shipment_id, received_at=now)
    CarrierMessage.objects.bulk_create([row], ignore_conflicts=True)
    return CarrierMessage.objects.get(source=source, key=key)


@transaction.atomic
def read_message(*, message_id: int, actor: Actor, now: datetime) -> CarrierMessage:
    """Make reports of a kept message, once; what cannot be read stays as it came and says so.

    Codes that are not in the source's table are kept raw and do not move the parcel.
    Raises: NotFound.
    SOP: O14
    """
    message = lock_one(CarrierMessage.objects.filter(pk=message_id))
    if message.state != MessageState.KEPT:
        return message
    try:
        parcels = _read(message)
    except (Unreadable, Refused) as failure:
        message.state, message.finding = MessageState.UNREADABLE, str(failure)[:200]
    else:
        message.state, message.finding = MessageState.READ, _record(message, parcels, actor, now)
    message.read_at = now
    message.save(update_fields=["state", "finding", "read_at"])
    return message


def concerns_source(message: CarrierMessage) -> bool:
    """Whether an answer that says nothing of its parcel says that the whole source is not well. SOP: O14"""
    try:
        _read(message)
    except Refused as refusal:
        return refusal.whole
    except Unreadable:
        pass
    return True


def read_kept(*, actor: Actor, now: datetime) -> int:
    """Read what was stored but not read, because the reader was cut off; returns how many. SOP: O14"""
    left = list(CarrierMessage.objects.filter(state=MessageState.KEPT).order_by("id").values_list("pk", flat=True)[:BATCH])
    for pk in left:
        read_message(message_id=pk, actor=actor, now=now)
    return len(left)


def _read(message: CarrierMessage) -> Sequence[ParcelReadings]:
    body = bytes(message.body)
    if message.source == FeedSource.KDNIAO:
        return kdniao.read(body)
    shipment = Shipment.objects.select_related("carrier").get(pk=message.shipment_id or 0)
    return [kuaidi100.read(body, carrier=shipment.carrier.code, tracking_no=shipment.tracking_no)]


def _record(message: CarrierMessage, parcels: Sequence[ParcelReadings], actor: Actor, now: datetime) -> str:
    reports = [
        Report(parcel.carrier, parcel.tracking_no, one.code, one.occurred_at, one.description, one.location)
        for parcel in parcels
        for one in parcel.readings
        if one.code
    ]
    receipts = record_reports(reports=reports, all_or_nothing=False, actor=actor, now=now)
    unknown = _keep_raw(message, parcels, now)
    fresh = sum(receipt.created for receipt in receipts)
    refused = sum(receipt.error is not None for receipt in receipts)
    skipped = sum(parcel.skipped for parcel in parcels)
    return f"new={fresh} refused={refused} unknown={unknown} skipped={skipped}"


def _keep_raw(message: CarrierMessage, parcels: Sequence[ParcelReadings], now: datetime) -> int:
    rows = []
    for parcel in parcels:
        odd = [one for one in parcel.readings if not one.code]
        known = Shipment.objects.filter(carrier__code=parcel.carrier, tracking_no=parcel.tracking_no)
        shipment = known.exclude(state=ShipmentState.VOIDED).first() if odd else None
        if shipment:
            rows += [
                RawReport(
                    shipment=shipment,
                    source=message.source,
                    code=one.raw_code,
                    occurred_at=one.occurred_at,
                    description=one.description,
                    location=one.location,
                    received_at=now,
                )
                for one in odd
            ]
    RawReport.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
