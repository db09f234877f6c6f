"""Orders whose customer has not confirmed receipt."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from orders.enums.completion import TaskState
from orders.enums.orders import OrderStatus
from orders.models import ContactTask, Order


def overdue(now: datetime) -> QuerySet[Order]:
    """Shipped orders past their time to confirm whose customer nobody is asking yet. SOP: O16"""
    asked = ContactTask.objects.filter(order=OuterRef("pk"), state=TaskState.OPEN)
    return Order.objects.filter(~Exists(asked), status=OrderStatus.SHIPPED, confirm_by__lte=now)


def to_ask_again(now: datetime) -> QuerySet[ContactTask]:
    """Open tasks whose customer was not reached and is to be asked again. SOP: O16"""
    return ContactTask.objects.filter(state=TaskState.OPEN, next_contact_at__lte=now)
