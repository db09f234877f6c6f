"""Starting a solution from a ticket: a refund, an exchange, a compensation, and following it to its end."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import QuerySet

from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Invalid, Issue
from opsdesk.common.text import mark
from opsdesk.files.models import StoredFile
from opsdesk.files.queries import open_file
from opsdesk.parameters.queries import value
from orders.queries.returns.solutions import ended
from orders.services.returns.requesting import Wish, add_evidence, request_return
from support.enums.desk import LinkKind
from support.enums.tickets import Stage
from support.models import Ticket, TicketLink
from support.parameters.solving import NEWS_TIME
from support.queries.solving.evidence import evidence_of
from support.rules.tickets.lifecycle import OPEN
from support.services.sla import clocks
from support.services.tickets import moving

BATCH = 500


@dataclass(frozen=True)
class SolutionDraft:
    """What the customer of a ticket gets: the kind (a return's type), pieces and reasons, and which of the ticket's
    photos and videos prove it; `shows` says what these show."""

    type: str
    wishes: Sequence[Wish]
    note: str = ""
    files: Collection[str] = ()
    shows: str = ""


@transaction.atomic(savepoint=False)
def start_solution(*, ticket_id: int, draft: SolutionDraft, actor: Actor, now: datetime) -> str:
    """Enter the return, exchange or compensation of the ticket's order with the ticket's evidence, and link it. Both of its
    clocks start, and the approvals of returns hold. Returns its public id.

    Raises: NotFound, Forbidden, TicketClosed, IllegalTransition, Conflict (no order, nothing was shipped), Invalid (as
    `request_return`; a file that is not the ticket's).
    SOP: S8
    """
    ticket = moving.enter(ticket_id, "start_solution", actor)
    if ticket.order_id is None or ticket.order is None:
        raise Conflict(mark("Link the order first."), code="no_order")
    files = _files(ticket, draft.files)
    row = request_return(order_id=ticket.order_id, type_=draft.type, lines=draft.wishes, note=draft.note, actor=actor, now=now)
    for file in files:
        add_evidence(return_id=row.pk, file=_copy(file), shows=draft.shows, actor=actor, now=now)
    label = f"{ticket.order.number} {row.get_type_display()}"
    TicketLink.objects.create(ticket=ticket, kind=LinkKind.RETURN, target=row.public_id, label=label)
    details = {"type": draft.type, "return": row.public_id}
    moving.move(ticket, "start_solution", actor=actor, now=now, details=details, stage=Stage.AFTER_SALE)
    clocks.classified(ticket, actor, now)
    return str(row.public_id)


def follow_solutions(*, now: datetime) -> int:
    """Have the customer told of returns that have ended; each once. Returns how many. SOP: S8"""
    count, last = 0, 0
    while True:
        with transaction.atomic():
            rows = list(_to_follow().filter(pk__gt=last).select_related("ticket__assignee").order_by("pk")[:BATCH])
            over = ended([row.target for row in rows])
            for row in rows:
                if row.target in over:
                    count += _note_end(row, now)
        if not rows:
            return count
        last = rows[-1].pk


def _to_follow() -> QuerySet[TicketLink]:
    return TicketLink.objects.filter(kind=LinkKind.RETURN, ended_at=None, ticket__state__in=OPEN)


def _note_end(row: TicketLink, now: datetime) -> int:
    fresh = TicketLink.objects.filter(pk=row.pk, ended_at=None).update(ended_at=now)
    if fresh:
        moving.raise_work(moving.SOLUTION_NEWS, row.ticket, now + value(NEWS_TIME), now=now)
    return fresh


def _files(ticket: Ticket, names: Collection[str]) -> list[StoredFile]:
    found = [file for file in evidence_of(ticket) if file.public_id in names]
    if len(found) != len(set(names)):
        issue = Issue("/files", "unknown_file", mark("Choose photos and videos of this ticket."))
        raise Invalid(issue.message, code=issue.code, issues=[issue])
    return found


def _copy(file: StoredFile) -> SimpleUploadedFile:
    """The file once more: those who look after returns may open it without the ticket."""
    with open_file(file) as content:
        return SimpleUploadedFile(file.original_name, content.read(), file.media_type)
