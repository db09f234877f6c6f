"""Handing packed orders over at the desk, by scanning: the order, then the number on its waybill."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from opsdesk.common.actors import Actor
from opsdesk.common.errors import Invalid, Issue
from opsdesk.common.text import mark
from orders.models import CarrierChoice, Order
from orders.queries import visible_to
from orders.rules.fulfilment.parcels import Parcel
from orders.services.fulfilment.shipping import ship_order


@dataclass(frozen=True)
class HandedOver:
    """An order and the number of the parcel in which all that was left of it went."""

    order: Order
    tracking_no: str


@transaction.atomic(savepoint=False)
def hand_over(*, code: str, tracking_no: str, carrier: str = "", actor: Actor, now: datetime) -> HandedOver:
    """Hand the order that the code names over in one parcel; without a carrier to the one that was chosen for it.

    Raises: Invalid (no such order, no carrier), and all that `ship_order` raises.
    SOP: O12
    """
    order = _order(code.strip(), actor)
    taken = carrier or _chosen(order)
    if not taken:
        message = mark("No carrier was chosen for this order: choose one.")
        raise Invalid(message, code="required", issues=[Issue("/carrier", "required", message)])
    shipped = ship_order(order_id=order.pk, parcels=[Parcel(taken, tracking_no)], actor=actor, now=now)
    return HandedOver(shipped[0], tracking_no)


def _order(code: str, actor: Actor) -> Order:
    found = visible_to(actor).filter(Q(number=code) | Q(external_id=code)).order_by("pk")[:2]
    if len(found) != 1:
        message = mark("There is no such order, or more than one.")
        raise Invalid(message, code="unknown_order", issues=[Issue("/code", "unknown_order", message)])
    return found[0]


def _chosen(order: Order) -> str:
    row = CarrierChoice.objects.filter(order=order, carrier__is_active=True).select_related("carrier").first()
    return row.carrier.code if row and row.carrier else ""
