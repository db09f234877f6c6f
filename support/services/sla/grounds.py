"""Why a complaint came about, and what keeps it from coming again: asked for when it is resolved."""

from datetime import datetime

from django.db import transaction

from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Invalid, Issue
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from opsdesk.inbox.services import Work, raise_item, resolve
from opsdesk.parameters.queries import value
from support.enums.tickets import TicketType
from support.models import ComplaintReview, Ticket
from support.parameters.sla import GROUNDS_TIME
from support.queries.sla.promises import visible_tickets

WRITE = "support.write_grounds"
KIND = "ticket"
PERMISSION = "support.change_complaintreview"


def ask(ticket: Ticket, *, now: datetime) -> None:
    """Raise the work of writing them, unless they are written. SOP: S9"""
    if not ComplaintReview.objects.filter(ticket=ticket).exists():
        due = now + value(GROUNDS_TIME)
        params = {"number": ticket.number}
        raise_item(
            Work(WRITE, KIND, ticket.public_id, due, ticket.shop_id, params=params, owner_id=ticket.assignee_id), now=now
        )


@transaction.atomic(savepoint=False)
def write_grounds(*, ticket_id: int, root_cause: str, prevention: str, actor: Actor, now: datetime) -> ComplaintReview:
    """Write, or write anew, the root cause of a complaint and what prevents the next one.

    Raises: Forbidden, NotFound, Invalid (no complaint, or something is missing).
    SOP: S9
    """
    actor.require(PERMISSION)
    ticket = lock_one(visible_tickets(actor).filter(pk=ticket_id))
    if ticket.type != TicketType.COMPLAINT:
        raise Invalid(mark("Only complaints have a root cause."), code="not_a_complaint")
    told = {"root_cause": root_cause.strip(), "prevention": prevention.strip()}
    missing = mark("It must not be empty.")
    issues = [Issue(f"/{name}", "required", missing) for name, text in told.items() if not text]
    if issues:
        raise Invalid(mark("Write the root cause and the prevention."), code="required", issues=issues)
    row, _ = ComplaintReview.objects.update_or_create(
        ticket=ticket, defaults=told | {"written_at": now, "written_by": actor.label}
    )
    change = Change("support.grounds_written", KIND, ticket.public_id, after=told)
    record(change, actor=actor, now=now)
    resolve(kind=WRITE, subject_ids=[ticket.public_id], outcome="written", actor=actor, now=now)
    return row
