"""What the calls on tickets answer."""

from collections.abc import Sequence
from datetime import datetime

from opsdesk.common.actors import Actor
from opsdesk.doors.api.fields import Output
from support.api.sla import ClockOutput, clock_outputs
from support.models import Message, Ticket
from support.rules.tickets.lifecycle import TICKET_LIFECYCLE


class TicketOutput(Output):
    """A ticket with its clocks. `merged_into` is the ticket where it goes on."""

    id: str
    number: str
    shop: str
    channel: str
    stage: str
    type: str
    priority: str
    status: str
    subject: str
    customer: str | None
    order: str | None
    product: str | None
    team: str | None
    assignee: str | None
    opened_at: datetime
    last_incoming_at: datetime | None
    last_outgoing_at: datetime | None
    resolved_at: datetime | None
    solution_type: str
    solution: str
    confirmed_at: datetime | None
    archived_at: datetime | None
    merged_into: str | None
    is_test: bool
    clocks: list[ClockOutput]
    allowed_transitions: list[str]
    created_at: datetime
    updated_at: datetime
    version: int


class AttachmentOutput(Output):
    id: str
    name: str
    media_type: str
    size: int


class MessageOutput(Output):
    """`delivery`: none, queued, sent, delivered, failed; `failure` says why it did not arrive."""

    id: str
    ticket: str
    direction: str
    author_kind: str
    author: str
    body: str
    said_at: datetime
    delivery: str
    failure: str
    external_id: str
    attachments: list[AttachmentOutput]
    created_at: datetime
    updated_at: datetime
    version: int


def ticket_outputs(rows: Sequence[Ticket], actor: Actor, *, now: datetime) -> list[TicketOutput]:
    """The answers of tickets that were read with their details; one statement for all their clocks."""
    clocks = clock_outputs([row.pk for row in rows], now=now)
    return [_output(row, clocks.get(row.pk, []), actor) for row in rows]


def _output(row: Ticket, clocks: list[ClockOutput], actor: Actor) -> TicketOutput:
    return TicketOutput(
        id=row.public_id,
        number=row.number,
        shop=row.shop.code,
        channel=row.channel,
        stage=row.stage,
        type=row.type,
        priority=row.priority,
        status=row.state,
        subject=row.subject,
        customer=row.customer.public_id if row.customer else None,
        order=row.order.public_id if row.order else None,
        product=row.product.public_id if row.product else None,
        team=row.team.name if row.team else None,
        assignee=row.assignee.username if row.assignee else None,
        opened_at=row.opened_at,
        last_incoming_at=row.last_incoming_at,
        last_outgoing_at=row.last_outgoing_at,
        resolved_at=row.resolved_at,
        solution_type=row.solution_type,
        solution=row.solution,
        confirmed_at=row.confirmed_at,
        archived_at=row.archived_at,
        merged_into=row.merged_into.public_id if row.merged_into else None,
        is_test=row.is_test,
        clocks=clocks,
        allowed_transitions=TICKET_LIFECYCLE.available(row.state, actor),
        created_at=row.created_at,
        updated_at=row.updated_at,
        version=row.version,
    )


def message_output(row: Message) -> MessageOutput:
    """The answer of one message that was read with its ticket and files."""
    files = [
        AttachmentOutput(id=file.public_id, name=file.original_name, media_type=file.media_type, size=file.size)
        for file in row.files.all()
    ]
    return MessageOutput(
        id=row.public_id,
        ticket=row.ticket.public_id,
        direction=row.direction,
        author_kind=row.author_kind,
        author=row.author_label,
        body=row.body,
        said_at=row.said_at,
        delivery=row.delivery,
        failure=row.failure,
        external_id=row.external_id,
        attachments=files,
        created_at=row.created_at,
        updated_at=row.updated_at,
        version=row.version,
    )
