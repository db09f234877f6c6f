"""POST and GET tickets/, tickets/{id}/, and what is said in one: messages with attachments and their delivery."""

import hashlib
from datetime import datetime
from typing import Annotated, Any

import django_filters
from django.db.models import QuerySet
from pydantic import BeforeValidator, Field
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request

from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Invalid, Issue, NotFound
from opsdesk.common.text import mark
from opsdesk.doors.api.fields import Input, Instant, Line, Output, Paragraph
from opsdesk.doors.api.filters import ShopFilter
from opsdesk.doors.api.parsers import StrictJSONParser, check_text
from opsdesk.doors.api.validation import read
from opsdesk.doors.api.views import CommandView, DetailView, ListView
from orders.queries.addressing import phone_of
from support.api.ticket_outputs import MessageOutput, TicketOutput, message_output, ticket_outputs
from support.enums.tickets import AuthorKind, Channel, Delivery, Direction, Priority, Stage, TicketState, TicketType
from support.models import Message, Ticket
from support.queries.tickets import tickets as queries
from support.services.tickets.intake import TicketDraft, open_ticket
from support.services.tickets.messages import receive
from support.services.tickets.replying import report_delivery

LONGEST = 20_000  # characters of a message


class TicketCustomer(Input):
    """Who asks: a buyer by the shop's id, or somebody who has not bought yet, by phone or e-mail."""

    external_id: Annotated[str, Line(100, blank=True)] = ""
    name: Annotated[str, Line(100, blank=True)] = ""
    phone: Annotated[str, Line(30)] | None = None
    email: Annotated[str, Line(200)] | None = None


def _named(value: Any) -> Any:
    """An id alone stands for the customer."""
    return {"external_id": value} if isinstance(value, str) else value


class TicketInput(Input):
    """A new matter of a customer. What is left out, triage decides.

    `customer` is an object, or an id of ours or of the shop, which must be known then; `order` is an id, ours or
    ``external:<shop>:<id>``.
    """

    shop: Annotated[str, Line(40)]
    channel: Annotated[Channel, Field(strict=False)]
    stage: Annotated[Stage, Field(strict=False)] | None = None
    type: Annotated[TicketType, Field(strict=False)] | None = None
    priority: Annotated[Priority, Field(strict=False)] | None = None
    subject: Annotated[str, Line(200, blank=True)] = ""
    body: Annotated[str, Paragraph(LONGEST)]
    customer: Annotated[TicketCustomer, BeforeValidator(_named)] | None = None
    order: Annotated[str, Line(150)] | None = None
    contact: Annotated[str, Line(200, blank=True)] = ""
    contact_name: Annotated[str, Line(100, blank=True)] = ""
    external_id: Annotated[str, Line(250, blank=True)] = ""
    said_at: Instant | None = None
    is_test: bool = False

    def to_draft(self) -> TicketDraft:
        """The same for the service."""
        known = self.model_dump(exclude={"customer"})
        parts: dict[str, Any] = {name: "" if part is None and name != "said_at" else part for name, part in known.items()}
        if (who := self.customer) is not None:
            phone = phone_of(who.phone or "") or who.phone
            parts["customer"], parts["contact_name"] = who.external_id, who.name or self.contact_name
            parts["contact"] = self.contact or phone or who.email or who.external_id
            parts["new_customer"] = bool(who.name or who.phone or who.email)
        return TicketDraft(**parts)


class MessageInput(Input):
    """What was said; `direction` follows from who said it, and must agree where it is given."""

    author_kind: Annotated[AuthorKind, Field(strict=False)]
    direction: Annotated[Direction, Field(strict=False)] | None = None
    body: Annotated[str, Paragraph(LONGEST)] = ""
    external_id: Annotated[str, Line(250, blank=True)] = ""
    said_at: Instant | None = None


class DeliveryInput(Input):
    """Whether the answer has reached the customer."""

    delivered: bool
    reason: Annotated[str, Line(500, blank=True)] = ""


class TicketFilter(django_filters.FilterSet):
    """Exact filters; `updated_since` also switches the list to the order of change."""

    shop = ShopFilter()
    status = django_filters.ChoiceFilter(field_name="state", choices=TicketState.choices)
    channel = django_filters.ChoiceFilter(choices=Channel.choices)
    type = django_filters.ChoiceFilter(choices=TicketType.choices)
    stage = django_filters.ChoiceFilter(choices=Stage.choices)
    customer = django_filters.CharFilter(field_name="customer__public_id")
    order = django_filters.CharFilter(field_name="order__public_id")
    updated_since = django_filters.IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")

    class Meta:
        model = Ticket
        fields: list[str] = []


