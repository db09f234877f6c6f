"""GET and POST returns/, returns/{id}/, and what the customer does with one: evidence, cancel, ship-back."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import django_filters
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from pydantic import Field
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request

from opsdesk.common.actors import Actor
from opsdesk.common.errors import Issue, Malformed, NotFound
from opsdesk.common.text import mark
from opsdesk.doors.api.fields import Input, Line, Quantity
from opsdesk.doors.api.views import CommandView, DetailView, ListView
from orders.api.orders import find_order
from orders.api.return_outputs import ReturnOutput, return_output
from orders.enums.returns import EvidenceKind, ReturnReason, ReturnState, ReturnType
from orders.models import ReturnRequest
from orders.queries.returns import requests as queries
from orders.services.returns import deciding, goods
from orders.services.returns.requesting import Wish, add_evidence, request_return


class ReturnLineInput(Input):
    sku: Annotated[str, Line(60)]
    quantity: Quantity
    reason_code: Annotated[ReturnReason, Field(strict=False)]


class ReturnInput(Input):
    """What comes back of an order, and what the customer wants for it."""

    order: Annotated[str, Line(150)]
    type: Annotated[ReturnType, Field(strict=False)]
    lines: Annotated[list[ReturnLineInput], Field(min_length=1, max_length=200)]
    note: Annotated[str, Line(500, blank=True)] = ""


class CancelReturnInput(Input):
    reason: Annotated[str, Line(500, blank=True)] = ""


class ShipBackInput(Input):
    carrier: Annotated[str, Line(30)]
    tracking_no: Annotated[str, Line(32)]


class ReturnFilter(django_filters.FilterSet):
    """Exact filters; `updated_since` also switches the list to the order of change."""

    status = django_filters.ChoiceFilter(field_name="state", choices=ReturnState.choices)
    order = django_filters.CharFilter(field_name="order__public_id")
    updated_since = django_filters.IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")

    class Meta:
        model = ReturnRequest
        fields: list[str] = []


def find_return(key: str, actor: Actor) -> ReturnRequest:
    """The return that ``ret_...`` names, with its details. Raises: NotFound."""
    row = queries.with_details(queries.visible_to(actor)).filter(public_id=key).first()
    if row is None:
        raise NotFound()
    return row


class ReturnCollection(ListView, CommandView):
    """Returns, newest first; and taking one in."""

    permission, write_permission = "orders.view_returnrequest", "orders.add_return"
    accepts, returns, success = ReturnInput, ReturnOutput, 201
    filterset = ReturnFilter

    def rows(self, actor: Actor) -> QuerySet[ReturnRequest]:
        return queries.with_details(queries.visible_to(actor))

    def render(self, rows: list[ReturnRequest]) -> list[Any]:
        return [return_output(row, self.actor) for row in rows]

    def execute(self, data: ReturnInput, *, actor: Actor, now: datetime) -> ReturnOutput:
        order = find_order(data.order, actor)
        lines: Sequence[Wish] = [Wish(line.sku, line.quantity, line.reason_code) for line in data.lines]
        row = request_return(order_id=order.pk, type_=data.type, lines=lines, note=data.note, actor=actor, now=now)
        return return_output(find_return(row.public_id, actor), actor)


class ReturnDetail(DetailView):
    """One return."""

    permission = "orders.view_returnrequest"
    returns = ReturnOutput

    def read(self, actor: Actor, **kwargs: Any) -> ReturnOutput:
        return return_output(find_return(kwargs["key"], actor), actor)


class ReturnCommandView(CommandView):
    """One step of one return."""

    permission = "orders.add_return"
    returns = ReturnOutput

    def run(self, row: ReturnRequest, data: Any, *, actor: Actor, now: datetime) -> ReturnRequest:
        """The one service call."""
        raise NotImplementedError

    def execute(self, data: Any, *, actor: Actor, now: datetime) -> ReturnOutput:
        row = find_return(self.kwargs["key"], actor)
        self.check_version(row.version)
        self.run(row, data, actor=actor, now=now)
        return return_output(find_return(row.public_id, actor), actor)


class CancelReturn(ReturnCommandView):
    accepts = CancelReturnInput

    def run(self, row: ReturnRequest, data: CancelReturnInput, *, actor: Actor, now: datetime) -> ReturnRequest:
        return deciding.cancel_return(return_id=row.pk, reason=data.reason, actor=actor, now=now)


class ShipBack(ReturnCommandView):
    accepts = ShipBackInput

    def run(self, row: ReturnRequest, data: ShipBackInput, *, actor: Actor, now: datetime) -> ReturnRequest:
        return goods.ship_back(return_id=row.pk, carrier=data.carrier, tracking_no=data.tracking_no, actor=actor, now=now)


class EvidenceInput(Input):
    """A form field with the photo (jpg, png, webp) or video (mp4), at most 50 MB, and one with what it shows."""

    file: str
    shows: Annotated[EvidenceKind, Field(strict=False)] = EvidenceKind.OTHER


class AddEvidence(ReturnCommandView):
    """multipart/form-data with one photo or video in `file`."""

    accepts = EvidenceInput
    parser_classes = (MultiPartParser,)

    def read_input(self, request: Request) -> Any:
        file = request.FILES.get("file")
        if not isinstance(file, UploadedFile):
            issue = Issue("/file", "required", mark("Attach a photo or a video."))
            raise Malformed(issue.message, code=issue.code, issues=[issue])
        shows = request.POST.get("shows", EvidenceKind.OTHER)
        if shows not in EvidenceKind.values:
            issue = Issue("/shows", "invalid_choice", mark("Say what it shows."))
            raise Malformed(issue.message, code=issue.code, issues=[issue])
        return file, shows

    def raw_input(self, request: Request) -> bytes:
        digest = hashlib.sha256()
        for chunk in request.FILES["file"].chunks():
            digest.update(chunk)
        digest.update(request.POST.get("shows", "").encode())
        return digest.digest()

    def run(self, row: ReturnRequest, data: Any, *, actor: Actor, now: datetime) -> ReturnRequest:
        file, shows = data
        return add_evidence(return_id=row.pk, file=file, shows=shows, actor=actor, now=now)
