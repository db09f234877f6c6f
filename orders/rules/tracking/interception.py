"""Which side of the point of no return an order is on, and the states of an interception. Pure."""

from collections.abc import Iterable
from enum import StrEnum

from opsdesk.common.lifecycle import Lifecycle, Transition
from orders.enums.orders import OrderStatus
from orders.enums.tracking import InterceptionState as S
from orders.enums.tracking import ShipmentState
from orders.rules.tracking.tracking import is_under_way

OPEN = (S.REQUESTED, S.ACCEPTED)

INTERCEPTION_LIFECYCLE = Lifecycle(
    Transition("accept", {S.REQUESTED}, S.ACCEPTED, permission="orders.work_interception", sop="O18"),
    Transition("fail", OPEN, S.FAILED, permission="orders.work_interception", sop="O18"),
    Transition("tell_customer", tuple(S), None, permission="orders.work_carriercase", sop="O18"),
    Transition("receive", {S.ACCEPTED}, S.RETURNED, permission="orders.receive_interception", sop="O18"),
)


class Side(StrEnum):
    """Where an order stands with regard to the point of no return, the hand-over to the carrier."""

    BEFORE = "before_hand_over"
    AFTER = "after_hand_over"
    CLOSED = "closed"


_BEFORE = (OrderStatus.PENDING, OrderStatus.PROCESSING, OrderStatus.READY_TO_SHIP)
_STOPPABLE = (OrderStatus.READY_TO_SHIP, OrderStatus.SHIPPED)


def side(*, status: str, parcels: Iterable[str]) -> Side:
    """Before the first hand-over the customer may cancel and change the address; afterwards only the carrier can stop a
    parcel; when no parcel is on its way any more, nothing can be stopped.

    `parcels` are the states of the order's parcels.
    SOP: O18
    """
    sent = [state for state in parcels if state != ShipmentState.VOIDED]
    if status in _BEFORE and not sent:
        return Side.BEFORE
    on_the_way = status in _STOPPABLE and any(is_under_way(state) for state in sent)
    return Side.AFTER if on_the_way else Side.CLOSED


def ways(found: Side) -> list[str]:
    """What may still be asked for on this side, by the names of the calls. SOP: O18"""
    return {Side.BEFORE: ["cancel", "change-address"], Side.AFTER: ["intercept"], Side.CLOSED: []}[found]