class MessageFilter(django_filters.FilterSet):
    direction = django_filters.ChoiceFilter(choices=Direction.choices)
    author_kind = django_filters.ChoiceFilter(choices=AuthorKind.choices)
    delivery = django_filters.ChoiceFilter(choices=Delivery.choices)
    updated_since = django_filters.IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")

    class Meta:
        model = Message
        fields: list[str] = []


def find_ticket(key: str, actor: Actor) -> Ticket:
    """The ticket that ``tic_...`` or its number names. Raises: NotFound."""
    column = "public_id" if key.startswith("tic_") else "number"
    row = queries.with_details(queries.visible_to(actor)).filter(**{column: key}).first()
    if row is None:
        raise NotFound()
    return row


class TicketCollection(ListView, CommandView):
    """Tickets, newest first; and opening one."""

    permission, write_permission = "support.view_ticket", "support.add_ticket"
    accepts, returns, success = TicketInput, TicketOutput, 201
    filterset = TicketFilter

    def rows(self, actor: Actor) -> QuerySet[Ticket]:
        return queries.with_details(queries.visible_to(actor))

    def render(self, rows: list[Ticket]) -> list[Any]:
        return list(ticket_outputs(rows, self.actor, now=clock.now()))

    def execute(self, data: TicketInput, *, actor: Actor, now: datetime) -> TicketOutput:
        row = open_ticket(data.to_draft(), actor=actor, now=now)
        return ticket_outputs([find_ticket(row.public_id, actor)], actor, now=now)[0]


class TicketDetail(DetailView):
    """One ticket."""

    permission = "support.view_ticket"
    returns = TicketOutput

    def read(self, actor: Actor, **kwargs: Any) -> TicketOutput:
        return ticket_outputs([find_ticket(kwargs["key"], actor)], actor, now=clock.now())[0]


class MessageCollection(ListView, CommandView):
    """What the customer sees of a ticket's conversation, newest first; and passing on a message of the channel.

    POST takes JSON, or multipart/form-data with the same fields and up to five files in `file`: jpg, png, webp, pdf or mp4,
    at most 50 MB each.
    """

    permission, write_permission = "support.view_ticket", "support.import_message"
    accepts, returns, success = MessageInput, MessageOutput, 201
    filterset = MessageFilter
    parser_classes = (StrictJSONParser, MultiPartParser)

    def rows(self, actor: Actor) -> QuerySet[Message]:
        return queries.conversation(find_ticket(self.kwargs["key"], actor)).filter(public=True)

    def render(self, rows: list[Message]) -> list[Any]:
        return [message_output(row) for row in rows]

    def read_input(self, request: Request) -> Any:
        if not request.content_type.startswith("multipart/"):
            return read(MessageInput, request.data), []
        texts = request.POST.dict()
        for name, text in texts.items():
            check_text(text.replace("\r\n", "\n"), f"/{name}")
        return read(MessageInput, texts), request.FILES.getlist("file")

    def raw_input(self, request: Request) -> bytes:
        if not request.content_type.startswith("multipart/"):
            return super().raw_input(request)
        digest = hashlib.sha256(repr(sorted(request.POST.items())).encode())
        for file in request.FILES.getlist("file"):
            digest.update((file.name or "").encode())
            for chunk in file.chunks():
                digest.update(chunk)
        return digest.digest()

    def execute(self, data: Any, *, actor: Actor, now: datetime) -> Output | tuple[Output, int]:
        said, files = data
        _agree(said)
        ticket = find_ticket(self.kwargs["key"], actor)
        known = queries.said_before(ticket, said.external_id)
        row = receive(
            ticket_id=ticket.pk,
            body=said.body,
            author_kind=said.author_kind,
            external_id=said.external_id,
            said_at=said.said_at,
            files=files,
            actor=actor,
            now=now,
        )
        return message_output(_read(row)), 200 if known else 201


class MessageDelivery(CommandView):
    """The channel says whether an answer arrived."""

    permission = "support.import_message"
    accepts, returns = DeliveryInput, MessageOutput

    def execute(self, data: DeliveryInput, *, actor: Actor, now: datetime) -> MessageOutput:
        find_ticket(self.kwargs["key"], actor)
        row = report_delivery(
            message_id=self.kwargs["message"], delivered=data.delivered, reason=data.reason, actor=actor, now=now
        )
        return message_output(_read(row))


def _read(row: Message) -> Message:
    return Message.objects.select_related("ticket").prefetch_related("files").get(pk=row.pk)


def _agree(said: MessageInput) -> None:
    """Raises: Invalid, when the direction is not the author's."""
    expected = Direction.INCOMING if said.author_kind == AuthorKind.CUSTOMER else Direction.OUTGOING
    if said.direction not in (None, expected):
        issue = Issue("/direction", "direction_mismatch", mark("Customers write in, agents and bots write out."))
        raise Invalid(issue.message, code=issue.code, issues=[issue])
