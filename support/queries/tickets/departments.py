"""Named reads of questions to departments."""

from django.db.models import QuerySet

from opsdesk.accounts.roles import Role
from opsdesk.common.actors import Actor
from support.enums.desk import TaskState
from support.models import DepartmentTask, Ticket

DEPARTMENTS = (Role.WAREHOUSE, Role.LOGISTICS, Role.FINANCE, Role.PRODUCT_SUPERVISOR, Role.MARKETING, Role.TECHNICAL)


def visible_to(actor: Actor) -> QuerySet[DepartmentTask]:
    """The questions about tickets of the shops that the actor sees."""
    rows = DepartmentTask.objects.all()
    return rows if actor.shop_ids is None else rows.filter(ticket__shop__in=actor.shop_ids)


def open_of(ticket: Ticket) -> QuerySet[DepartmentTask]:
    """What a ticket still waits for."""
    return DepartmentTask.objects.filter(ticket=ticket.pk, state=TaskState.OPEN)
