"""GET and POST tickets/, GET tickets/{id}/, GET and POST tickets/{id}/messages/."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

import django_filters
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from pydantic import Field
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Invalid, Issue, NotFound
from opsdesk.common.text import mark
from opsdesk.doors.api.fields import Input, Instant, Line, Output, Paragraph
from opsdesk.doors.api.parsers import StrictJSONParser
from opsdesk.doors.api.validation import read
from opsdesk.doors.api.views import CommandView, DetailView, ListView
from support.api.sla import ClockOutput, clock_outputs
from support.enums.knowledge import BotState
from support.enums.tickets import AuthorKind, Channel, Delivery, Priority, Stage, TicketState, TicketType
from support.models import Message, Ticket
from support.queries.tickets import finding
from support.rules.tickets.draft import TicketDraft
from support.rules.tickets.lifecycle import TICKET_LIFECYCLE
from support.services.tickets.intake import open_ticket
from support.services.tickets.messages import hand_out, receive, report_delivery
from support.services.tickets.replying import reply


class TicketInput(Input):
    """A customer's matter. `customer` is the shop's own id or ``cus_...``; `order` ``ord_...`` or a number; `contact` is how
    the channel reaches the customer. Without stage and type the triage rules decide."""

    shop: Annotated[str, Line(50)]
    channel: Annotated[Channel, Field(strict=False)]
    subject: Annotated[str, Line(200)]
    body: Annotated[str, Paragraph(20_000)] = ""
    stage: Annotated[Stage, Field(strict=False)] | None = None
    type: Annotated[TicketType, Field(strict=False)] | None = None
    priority: Annotated[Priority, Field(strict=False)] | None = None
    customer: Annotated[str, Line(100)] | None = None
    order: Annotated[str, Line(150)] | None = None
    product: Annotated[str, Line(60)] | None = None
    contact: Annotated[str, Line(200, blank=True)] = ""
    contact_name: Annotated[str, Line(100, blank=True)] = ""
    is_test: bool = False

    def to_draft(self) -> TicketDraft:
        """What the service takes."""
        given: dict[str, Any] = {name: content or "" for name, content in self.model_dump(exclude={"is_test"}).items()}
        author = AuthorKind.BOT if self.channel == Channel.BOT and not self.body else AuthorKind.CUSTOMER
        return TicketDraft(**given, is_test=self.is_test, author_kind=author)


class MessageInput(Input):
    """What was said. `direction` must agree with who said it; `external_id` is the channel's own id, taken once. As
    multipart/form-data the same fields and up to ten files in `files`."""

    body: Annotated[str, Paragraph(20_000)] = ""
    author_kind: Annotated[AuthorKind, Field(strict=False)] = AuthorKind.CUSTOMER
    direction: Literal["in", "out"] | None = None
    external_id: Annotated[str, Line(250, blank=True)] = ""
    said_at: Instant | None = None


class DeliveryInput(Input):
    """Whether a reply has reached the customer, and why not."""

    delivered: bool
    reason: Annotated[str, Line(500, blank=True)] = ""


class TicketOutput(Output):
    id: str
    number: str
    shop: str
    channel: str
    stage: str
    type: str
    priority: str
    state: str
    subject: str
    customer: str | None
    order: str | None
    product: str | None
    team: str | None
    assignee: str | None
    solution_type: str
    solution: str
    merged_into: str | None
    with_bot: bool
    is_test: bool
    opened_at: datetime
    last_incoming_at: datetime | None
    last_outgoing_at: datetime | None
    resolved_at: datetime | None
    confirmed_at: datetime | None
    clocks: list[ClockOutput]
    allowed_transitions: list[str]
    created_at: datetime
    updated_at: datetime
    version: int


class FileOutput(Output):
    id: str
    name: str
    media_type: str
    size: int


class MessageOutput(Output):
    """`delivery` is none, queued, sent, delivered or failed (`failure` says why)."""

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
    files: list[FileOutput]
    created_at: datetime
    version: int


class TicketFilter(django_filters.FilterSet):
    """Exact filters; `updated_since` also switches the list to the order of change."""

    state = django_filters.ChoiceFilter(choices=TicketState.choices)
    channel = django_filters.ChoiceFilter(choices=Channel.choices)
    type = django_filters.ChoiceFilter(choices=TicketType.choices)
    stage = django_filters.ChoiceFilter(choices=Stage.choices)
    shop = django_filters.CharFilter(field_name="shop__code")
    order = django_filters.CharFilter(field_name="order__public_id")
    customer = django_filters.CharFilter(field_name="customer__public_id")
    updated_since = django_filters.IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")

    class Meta:
        model = Ticket
        fields: list[str] = []


class MessageFilter(django_filters.FilterSet):
    """`updated_since` switches the list to the order of change: a chat reads on from there."""

    updated_since = django_filters.IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")

    class Meta:
        model = Message
        fields: list[str] = []


def find_ticket(key: str, actor: Actor) -> Ticket:
    """The ticket that ``tic_...`` or its number names. Raises: NotFound."""
    name = "public_id" if key.startswith("tic_") else "number"
    row = finding.with_details(finding.visible_to(actor)).filter(**{name: key}).first()
    if row is None:
        raise NotFound()
    return row


def ticket_output(row: Ticket, actor: Actor, clocks: Sequence[ClockOutput]) -> TicketOutput:
    """The answer of one ticket that was read with its details, and of its clocks."""
    plain = ("number", "channel", "stage", "type", "priority", "state", "subject", "solution_type", "solution", "is_test")
    times = ("opened_at", "last_incoming_at", "last_outgoing_at", "resolved_at", "confirmed_at", "created_at", "updated_at")
    return TicketOutput(
        id=row.public_id,
        shop=row.shop.code,
        customer=row.customer.public_id if row.customer else None,
        order=row.order.public_id if row.order else None,
        product=row.product.code if row.product else None,
        team=row.team.public_id if row.team else None,
        assignee=row.assignee.username if row.assignee else None,
        merged_into=row.merged_into.public_id if row.merged_into else None,
        with_bot=hasattr(row, "bot_talk") and row.bot_talk.state == BotState.TALKING,
        clocks=list(clocks),
        allowed_transitions=TICKET_LIFECYCLE.available(row.state, actor),
        version=row.version,
        **{name: getattr(row, name) for name in (*plain, *times)},
    )


def message_output(row: Message, ticket: str) -> MessageOutput:
    """The answer of one message."""
    files = [
        FileOutput(id=one.public_id, name=one.original_name, media_type=one.media_type, size=one.size)
        for one in row.files.all()
    ]
    plain = ("direction", "author_kind", "body", "said_at", "delivery", "failure", "external_id", "created_at", "version")
    content = {name: getattr(row, name) for name in plain}
    return MessageOutput(id=row.public_id, ticket=ticket, author=row.author_label, files=files, **content)


def _answer(key: str, actor: Actor, now: datetime) -> TicketOutput:
    row = find_ticket(key, actor)
    return ticket_output(row, actor, clock_outputs([row.pk], now=now).get(row.pk, []))


class TicketCollection(ListView, CommandView):
    """Tickets, newest first; and opening one."""

    permission, write_permission = "support.view_ticket", "support.add_ticket"
    accepts, returns, success = TicketInput, TicketOutput, 201
    filterset = TicketFilter

    def rows(self, actor: Actor) -> QuerySet[Ticket]:
        return finding.with_details(finding.visible_to(actor))

    def render(self, rows: list[Ticket]) -> list[Any]:
        clocks = clock_outputs([row.pk for row in rows], now=clock.now())
        return [ticket_output(row, self.actor, clocks.get(row.pk, [])) for row in rows]

    def execute(self, data: TicketInput, *, actor: Actor, now: datetime) -> TicketOutput:
        row = open_ticket(data.to_draft(), actor=actor, now=now)
        return _answer(row.public_id, actor, now)


class TicketDetail(DetailView):
    """One ticket."""

    permission = "support.view_ticket"
    returns = TicketOutput

    def read(self, actor: Actor, **kwargs: Any) -> TicketOutput:
        return _answer(kwargs["key"], actor, clock.now())


class MessageCollection(ListView, CommandView):
    """What was said in a ticket, newest first, without notes; and saying something. A channel's program that reads replies
    has them: they are sent from then on."""

    permission = "support.view_ticket"
    accepts, returns, success = MessageInput, MessageOutput, 201
    filterset = MessageFilter
    parser_classes = (StrictJSONParser, MultiPartParser)

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        ticket = find_ticket(kwargs["key"], self.actor)
        with transaction.atomic():
            response = super().get(request, *args, **kwargs)
            waiting = [row["id"] for row in response.data["results"] if row["delivery"] == Delivery.QUEUED]
            sent = hand_out(ticket.pk, waiting, actor=self.actor) if waiting else set()
        for row in response.data["results"]:
            if row["id"] in sent:
                row["delivery"] = Delivery.SENT.value
        return response

    def rows(self, actor: Actor) -> QuerySet[Message]:
        return finding.public_messages(find_ticket(self.kwargs["key"], actor))

    def render(self, rows: list[Message]) -> list[Any]:
        return [message_output(row, self.kwargs["key"]) for row in rows]

    def read_input(self, request: Request) -> tuple[MessageInput, Sequence["UploadedFile[bytes]"]]:
        if not isinstance(request.data, dict) or not hasattr(request.data, "getlist"):
            return read(MessageInput, request.data), ()
        return read(MessageInput, request.POST.dict()), request.FILES.getlist("files")

    def raw_input(self, request: Request) -> bytes:
        files = request.FILES.getlist("files")
        if not files:
            return super().raw_input(request) if not hasattr(request.data, "getlist") else _fields(request)
        digest = hashlib.sha256(_fields(request))
        for file in files:
            digest.update(b"\0")
            for chunk in file.chunks():
                digest.update(chunk)
        return digest.digest()

    def execute(self, data: tuple[MessageInput, Any], *, actor: Actor, now: datetime) -> MessageOutput:
        said, files = data
        ticket = find_ticket(self.kwargs["key"], actor)
        wanted = "in" if said.author_kind == AuthorKind.CUSTOMER else "out"
        if said.direction not in (None, wanted):
            issue = Issue("/direction", "wrong_direction", mark("It does not agree with who said it."))
            raise Invalid(issue.message, code=issue.code, issues=[issue])
        if said.author_kind == AuthorKind.AGENT and actor.staff_id is not None:
            row = reply(ticket.pk, said.body, files, actor=actor, now=now)
        else:
            at = said.said_at or now
            row = receive(ticket.pk, said.body, said.author_kind, said.external_id, at, files, actor=actor, now=now)
        return message_output(row, ticket.public_id)


class MessageDelivery(CommandView):
    """The channel says whether a reply has reached the customer."""

    permission = "support.import_message"
    accepts, returns = DeliveryInput, MessageOutput

    def execute(self, data: DeliveryInput, *, actor: Actor, now: datetime) -> MessageOutput:
        ticket = find_ticket(self.kwargs["key"], actor)
        row = report_delivery(message_id=self.kwargs["message"], **data.model_dump(), actor=actor, now=now)
        return message_output(row, ticket.public_id)


def _fields(request: Request) -> bytes:
    return json.dumps(sorted(request.POST.items())).encode()
