"""The bases of all REST views: a command makes one service call, a list and a detail read."""

import json
from datetime import datetime
from typing import Any, ClassVar, cast

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django_filters.rest_framework import FilterSet
from pydantic import BaseModel
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from opsdesk.common import clock
from opsdesk.common.actors import ANYBODY, Actor
from opsdesk.common.errors import Issue, Malformed, Stale
from opsdesk.common.text import mark
from opsdesk.doors.api import idempotency
from opsdesk.doors.api.authentication import Principal
from opsdesk.doors.api.idempotency import StoredAnswer
from opsdesk.doors.api.pagination import BY_CHANGE, NEWEST_FIRST, page
from opsdesk.doors.api.problems import filter_issues
from opsdesk.doors.api.validation import read

PAGING = frozenset({"cursor", "limit"})


class ApiView(APIView):
    """A view that knows its actor and the permission that it needs; without one it is not reachable.

    `write_permission` is the one for POST where the same address also reads.
    """

    permission: ClassVar[str]
    write_permission: ClassVar[str] = ""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.check_permission()

    def check_permission(self) -> None:
        """Raises: Forbidden, when the actor may not call this at all."""
        writes = self.request.method == "POST" and self.write_permission
        self.actor.require(self.write_permission if writes else self.permission)

    @property
    def actor(self) -> Actor:
        """Who calls."""
        return cast(Principal, self.request.user).actor


class CommandView(ApiView):
    """POST: read the input, make one service call in one transaction, answer what it returned.

    Subclasses set `accepts`, `returns`, `success` and write `execute`.
    """

    accepts: ClassVar[type[BaseModel]]
    returns: ClassVar[type[BaseModel]]
    success: ClassVar[int] = 200
    needs_key: ClassVar[bool] = True

    def execute(self, data: Any, *, actor: Actor, now: datetime) -> BaseModel | tuple[BaseModel, int]:
        """The one service call; answers the output, or the output and another status than `success`."""
        raise NotImplementedError

    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        now = clock.now()
        data = self.read_input(request)
        if not self.needs_key or self.is_dry_run:
            return _answer(self._run(data, now))
        key = idempotency.check_key(request.headers.get("Idempotency-Key"))
        print_ = idempotency.fingerprint("POST", request.get_full_path(), self.raw_input(request))
        with transaction.atomic():
            kept = idempotency.begin(actor=self.actor, key=key, print_=print_, now=now)
            if kept:
                return _answer(kept, replayed=True)
            answer = self._run(data, now)
            idempotency.finish(actor=self.actor, key=key, answer=answer)
        return _answer(answer)

    def read_input(self, request: Request) -> Any:
        """The input of `execute`. Raises: Malformed."""
        return read(self.accepts, request.data)

    def raw_input(self, request: Request) -> bytes:
        """What two calls of one Idempotency-Key must have in common."""
        return _canonical(request.data)

    @property
    def is_dry_run(self) -> bool:
        """True for ``?dry_run=1`` on views that offer it."""
        return False

    def check_version(self, version: int) -> None:
        """Raises: Stale, when If-Match names another version."""
        expected = self.request.headers.get("If-Match")
        if expected not in (None, "*", etag(version)):
            raise Stale()

    def _run(self, data: Any, now: datetime) -> StoredAnswer:
        result = self.execute(data, actor=self.actor, now=now)
        output, status = result if isinstance(result, tuple) else (result, self.success)
        return StoredAnswer(status, output.model_dump_json())


class PublicCommandView(CommandView):
    """POST by anybody: what the address itself carries, a signed token, is the only authority. No key, no session."""

    authentication_classes = ()
    permission_classes = ()
    needs_key = False

    def check_permission(self) -> None:
        """The service judges the token."""

    @property
    def actor(self) -> Actor:
        """Nobody in particular."""
        return ANYBODY

    def _run(self, data: Any, now: datetime) -> StoredAnswer:
        with transaction.atomic():
            return super()._run(data, now)


class ListView(ApiView):
    """GET: a keyset page of what the actor may see, newest first, or in the order of change with updated_since."""

    returns: ClassVar[type[BaseModel]]
    filterset: ClassVar[type[FilterSet]]
    is_list: ClassVar[bool] = True

    def rows(self, actor: Actor) -> QuerySet[Any]:
        """What the actor may see."""
        raise NotImplementedError

    def render(self, rows: list[Any]) -> list[BaseModel]:
        """The outputs of one page, with a fixed number of statements."""
        raise NotImplementedError

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        rows = filtered(self.filterset, request, self.rows(self.actor))
        order = NEWEST_FIRST
        if "updated_since" in request.query_params:
            order, rows = BY_CHANGE, settled(rows)
        return Response(page(request, rows, order, lambda found: [row.model_dump(mode="json") for row in self.render(found)]))


class DetailView(ApiView):
    """GET: one object with its version as ETag."""

    returns: ClassVar[type[BaseModel]]

    def read(self, actor: Actor, **kwargs: Any) -> BaseModel:
        """The object's output. Raises: NotFound."""
        raise NotImplementedError

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        output = self.read(self.actor, **kwargs)
        response = Response(output.model_dump(mode="json"))
        if (version := getattr(output, "version", None)) is not None:
            response["ETag"] = etag(version)
        return response


def etag(version: int) -> str:
    """The ETag of a version."""
    return f'"{version}"'


def settled(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Only rows that no transaction in flight can still slip in front of."""
    table = rows.model._meta.db_table
    where = [f'"{table}"."xid" < pg_snapshot_xmin(pg_current_snapshot())']
    return rows.extra(where=where)  # noqa: S610 - constant SQL on our own table


def filtered(filterset: type[FilterSet], request: Request, rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows that the query asks for. Raises: Malformed, for unknown filters and values."""
    known = filterset.base_filters.keys() | PAGING
    if unknown := sorted(set(request.query_params) - known):
        issues = [Issue(f"?{name}", "invalid_parameter", mark("There is no such filter.")) for name in unknown]
        raise Malformed(mark("The query has errors."), code="invalid_parameter", issues=issues)
    found = filterset(request.query_params, queryset=rows, request=request)
    if not found.is_valid():
        raise Malformed(mark("The query has errors."), code="invalid_parameter", issues=filter_issues(found))
    chosen: QuerySet[Any] = found.qs
    return chosen


def _canonical(data: Any) -> bytes:
    return json.dumps(data, sort_keys=True, separators=(",", ":")).encode()


def _answer(answer: StoredAnswer, *, replayed: bool = False) -> HttpResponse:
    response = HttpResponse(answer.body, status=answer.status, content_type="application/json")
    if replayed:
        response["Idempotent-Replayed"] = "true"
    return response
