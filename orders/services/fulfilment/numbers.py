"""Tracking numbers in bulk: a table of orders and numbers, each order handed over as by hand."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
from orders.queries.fulfilment.handed import left_by_sku
from orders.queries.grouping.groups import active_group
from orders.rules.fulfilment.parcels import NO_SUCH_LINE, TOO_MANY, Parcel
from orders.services.fulfilment.shipping import ship_order
from orders.services.fulfilment.taken import in_use

PERMISSION = "orders.ship_order"


@dataclass(frozen=True)
class Handed:
    """An order, by its own or the platform's number, and a parcel of it; the number as it is kept. `contents` are pieces
    by SKU; None means all that is left."""

    order: str
    carrier: str
    tracking_no: str
    contents: tuple[tuple[str, int], ...] | None = None


@dataclass(frozen=True)
class _Known:
    """What the table's rows name, read at once; and what its earlier rows have said."""

    orders: Mapping[str, Sequence[Order]]
    carriers: Mapping[str, str]
    parcels: Mapping[tuple[str, str], Shipment]
    groups: Mapping[int, int]
    left: Mapping[int, Counter[str]]
    numbers: dict[tuple[str, str], tuple[int, tuple[str, int]]] = field(default_factory=dict)
    rows: dict[int, int] = field(default_factory=dict)

    def order(self, text: str) -> Order | None:
        """The only order of that number."""
        found = self.orders.get(text, ())
        return found[0] if len(found) == 1 else None


@transaction.atomic
def import_numbers(*, rows: Sequence[ParsedRow], write: bool, actor: Actor, now: datetime) -> Sequence[RowResult]:
    """Hand many packed orders over, each parcel by the same service as a single one; a row that is refused changes
    nothing, and one that is known already stays as it is.

    Raises: Forbidden.
    SOP: O12
    """
    actor.require(PERMISSION)
    if write:  # all orders at once and in the order of their keys: two imports never wait for one another
        lock_many(Order.objects.filter(pk__in=[order.pk for found in _orders(rows, actor).values() for order in found]))
    orders = _orders(rows, actor)
    keys = {order.pk for found in orders.values() for order in found}
    known = _Known(orders, _carriers(), _parcels(rows), active_group(keys), left_by_sku(keys))
    return [_hand_over(row, known, write, actor, now) for row in rows]


def _hand_over(row: ParsedRow, known: _Known, write: bool, actor: Actor, now: datetime) -> RowResult:
    handed: Handed = row.data
    order, carrier = known.order(handed.order), known.carriers.get(handed.carrier.casefold())
    if order is None:
        return _no(row, Issue("/order", "unknown_order", mark("There is no such order, or more than one.")))
    if carrier is None:
        return _no(row, Issue("/carrier", "unknown_carrier", mark("There is no such carrier, or it is not in use.")))
    parcel = known.parcels.get((carrier, handed.tracking_no))
    if parcel is not None:
        if order in parcel.orders.all():
            return RowResult(row.number, Outcome.EXISTING, handed.order)
        return _no(row, in_use("/tracking_no", min(parcel.orders.all(), key=lambda one: one.pk), order.shop_id))
    if issue := _not_ready(order):
        return _no(row, issue)
    owner = ("group", known.groups[order.pk]) if order.pk in known.groups else ("order", order.pk)
    first, theirs = known.numbers.setdefault((carrier, handed.tracking_no), (row.number, owner))
    if theirs == owner and first != row.number:
        return RowResult(row.number, Outcome.EXISTING, handed.order)  # it lies in the shared parcel of the earlier row
    issue = _said_otherwise(row, theirs != owner, first) or _too_much(row, order, known)
    if issue:
        return _no(row, issue)
    if write:
        try:
            with transaction.atomic():
                parcels = [Parcel(carrier, handed.tracking_no, handed.contents)]
                ship_order(order_id=order.pk, parcels=parcels, actor=actor, now=now)
        except DomainError as refusal:
            return refused(row.number, handed.order, Issue("/order", refusal.error_code, refusal.message_id, refusal.params))
    return RowResult(row.number, Outcome.UPDATED, handed.order)


def _not_ready(order: Order) -> Issue | None:
    if order.status != OrderStatus.READY_TO_SHIP:
        message = mark("Only what is packed is handed over: %(state)s")
        return Issue("/order", "invalid_transition", message, {"state": order.status})
    if order.holds.filter(released_at=None).exists():
        return Issue("/order", "on_hold", mark("The order is on hold."))
    return None


def _said_otherwise(row: ParsedRow, of_another: bool, first: int) -> Issue | None:
    """A number that an earlier row of the table gives to another order."""
    message = mark("Row %(row)s gives this number to another order.")
    return Issue("/tracking_no", TrackingInUse.code, message, {"row": first}) if of_another else None


def _too_much(row: ParsedRow, order: Order, known: _Known) -> Issue | None:
    """Pieces that the order has not, or that earlier rows of the table have handed over."""
    left, contents = known.left.get(order.pk, Counter()), row.data.contents
    earlier = known.rows.setdefault(order.pk, row.number)
    if not left.total() and earlier != row.number:
        return Issue("/order", "duplicate_row", mark("It stands in row %(row)s already."), {"row": earlier})
    asked = Counter[str]()
    for sku, pieces in contents or ():
        asked[sku] += pieces
    for sku, pieces in asked.items():
        if sku not in left:
            return Issue("/contents", "unknown_sku", NO_SUCH_LINE, {"sku": sku})
        if pieces > left[sku]:
            return Issue("/contents", "too_many", TOO_MANY, {"sku": sku})
    left.subtract(asked if contents is not None else Counter(left))
    return None


def _no(row: ParsedRow, issue: Issue) -> RowResult:
    return refused(row.number, row.data.order, issue)


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
