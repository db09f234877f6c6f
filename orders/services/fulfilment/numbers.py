"""Tracking numbers in bulk: a table of orders and numbers, each order handed over as by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError, Issue
from opsdesk.common.locking import lock_many
from opsdesk.common.text import mark
from opsdesk.imports.definitions import ParsedRow, RowResult, refused
from opsdesk.imports.enums import Outcome
from orders.enums.orders import OrderStatus
from orders.enums.tracking import ShipmentState
from orders.errors import TrackingInUse
from orders.models import Carrier, Order, Shipment
from orders.queries import visible_to
from orders.services.fulfilment.shipping import Parcel, ship_order

PERMISSION = "orders.ship_order"


@dataclass(frozen=True)
class Handed:
    """An order, by its own or the platform's number, and the parcel in which all of it goes; the number as it is kept."""

    order: str
    carrier: str
    tracking_no: str


@dataclass(frozen=True)
class _Known:
    """What the table's rows name, read at once."""

    orders: Mapping[str, Sequence[Order]]
    carriers: Mapping[str, str]
    parcels: Mapping[tuple[str, str], Shipment]

    def order(self, text: str) -> Order | None:
        """The only order of that number."""
        found = self.orders.get(text, ())
        return found[0] if len(found) == 1 else None


@transaction.atomic
def import_numbers(*, rows: Sequence[ParsedRow], write: bool, actor: Actor, now: datetime) -> Sequence[RowResult]:
    """Hand many packed orders over, each in one parcel and by the same service as a single one; a row that is refused
    changes nothing, and one that is known already stays as it is.

    Raises: Forbidden.
    SOP: O12
    """
    actor.require(PERMISSION)
    if write:  # all orders at once and in the order of their keys: two imports never wait for one another
        lock_many(Order.objects.filter(pk__in=[order.pk for found in _orders(rows, actor).values() for order in found]))
    known = _Known(_orders(rows, actor), _carriers(), _parcels(rows))
    return [_hand_over(row, known, write, actor, now) for row in rows]


def _hand_over(row: ParsedRow, known: _Known, write: bool, actor: Actor, now: datetime) -> RowResult:
    handed: Handed = row.data
    order, carrier = known.order(handed.order), known.carriers.get(handed.carrier.casefold())
    if order is None:
        return _no(row, "order", "unknown_order", mark("There is no such order, or more than one."))
    if carrier is None:
        return _no(row, "carrier", "unknown_carrier", mark("There is no such carrier, or it is not in use."))
    parcel = known.parcels.get((carrier, handed.tracking_no))
    if parcel is not None:
        if order in parcel.orders.all():
            return RowResult(row.number, Outcome.EXISTING, handed.order)
        return _no(row, "tracking_no", TrackingInUse.code, TrackingInUse.message)
    if order.status != OrderStatus.READY_TO_SHIP:
        return _no(
            row, "order", "invalid_transition", mark("Only what is packed is handed over: %(state)s"), state=order.status
        )
    if order.holds.filter(released_at=None).exists():
        return _no(row, "order", "on_hold", mark("The order is on hold."))
    if write:
        try:
            with transaction.atomic():
                ship_order(order_id=order.pk, parcels=[Parcel(carrier, handed.tracking_no)], actor=actor, now=now)
        except DomainError as refusal:
            return refused(row.number, handed.order, Issue("/order", refusal.error_code, refusal.message_id, refusal.params))
    return RowResult(row.number, Outcome.UPDATED, handed.order)


def _no(row: ParsedRow, field: str, code: str, message: str, **params: str) -> RowResult:
    return refused(row.number, row.data.order, Issue(f"/{field}", code, message, params))


def _orders(rows: Sequence[ParsedRow], actor: Actor) -> dict[str, list[Order]]:
    named = {row.data.order for row in rows}
    found: dict[str, list[Order]] = {}
    for order in visible_to(actor).filter(Q(number__in=named) | Q(external_id__in=named)).order_by("pk"):
        for text in {order.number, order.external_id} & named:
            found.setdefault(text, []).append(order)
    return found


def _carriers() -> dict[str, str]:
    """Codes by code and by name, however they are written."""
    rows = Carrier.objects.filter(is_active=True).values_list("code", "name")
    return {text.casefold(): code for code, name in rows for text in (code, name)}


def _parcels(rows: Sequence[ParsedRow]) -> dict[tuple[str, str], Shipment]:
    taken = Shipment.objects.filter(tracking_no__in=[row.data.tracking_no for row in rows])
    live = taken.exclude(state=ShipmentState.VOIDED).select_related("carrier").prefetch_related("orders")
    return {(parcel.carrier.code, parcel.tracking_no): parcel for parcel in live}
