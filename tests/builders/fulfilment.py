"""Orders on their way out of the house."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from opsdesk.common.actors import SYSTEM
from orders.models import CarrierCase, ContactTask, Order, Shipment
from orders.rules.fulfilment.packing import Checklist
from orders.rules.fulfilment.parcels import Parcel
from orders.services.carriers.registry import sync_carriers
from orders.services.completion.contact_tasks import open_for_unconfirmed
from orders.services.fulfilment.packing import pack_order
from orders.services.fulfilment.shipping import ship_order
from orders.services.tracking.carrier_cases import open_for_stalled
from orders.services.tracking.tracking import Report, record_reports
from tests.builders.orders import a_released_order
from tests.builders.times import NOW

_serial = count(1)
CHECKLIST = {"appearance": True, "packing_list": True, "gifts": None, "manual": None, "warranty": None}


def a_tracking_no() -> str:
    """A number that no other parcel has."""
    return f"SF{next(_serial):012d}"


def a_packed_order(sku: str = "TS-RED-M", quantity: int = 2, *, now: datetime = NOW, **changes: Any) -> Order:
    """An order that is ready to ship; the carriers are known."""
    sync_carriers()
    order = a_released_order(sku, quantity, **changes)
    pack_order(order_id=order.pk, checklist=Checklist(True, True), actor=SYSTEM, now=now)
    order.refresh_from_db()
    return order


def a_shipped_order(
    sku: str = "TS-RED-M", quantity: int = 2, *, tracking_no: str = "", now: datetime = NOW, **changes: Any
) -> Order:
    """An order that was handed to SF Express in one parcel at `now`."""
    order = a_packed_order(sku, quantity, now=now, **changes)
    ship_order(order_id=order.pk, parcels=[Parcel("sf", tracking_no or a_tracking_no())], actor=SYSTEM, now=now)
    order.refresh_from_db()
    return order


def parcel_of(order: Order) -> Shipment:
    """The only parcel of an order, as it is now."""
    return Shipment.objects.get(orders=order)


def a_report(number: str, code: str, at: datetime) -> None:
    """SF Express reports on a parcel, at the moment that it reports of."""
    record_reports(reports=[Report("sf", number, code, at)], all_or_nothing=True, actor=SYSTEM, now=at)


def a_carrier_case() -> CarrierCase:
    """The case of a parcel SF000000000001 that was handed over at NOW and has been silent since."""
    a_shipped_order(tracking_no="SF000000000001")
    open_for_stalled(actor=SYSTEM, now=NOW + timedelta(hours=48))
    return CarrierCase.objects.get()


def a_contact_task(order: Order | None = None) -> ContactTask:
    """The task to ask the buyer of an order that was handed over at NOW."""
    order = order or a_shipped_order(tracking_no="SF000000000001")
    open_for_unconfirmed(actor=SYSTEM, now=NOW + timedelta(days=10))
    return ContactTask.objects.get(order=order)
