"""Handing packed orders to carriers, whole or in parts: parcels, stock out, clocks, the notice to the buyer; all in one
transaction."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from catalog.services import stock
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Invalid, Issue, Malformed
from opsdesk.common.lifecycle import Transition
from opsdesk.common.text import mark
from opsdesk.parameters.queries import value
from opsdesk.webhooks.services import emit_many
from orders.enums.tracking import ShipmentState
from orders.errors import ParcelsMismatch, TrackingInUse
from orders.models import Carrier, Order, OrderLine, Shipment, ShipmentLine
from orders.parameters.completion import CONFIRM_TIME, TRANSIT_ALLOWANCE
from orders.parameters.tracking import CARRIER_SILENCE
from orders.queries.fulfilment.handed import handed_over
from orders.queries.shipments import owner_of
from orders.rules.fulfilment.parcels import Parcel, Piece, cover
from orders.rules.lifecycle import ORDER_LIFECYCLE
from orders.rules.tracking.silence import Handover, confirm_by, update_by
from orders.rules.tracking.tracking import tracking_number
from orders.services import notices, overdue, steps
from orders.services.carriers import carriage
from orders.services.fulfilment.taken import in_use
from orders.services.grouping import rests, sharing
from orders.services.tracking.events import parcel_news
from orders.services.tracking.stopping import stop_on_the_way

__all__ = ["Parcel", "insert_numbers", "read_numbers", "ship_order"]


@dataclass(frozen=True)
class _Load:
    """A parcel with its carrier and what it holds, as pieces by order line and the orders that they belong to."""

    carrier: Carrier
    tracking_no: str
    shares: Mapping[int, int]
    orders: Sequence[Order]


@dataclass(frozen=True)
class _House:
    """What of some locked orders is still in the house: their lines, and the pieces left of each."""

    lines: Mapping[int, Sequence[OrderLine]]
    left: Mapping[int, int]
    is_split: bool


@transaction.atomic(savepoint=False)
def ship_order(*, order_id: int, parcels: Sequence[Parcel], actor: Actor, now: datetime) -> list[Order]:
    """Hand an order to the carrier in one parcel or several, and start the clocks of silence and confirmation.

    No piece lies in two parcels; what lies in none follows later, and the order is shipped when all of it is handed
    over. Orders that a parcel carries along are shipped with it. Answers all orders of the parcels, the named one first.
    Raises: NotFound, Forbidden, IllegalTransition, OnHold, Malformed (tracking number), Invalid (unknown carrier),
    ParcelsMismatch, TrackingInUse, CarrierNotChosen, Conflict (an order of a shared parcel is not packed).
    SOP: O11, O12, O13, O14
    """
    parcels = sharing.parcels_of(order_id, parcels)
    orders = _lock(order_id, parcels, actor)
    step = steps.enter(orders, "ship", actor)
    steps.require_no_holds(orders)
    house = _house(orders)
    loads = _load(orders, house, read_numbers(parcels))
    rest = _rest(orders[0], house, loads)
    if not rest and not house.is_split:
        carriage.follow_choice(orders, [load.carrier for load in loads], actor=actor, now=now)
    shipments = _write(loads, orders[0], now)
    carriage.keep_terms(shipments, now=now)
    _take_out(orders, house, loads, shipments[0].public_id, actor, now)
    gone, part = (orders[1:], orders[:1]) if rest else (orders, [])
    finish(gone, step, actor=actor, now=now)
    sharing.shipped(orders, shipments, actor=actor, now=now)
    details = {"parcels": [row.tracking_no for row in shipments], "pieces_left": rest}
    steps.move(part, ORDER_LIFECYCLE.transitions["ship_part"], event="", actor=actor, now=now, details=details)
    emit_many(parcel_news([("updated", row) for row in shipments]), now=now, newborn=True)
    notices.tell_shipped(gone, shipments, now=now)
    notices.tell_part_shipped(part, shipments, now=now)
    stop_on_the_way(orders, now=now)
    return orders


def finish(
    orders: Sequence[Order],
    step: Transition,
    *,
    actor: Actor,
    now: datetime,
    reason: str = "",
    details: Mapping[str, Any] | None = None,
) -> None:
    """All of these locked orders has left: the time to confirm begins, nobody waits for their hand-over. SOP: O12, O16"""
    due = confirm_by([Handover(now)], span=value(CONFIRM_TIME), allowance=value(TRANSIT_ALLOWANCE))
    columns = {"shipped_at": now, "confirm_by": due}
    steps.move(orders, step, event="shipped", actor=actor, now=now, reason=reason, details=details, **columns)
    overdue.close([order.pk for order in orders], actor, now)
    rests.settled(orders, "shipped", actor=actor, now=now)


def read_numbers(parcels: Sequence[Parcel]) -> list[Parcel]:
    """The parcels with their tracking numbers as they are kept. Raises: Malformed, naming every bad one."""
    read, issues = [], []
    for index, parcel in enumerate(parcels):
        try:
            read.append(replace(parcel, tracking_no=tracking_number(parcel.tracking_no)))
        except Malformed as refusal:
            issues.append(Issue(f"/parcels/{index}/tracking_no", refusal.error_code, refusal.message_id))
    if issues:
        raise Malformed(issues[0].message, code=issues[0].code, issues=issues)
    return read


def insert_numbers(shipments: Sequence[Shipment], pointers: Mapping[str, str]) -> None:
    """Write parcels whose number nobody else uses; the database decides between two who write at once.

    `pointers` are the places of the numbers in the input, by the parcels' public ids.
    Raises: TrackingInUse.
    SOP: O12
    """
    Shipment.objects.bulk_create(shipments, ignore_conflicts=True)
    keys = dict(Shipment.objects.filter(public_id__in=list(pointers)).values_list("public_id", "pk"))
    taken = [shipment for shipment in shipments if shipment.public_id not in keys]
    if taken:
        raise TrackingInUse(
            issues=[in_use(pointers[row.public_id], owner_of(row), row.shop_id) for row in taken],
            extra={"tracking_no": taken[0].tracking_no},
        )
    for shipment in shipments:
        shipment.pk = keys[shipment.public_id]


def _lock(order_id: int, parcels: Sequence[Parcel], actor: Actor) -> list[Order]:
    """The order and those that its parcels carry along, locked; the order itself first."""
    named = [key for parcel in parcels for key in parcel.orders]
    others = dict(Order.objects.filter(public_id__in=named).values_list("public_id", "pk"))
    if len(others) != len(named) or order_id in others.values():
        issue = Issue("/parcels", "unknown_order", mark("Each further order stands in exactly one parcel and exists."))
        raise Invalid(issue.message, code=issue.code, issues=[issue])
    orders = steps.lock_orders([order_id, *others.values()], actor)
    orders.sort(key=lambda order: order.pk != order_id)
    first = orders[0]
    if any(
        row.shop_id != first.shop_id or row.customer_id is None or row.customer_id != first.customer_id for row in orders[1:]
    ):
        issue = Issue("/parcels", "other_buyer", mark("One parcel holds orders of one buyer of one shop only."))
        raise Invalid(issue.message, code=issue.code, issues=[issue])
    return orders


def _house(orders: Sequence[Order]) -> _House:
    lines: dict[int, list[OrderLine]] = {order.pk: [] for order in orders}
    for line in OrderLine.objects.filter(order__in=orders).order_by("order", "position"):
        lines[line.order_id].append(line)
    handed = handed_over([order.pk for order in orders])
    left = {line.pk: line.quantity - handed.get(line.pk, 0) for rows in lines.values() for line in rows}
    return _House(lines, left, is_split=any(line.pk in handed for line in lines[orders[0].pk]))


def _rest(order: Order, house: _House, loads: Sequence[_Load]) -> int:
    """How many pieces of the order stay in the house when these parcels have left."""
    return sum(house.left[line.pk] - sum(load.shares.get(line.pk, 0) for load in loads) for line in house.lines[order.pk])


def _take_out(
    orders: Sequence[Order], house: _House, loads: Sequence[_Load], occasion: str, actor: Actor, now: datetime
) -> None:
    """Book the pieces of the parcels out of the warehouse."""
    part = Counter[int]()
    for line in house.lines[orders[0].pk]:
        part[line.sku_id] += sum(load.shares.get(line.pk, 0) for load in loads)
    owners = [order.public_id for order in orders]
    stock.commit(owners, parts={owners[0]: part}, occasion=occasion, actor=actor, now=now)


def _load(orders: Sequence[Order], house: _House, parcels: Sequence[Parcel]) -> list[_Load]:
    """What lies in each parcel. Raises: Invalid (carrier), ParcelsMismatch."""
    carriers = {row.code: row for row in Carrier.objects.filter(code__in=[p.carrier for p in parcels], is_active=True)}
    message = mark("There is no such carrier, or it is not in use.")
    unknown = [
        Issue(f"/parcels/{index}/carrier", "unknown_carrier", message)
        for index, parcel in enumerate(parcels)
        if parcel.carrier not in carriers
    ]
    if unknown:
        raise Invalid(message, code="unknown_carrier", issues=unknown)
    pieces = [Piece(line.pk, line.sku_code, house.left[line.pk]) for line in house.lines[orders[0].pk]]
    shares, issues = cover(pieces, parcels)
    if issues:
        raise ParcelsMismatch(issues=issues)
    by_id = {order.public_id: order for order in orders}
    loads = []
    for parcel, share in zip(parcels, shares, strict=True):
        along = [by_id[key] for key in parcel.orders]
        whole = {line.pk: house.left[line.pk] for order in along for line in house.lines[order.pk] if house.left[line.pk]}
        held = [*orders[:1], *along] if share else along
        loads.append(_Load(carriers[parcel.carrier], parcel.tracking_no, share | whole, held))
    return loads


def _write(loads: Sequence[_Load], order: Order, now: datetime) -> list[Shipment]:
    silence = update_by(handed_over_at=now, last_event_at=None, span=value(CARRIER_SILENCE))
    shipments = [
        Shipment(
            shop=order.shop,
            carrier=load.carrier,
            tracking_no=load.tracking_no,
            state=ShipmentState.INFO_RECEIVED,
            handed_over_at=now,
            update_by=silence,
        )
        for load in loads
    ]
    insert_numbers(shipments, {row.public_id: f"/parcels/{index}/tracking_no" for index, row in enumerate(shipments)})
    _link(shipments, [load.orders for load in loads])
    ShipmentLine.objects.bulk_create(
        ShipmentLine(shipment=shipment, order_line_id=line_id, quantity=quantity)
        for shipment, load in zip(shipments, loads, strict=True)
        for line_id, quantity in load.shares.items()
    )
    return shipments


def _link(shipments: Sequence[Shipment], orders: Sequence[Collection[Order]]) -> None:
    through = Shipment.orders.through
    through.objects.bulk_create(
        through(shipment_id=shipment.pk, order_id=order.pk)
        for shipment, held in zip(shipments, orders, strict=True)
        for order in held
    )
