"""Two tickets that are one matter, and what else a ticket speaks of."""

from datetime import datetime

from django.db import transaction

from opsdesk.common.actors import Actor
from opsdesk.common.errors import Invalid, Issue
from opsdesk.common.locking import lock_many
from opsdesk.common.text import mark
from support.enums.tickets import TicketState
from support.errors import NotThisCustomers, TicketClosed
from support.models import DepartmentTask, Ticket, TicketLink
from support.queries.tickets.tickets import visible_to
from support.rules.tickets.lifecycle import CLOSED
from support.services.sla import clocks
from support.services.tickets import moving


@transaction.atomic(savepoint=False)
def merge(*, ticket_id: int, number: str, actor: Actor, now: datetime) -> Ticket:
    """Merge a ticket into another one of the same customer: its conversation, links, questions and clocks go on there.

    Raises: NotFound, Forbidden, TicketClosed, IllegalTransition, Invalid (unknown number, or itself), NotThisCustomers.
    SOP: S2
    """
    other = visible_to(actor).filter(number=number.strip().upper()).values_list("pk", flat=True).first()
    if other is None or other == ticket_id:
        message = mark("There is no such other ticket.")
        raise Invalid(message, code="unknown_ticket", issues=[Issue("/number", "unknown_ticket", message)])
    both = {row.pk: row for row in lock_many(visible_to(actor).filter(pk__in=[ticket_id, other]))}
    ticket, into = moving.enter(ticket_id, "merge", actor), both[other]
    if into.state in (*CLOSED, TicketState.CONFIRMED):
        raise TicketClosed()
    if into.shop_id != ticket.shop_id or not _same_customer(ticket, into):
        raise NotThisCustomers()
    into.shop = ticket.shop
    moving.move(ticket, "merge", actor=actor, now=now, details={"into": into.number}, merged_into_id=into.pk)
    Ticket.objects.filter(merged_into=ticket.pk).update(merged_into=into.pk)
    _carry_over(ticket, into)
    clocks.merged(ticket, into, actor, now)
    for kind in (moving.TAKE, moving.CONFIRM, moving.FAILED, moving.BACK):
        moving.finish(kind, ticket, "merged", actor, now)
    moving.note("took_in", into, actor, now, after={"ticket": ticket.number})
    return into


def _same_customer(ticket: Ticket, into: Ticket) -> bool:
    """Different known customers are different people; one who is not known may be anybody."""
    return None in (ticket.customer_id, into.customer_id) or ticket.customer_id == into.customer_id


def _carry_over(ticket: Ticket, into: Ticket) -> None:
    """What the surviving ticket did not know, the merged one may have known."""
    filled = {
        name: getattr(ticket, name)
        for name in ("customer_id", "order_id", "product_id")
        if getattr(into, name) is None and getattr(ticket, name) is not None
    }
    moments = [row.last_incoming_at for row in (ticket, into) if row.last_incoming_at]
    moving.write(into, last_incoming_at=max(moments, default=None), **filled)
    DepartmentTask.objects.filter(ticket=ticket.pk).update(ticket=into.pk)
    known = TicketLink.objects.filter(ticket=into.pk).values_list("kind", "target")
    seen = set(known)
    for link in TicketLink.objects.filter(ticket=ticket.pk):
        if (link.kind, link.target) not in seen:
            TicketLink.objects.create(ticket=into, kind=link.kind, target=link.target, label=link.label)
