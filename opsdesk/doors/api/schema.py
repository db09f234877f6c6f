"""The OpenAPI schema of our views: inputs and outputs are pydantic models, refusals are problems."""

from datetime import datetime
from functools import cache
from typing import Any

from django_filters import BooleanFilter, IsoDateTimeFilter
from drf_spectacular.contrib.pydantic import PydanticExtension
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter
from pydantic import BaseModel, create_model

from opsdesk.doors.api.fields import Output
from opsdesk.doors.api.problems import MEDIA_TYPE


class ProblemError(Output):
    """One thing that is wrong with one part of the input."""

    pointer: str
    code: str
    message: str


class Problem(Output):
    """RFC 9457 problem."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    request_id: str
    errors: list[ProblemError]
    retryable: bool


@cache
def page_of(row: type[BaseModel]) -> type[BaseModel]:
    """The model of a list's page."""
    columns: dict[str, Any] = {"results": (list[row], ...), "next": (str | None, ...), "previous": (str | None, ...)}  # type: ignore[valid-type]
    return create_model(row.__name__.removesuffix("Output") + "Page", __base__=Output, **columns)


class StrictPydanticExtension(PydanticExtension):
    """Inputs are described by what they accept, outputs by what they render."""

    target_class = "pydantic.BaseModel"
    match_subclasses = True
    priority = 1

    def map_serializer(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        mode = "validation" if direction == "request" else "serialization"
        schema = self.target.model_json_schema(ref_template="#/components/schemas/{model}", mode=mode)
        for name, definition in schema.pop("$defs", {}).items():
            self._register(auto_schema, name, definition)
        return schema  # type: ignore[no-any-return]

    def _register(self, auto_schema: AutoSchema, name: str, definition: dict[str, Any]) -> None:
        from drf_spectacular.plumbing import ResolvedComponent  # noqa: PLC0415 - a cycle inside the library

        component = ResolvedComponent(name=name, type=ResolvedComponent.SCHEMA, object=name, schema=definition)
        auto_schema.registry.register_on_missing(component)


class ApiKeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How a program authenticates."""

    target_class = "opsdesk.doors.api.authentication.ApiKeyAuthentication"
    name = "apiKey"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "bearerFormat": "ops_live_<prefix>_<secret>"}


class StaffSessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How a signed-in member of staff's browser authenticates."""

    target_class = "opsdesk.doors.api.authentication.StaffSessionAuthentication"
    name = "staffSession"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}


_KEY = OpenApiParameter(
    name="Idempotency-Key",
    location=OpenApiParameter.HEADER,
    required=True,
    description="The same key with the same body answers the same; kept 48 hours.",
)
_IF_MATCH = OpenApiParameter(
    name="If-Match", location=OpenApiParameter.HEADER, description="The ETag that was read; a stale one is 412."
)
_LIMIT = OpenApiParameter(name="limit", type=int, description="1 to 200, by default 50.")
_CURSOR = OpenApiParameter(name="cursor", type=str, description="From next or previous of an earlier page.")
_REFUSALS = {"get": ("400", "401", "403", "404"), "post": ("400", "401", "403", "404", "409", "412", "413", "415", "422")}


def _filters(view: Any) -> list[OpenApiParameter]:
    """The query parameters of a list, from its filters."""
    found = []
    for name, one in view.filterset.base_filters.items():
        choices = [value for value, _label in one.extra.get("choices", ())]
        kind = datetime if isinstance(one, IsoDateTimeFilter) else bool if isinstance(one, BooleanFilter) else str
        found.append(OpenApiParameter(name=name, type=kind, enum=choices or None, description=str(one.label or "")))
    return found


class ApiSchema(AutoSchema):
    """Reads what our view bases declare."""

    def get_request_serializer(self) -> Any:
        if self.method != "POST":
            return None
        return getattr(self.view, "described_input", None) or getattr(self.view, "accepts", None)

    def get_response_serializers(self) -> Any:
        success = str(getattr(self.view, "success", 200)) if self.method == "POST" else "200"
        returns = self.view.returns  # type: ignore[attr-defined]
        answer = page_of(returns) if self._is_list_view() else returns
        return {success: answer} | {(status, MEDIA_TYPE): Problem for status in _REFUSALS[self.method.lower()]}

    def _is_list_view(self, serializer: Any = None) -> bool:
        """The library asks with a serializer, to wrap it into a bare array; our pages are objects already."""
        return serializer is None and self.method == "GET" and getattr(self.view, "is_list", False)

    def get_override_parameters(self) -> list[Any]:
        if self._is_list_view():
            return [*_filters(self.view), _LIMIT, _CURSOR]
        if self.method == "POST":
            key = [_KEY] if getattr(self.view, "needs_key", True) else []
            return [*key, *([] if getattr(self.view, "success", 200) == 201 else [_IF_MATCH])]
        return []

    def get_filter_backends(self) -> list[Any]:
        return []
