"""Correcting what was entered wrongly when a parcel was handed over."""

from datetime import datetime

from django.db import transaction

from opsdesk.audit.services import Change, record_many
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Invalid, Issue, NotFound
from opsdesk.common.locking import lock_many, lock_one
from opsdesk.common.text import mark
from opsdesk.parameters.queries import value
from opsdesk.webhooks.services import emit_many
from orders.enums.tracking import ShipmentState
from orders.models import Carrier, Order, Shipment, ShipmentLine
from orders.parameters.tracking import CARRIER_SILENCE
from orders.rules.followup import SHIPMENT_LIFECYCLE
from orders.rules.tracking.silence import update_by
from orders.rules.tracking.tracking import tracking_number
from orders.services import notices
from orders.services.carriers.carriage import keep_terms
from orders.services.fulfilment.shipping import insert_numbers
from orders.services.tracking import carrier_cases
from orders.services.tracking.events import KIND, parcel_news


@transaction.atomic(savepoint=False)
def replace_number(*, shipment_id: int, carrier: str, tracking_no: str, reason: str, actor: Actor, now: datetime) -> Shipment:
    """Void a parcel whose number was mistyped and put another with the right number in its place; the buyer is told.

    Raises: NotFound, Forbidden, IllegalTransition, Conflict (the carrier has reported on it), Malformed, Invalid (unknown
    carrier), TrackingInUse.
    SOP: O12
    """
    number = tracking_number(tracking_no)
    orders = lock_many(Order.objects.filter(shipments=shipment_id).select_related("shop"))
    old = lock_one(Shipment.objects.filter(pk=shipment_id).select_related("shop", "carrier"))
    if not actor.sees_shop(old.shop_id):
        raise NotFound()
    step = SHIPMENT_LIFECYCLE.enter("replace", old.state, actor)
    if old.last_event_at:
        raise Conflict(mark("The carrier has reported on this number; it is not mistyped."), code="already_reported")
    row = _successor(old, carrier, number, now)
    Shipment.objects.filter(pk=old.pk).update(state=step.target, update_by=None, stalled_at=None)
    old.state, before = ShipmentState.VOIDED, old.state
    insert_numbers([row], {row.public_id: "/tracking_no"})
    row.orders.set(orders)
    ShipmentLine.objects.filter(shipment=old).update(shipment=row)
    keep_terms([row], now=now)
    carrier_cases.close_for_correction(old, actor=actor, now=now)
    emit_many(parcel_news([("updated", old), ("updated", row)]), now=now)
    changes = [
        Change("orders.parcel_voided", KIND, old.public_id, old.shop.code, {"state": before}, {"state": old.state}, reason),
        Change("orders.parcel_replaces", KIND, row.public_id, old.shop.code, {}, {"replaces": old.public_id}, reason),
    ]
    record_many(changes, actor=actor, now=now)
    notices.tell_corrected(orders, row, now=now)
    return row


def _successor(old: Shipment, code: str, number: str, now: datetime) -> Shipment:
    carrier = Carrier.objects.filter(code=code, is_active=True).first()
    if carrier is None:
        issue = Issue("/carrier", "unknown_carrier", mark("There is no such carrier, or it is not in use."))
        raise Invalid(issue.message, code=issue.code, issues=[issue])
    due = update_by(handed_over_at=now, last_event_at=None, span=value(CARRIER_SILENCE))
    return Shipment(shop=old.shop, carrier=carrier, tracking_no=number, handed_over_at=old.handed_over_at, update_by=due)
