"""Named reads of tickets and what was said in them."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Prefetch, Q, QuerySet

from opsdesk.common.actors import Actor
from opsdesk.files.models import StoredFile
from support.enums.tickets import Delivery, TicketState
from support.models import Message, Ticket
from support.rules.tickets.lifecycle import OPEN

MOST = 100  # tickets in the queue of a workbench


def visible_to(actor: Actor) -> QuerySet[Ticket]:
    """The tickets of the shops that the actor sees."""
    rows = Ticket.objects.all()
    return rows if actor.shop_ids is None else rows.filter(shop__in=actor.shop_ids)


def with_details(rows: QuerySet[Ticket]) -> QuerySet[Ticket]:
    """Everything that an answer names, in one statement."""
    return rows.select_related("shop", "customer", "order", "product", "team", "assignee", "merged_into")


def conversation(ticket: Ticket) -> QuerySet[Message]:
    """What was said and noted in a ticket and in those that were merged into it, oldest first. SOP: S2"""
    files = Prefetch("files", StoredFile.objects.order_by("pk"))
    rows = Message.objects.filter(Q(ticket=ticket.pk) | Q(ticket__merged_into=ticket.pk))
    return rows.select_related("ticket").prefetch_related(files).order_by("id")


def said_before(ticket: Ticket, external_id: str) -> Message | None:
    """The message that has this id of its channel, in the ticket or in one that was merged into it."""
    rows = Message.objects.filter(external_id=external_id) if external_id else Message.objects.none()
    return rows.filter(Q(ticket=ticket.pk) | Q(ticket__merged_into=ticket.pk)).first()


def may_have_attachment(actor: Actor, file: StoredFile) -> bool:
    """True when the file belongs to a message of a ticket that the actor may see."""
    return actor.can("support.view_ticket") and visible_to(actor).filter(messages__files=file).exists()


def open_counts(user_ids: Iterable[int]) -> dict[int, int]:
    """How many tickets that need a person each of these agents has."""
    busy = (TicketState.ASSIGNED, TicketState.IN_PROGRESS)
    rows = Ticket.objects.filter(assignee__in=list(user_ids), state__in=busy)
    return dict(rows.values_list("assignee").annotate(Count("pk")))


def queue(actor: Actor, view: str) -> list[Ticket]:
    """The open tickets of the actor's shops that a view of the workbench shows, the one that waits longest first."""
    rows = visible_to(actor).filter(state__in=OPEN)
    if view == "mine":
        rows = rows.filter(assignee=actor.staff_id)
    elif view == "new":
        rows = rows.filter(assignee=None)
    return list(rows.select_related("shop", "assignee").order_by("-id")[:MOST])


def of_customer(ticket: Ticket, most: int = 5) -> list[Ticket]:
    """The last other tickets of the same customer or the same contact. SOP: S2"""
    if ticket.customer_id is None and not ticket.contact:
        return []
    same = Q(customer=ticket.customer_id) if ticket.customer_id else Q(contact=ticket.contact, shop=ticket.shop_id)
    return list(Ticket.objects.filter(same).exclude(pk=ticket.pk).order_by("-id")[:most])


def to_archive(before: datetime, most: int) -> list[int]:
    """Tickets that were confirmed before a moment, oldest first."""
    rows = Ticket.objects.filter(state=TicketState.CONFIRMED, confirmed_at__lt=before)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:most])


def undelivered(actor: Actor) -> QuerySet[Message]:
    """Answers that did not reach their customers. SOP: S1"""
    return (
        Message.objects.filter(delivery=Delivery.FAILED, ticket__in=visible_to(actor)).select_related("ticket").order_by("-id")
    )
