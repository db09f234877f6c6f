"""Stopping parcels on their way: asking the carrier, its answer, the parcel that comes back. SOP: O18"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from opsdesk.accounts.roles import Role
from opsdesk.audit.services import Change, record_many
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Invalid, Issue, NotFound
from opsdesk.common.locking import lock_many, lock_one
from opsdesk.common.text import mark
from opsdesk.inbox import services as inbox
from opsdesk.notifications.services import Message, tell_role
from opsdesk.parameters.queries import value
from opsdesk.webhooks.services import emit_many
from orders.enums.orders import HoldCode, OrderStatus
from orders.enums.tracking import InterceptionState, ShipmentState
from orders.errors import AlreadyIntercepted, NothingToIntercept, NotShippedYet
from orders.models import Interception, Order, Shipment
from orders.parameters.tracking import CHECK_IN_TIME, INTERCEPT_RETURN_TIME, INTERCEPT_TIME
from orders.rules.lifecycle import ORDER_LIFECYCLE
from orders.rules.tracking.interception import INTERCEPTION_LIFECYCLE, OPEN, Side, side
from orders.rules.tracking.tracking import UNDER_WAY
from orders.services import notices, steps
from orders.services.tracking.events import parcel_news

KIND = "interception"
ASK, BACK = "orders.interception", "orders.interception_back"
DELIVERED_ANYWAY = mark("Delivered all the same.")


@transaction.atomic(savepoint=False)
def intercept_order(*, order_id: int, code: HoldCode = HoldCode.OTHER, reason: str = "", actor: Actor, now: datetime) -> Order:
    """Have every parcel of the order that is on its way stopped: logistics asks the carrier of each.

    Raises: NotFound, Forbidden, NotShippedYet, NothingToIntercept, AlreadyIntercepted, IllegalTransition.
    SOP: O18
    """
    actor.require(ORDER_LIFECYCLE.transitions["intercept"].permission)
    order = steps.lock_orders([order_id], actor)[0]
    rows = lock_many(Shipment.objects.filter(orders=order).select_related("shop", "carrier"))
    found = side(status=order.status, parcels=[row.state for row in rows])
    if found == Side.BEFORE:
        raise NotShippedYet(extra=_other_ways(order))
    if found == Side.CLOSED and order.status != OrderStatus.CANCELLED:
        raise NothingToIntercept()
    step = steps.enter([order], "intercept", actor)
    asked = set(Interception.objects.filter(shipment__in=rows, state__in=OPEN).values_list("shipment_id", flat=True))
    parcels = [row for row in rows if row.state in UNDER_WAY and row.pk not in asked]
    if not parcels:
        raise AlreadyIntercepted()
    made = _ask(order, parcels, code, reason, actor, now)
    details = {"interceptions": [row.public_id for row in made], "code": HoldCode(code).value}
    steps.move([order], step, event="", actor=actor, now=now, reason=reason, details=details)
    return order


@transaction.atomic(savepoint=False)
def accept_interception(*, interception_id: int, answer: str = "", actor: Actor, now: datetime) -> Interception:
    """The carrier sends the parcel back: the warehouse expects it.

    Raises: NotFound, Forbidden, IllegalTransition.
    SOP: O18
    """
    row = _enter(interception_id, "accept", actor)
    _resolve(ASK, [row], "accepted", actor, now)
    _move([row], "accept", actor, now, answered_at=now, answer=answer.strip())
    _expect_back(row, now + value(INTERCEPT_RETURN_TIME), now)
    return row


@transaction.atomic(savepoint=False)
def fail_interception(*, interception_id: int, answer: str, actor: Actor, now: datetime) -> Interception:
    """The carrier cannot stop the parcel; it says why.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (no answer).
    SOP: O18
    """
    row = _enter(interception_id, "fail", actor)
    _require(answer, "/answer")
    _fail([row], answer.strip(), actor, now)
    return row


@transaction.atomic(savepoint=False)
def receive_interception(*, interception_id: int, condition: str, actor: Actor, now: datetime) -> Interception:
    """The parcel is back in the warehouse and was looked at; customer service settles the order with the customer.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (no condition).
    SOP: O18, O21
    """
    row = _enter(interception_id, "receive", actor)
    _require(condition, "/condition")
    _resolve(BACK, [row], "returned", actor, now)
    _move([row], "receive", actor, now, returned_at=now, condition=condition.strip(), closed_at=now)
    text = mark("The intercepted parcel %(tracking_no)s of order %(number)s is back; settle it with the customer.")
    params = {"tracking_no": row.shipment.tracking_no, "number": row.order.number}
    message = Message("orders.parcel_back", f"orders.parcel_back:{row.public_id}", text, KIND, row.public_id, params)
    tell_role(message, role=Role.CUSTOMER_SERVICE, shop_id=row.shipment.shop_id, now=now)
    return row


@transaction.atomic(savepoint=False)
def tell_customer(*, interception_id: int, text: str, actor: Actor, now: datetime) -> Interception:
    """Tell the buyer what has come of it. Raises: NotFound, Forbidden, IllegalTransition. SOP: O18"""
    row = _enter(interception_id, "tell_customer", actor)
    notices.tell_trouble([row.order], text=text, key=f"{row.public_id}:{now.isoformat()}", now=now)
    _move([row], "tell_customer", actor, now, customer_told_at=now)
    return row


def follow_parcels(shipments: Sequence[Shipment], *, actor: Actor, now: datetime) -> None:
    """The carrier has reported the end of these parcels' ways: what was delivered was not stopped, what went back is to be
    checked in. The caller holds the parcels' locks.

    SOP: O18
    """
    ended = {row.pk: row for row in shipments if row.state in (ShipmentState.DELIVERED, ShipmentState.RETURNED)}
    if not ended:
        return
    rows = lock_many(Interception.objects.filter(shipment__in=ended, state__in=OPEN).select_related("order"))
    for row in rows:
        row.shipment = ended[row.shipment_id]
    _fail([row for row in rows if row.shipment.state == ShipmentState.DELIVERED], DELIVERED_ANYWAY, actor, now)
    back = [row for row in rows if row.shipment.state == ShipmentState.RETURNED]
    asked = [row for row in back if row.state == InterceptionState.REQUESTED]
    _resolve(ASK, asked, "accepted", actor, now)
    _move(asked, "accept", actor, now, answered_at=now)
    due = now + value(CHECK_IN_TIME)
    for row in back:
        _expect_back(row, due, now)
        inbox.move_due(kind=BACK, subject_id=row.public_id, due_at=due)


def _other_ways(order: Order) -> dict[str, str]:
    base = f"/api/v1/orders/{order.public_id}"
    return {"cancel": f"{base}/cancel/", "change_address": f"{base}/change-address/"}


def _ask(
    order: Order, parcels: Sequence[Shipment], code: HoldCode, reason: str, actor: Actor, now: datetime
) -> list[Interception]:
    made = [
        Interception(shipment=row, order=order, code=code, reason=reason, requested_at=now, requested_by=actor.label)
        for row in parcels
    ]
    Interception.objects.bulk_create(made)
    due = now + value(INTERCEPT_TIME)
    inbox.raise_many(
        [
            inbox.Work(
                ASK,
                KIND,
                row.public_id,
                due,
                shop_id=order.shop_id,
                params={"tracking_no": row.shipment.tracking_no, "carrier": row.shipment.carrier.name},
            )
            for row in made
        ],
        now=now,
    )
    _record(made, "requested", {}, actor, now)
    emit_many(parcel_news([("updated", row) for row in parcels]), now=now)
    return made


def _enter(interception_id: int, name: str, actor: Actor) -> Interception:
    """Lock the parcel, then the interception, and get leave. Raises: NotFound, Forbidden, IllegalTransition."""
    actor.require(INTERCEPTION_LIFECYCLE.transitions[name].permission)
    shipment_id = Interception.objects.filter(pk=interception_id).values_list("shipment_id", flat=True).first()
    if shipment_id is None:
        raise NotFound()
    shipment = lock_one(Shipment.objects.filter(pk=shipment_id).select_related("shop", "carrier"))
    if not actor.sees_shop(shipment.shop_id):
        raise NotFound()
    row = lock_one(Interception.objects.filter(pk=interception_id).select_related("order"))
    row.shipment = shipment
    INTERCEPTION_LIFECYCLE.enter(name, row.state, actor)
    return row


def _fail(rows: Sequence[Interception], answer: str, actor: Actor, now: datetime) -> None:
    _resolve(ASK, rows, "failed", actor, now)
    _resolve(BACK, rows, "failed", actor, now)
    _move(rows, "fail", actor, now, answered_at=now, answer=answer, closed_at=now)


def _expect_back(row: Interception, due: datetime, now: datetime) -> None:
    params = {"tracking_no": row.shipment.tracking_no, "number": row.order.number}
    inbox.raise_item(inbox.Work(BACK, KIND, row.public_id, due, shop_id=row.shipment.shop_id, params=params), now=now)


def _resolve(kind: str, rows: Sequence[Interception], outcome: str, actor: Actor, now: datetime) -> None:
    ids = [row.public_id for row in rows]
    inbox.resolve(kind=kind, subject_ids=ids, outcome=outcome, actor=actor, now=now)


def _move(rows: Sequence[Interception], step: str, actor: Actor, now: datetime, **columns: Any) -> None:
    if not rows:
        return
    before = {row.public_id: row.state for row in rows}
    if target := INTERCEPTION_LIFECYCLE.transitions[step].target:
        columns["state"] = target
    Interception.objects.filter(pk__in=[row.pk for row in rows]).update(**columns)
    for row in rows:
        for name, content in columns.items():
            setattr(row, name, content)
    _record(rows, step, before, actor, now)
    emit_many(parcel_news([("updated", row.shipment) for row in rows]), now=now)


def _record(rows: Sequence[Interception], step: str, before: dict[str, str], actor: Actor, now: datetime) -> None:
    record_many(
        [
            Change(
                f"orders.interception_{step}",
                KIND,
                row.public_id,
                shop=row.shipment.shop.code,
                before={"state": before[row.public_id]} if before else {},
                after={"state": row.state, "order": row.order.number, "shipment": row.shipment.public_id},
                reason=row.condition or row.answer or row.reason,
            )
            for row in rows
        ],
        actor=actor,
        now=now,
    )


def _require(text: str, pointer: str) -> None:
    if not text.strip():
        message = mark("Write down what was found or said.")
        raise Invalid(message, code="required", issues=[Issue(pointer, "required", message)])
