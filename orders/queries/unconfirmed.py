"""Orders whose customer has not confirmed receipt."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from orders.enums.completion import TaskState
from orders.enums.orders import OrderStatus
from orders.enums.returns import ReturnState
from orders.enums.tracking import CaseState, ShipmentState
from orders.models import CarrierCase, ContactTask, Order, ReturnRequest, Shipment

ENDED_RETURNS = (ReturnState.COMPLETED, ReturnState.CANCELLED, ReturnState.REJECTED)


def overdue(now: datetime) -> QuerySet[Order]:
    """Shipped orders past their time to confirm whose customer nobody is asking yet. SOP: O16"""
    asked = ContactTask.objects.filter(order=OuterRef("pk"), state=TaskState.OPEN)
    returning = ReturnRequest.objects.filter(order=OuterRef("pk")).exclude(state__in=ENDED_RETURNS)
    return Order.objects.filter(~Exists(asked), ~Exists(returning), status=OrderStatus.SHIPPED, confirm_by__lte=now)


def delivered_before(moment: datetime) -> QuerySet[Order]:
    """Shipped orders whose time to confirm ended by the moment, of which every parcel has been delivered and about which
    nobody complains. SOP: O15
    """
    parcels = Shipment.objects.filter(orders=OuterRef("pk")).exclude(state=ShipmentState.VOIDED)
    case = CarrierCase.objects.filter(shipment__orders=OuterRef("pk"), state=CaseState.OPEN)
    returning = ReturnRequest.objects.filter(order=OuterRef("pk")).exclude(state__in=ENDED_RETURNS)
    arrived = Exists(parcels) & ~Exists(parcels.exclude(state=ShipmentState.DELIVERED))
    return Order.objects.filter(arrived, ~Exists(case), ~Exists(returning), status=OrderStatus.SHIPPED, confirm_by__lte=moment)


def to_ask_again(now: datetime) -> QuerySet[ContactTask]:
    """Open tasks whose customer was not reached and is to be asked again. SOP: O16"""
    return ContactTask.objects.filter(state=TaskState.OPEN, next_contact_at__lte=now)
