"""Named reads of promises and of what complaints taught."""

from datetime import datetime

from django.db.models import QuerySet

from opsdesk.common.actors import Actor
from support.enums.sla import PromiseState
from support.enums.tickets import TicketType
from support.models import ComplaintReview, Promise, Ticket
from support.rules.tickets.lifecycle import OPEN


def visible_tickets(actor: Actor) -> QuerySet[Ticket]:
    """The tickets of the shops that the actor sees."""
    rows = Ticket.objects.all()
    return rows if actor.shop_ids is None else rows.filter(shop__in=actor.shop_ids)


def visible_to(actor: Actor) -> QuerySet[Promise]:
    """The promises of the shops that the actor sees."""
    rows = Promise.objects.all()
    return rows if actor.shop_ids is None else rows.filter(ticket__shop__in=actor.shop_ids)


def of_ticket(ticket_id: int) -> QuerySet[Promise]:
    """What was promised on a ticket, oldest first."""
    return Promise.objects.filter(ticket=ticket_id).order_by("id")


def of_customer(customer_id: int) -> QuerySet[Promise]:
    """What a customer was ever promised, newest first. SOP: S9, S15"""
    return Promise.objects.filter(ticket__customer=customer_id).select_related("ticket").order_by("-id")


def without_promise(most: int) -> list[int]:
    """Complaints that are being handled and on which nothing was ever promised, oldest first."""
    rows = Ticket.objects.filter(type=TicketType.COMPLAINT, state__in=OPEN, promises=None)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:most])


def overdue(now: datetime) -> QuerySet[Promise]:
    """Open promises whose time has passed."""
    return Promise.objects.filter(state=PromiseState.OPEN, due_at__lt=now)


def is_covered(ticket_id: int) -> bool:
    """True when the last promise on a ticket stands: it is open, or was kept."""
    last = Promise.objects.filter(ticket=ticket_id).order_by("-id").values_list("state", flat=True).first()
    return last in (PromiseState.OPEN, PromiseState.KEPT)


def has_grounds(ticket_id: int) -> bool:
    """True when root cause and prevention of a complaint are written."""
    return ComplaintReview.objects.filter(ticket=ticket_id).exists()
