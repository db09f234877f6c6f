"""Bulk calls: many items in one body, each with a result of its own, written set-based in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, Field, create_model

from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError, Malformed
from opsdesk.doors.api.fields import Input, Output
from opsdesk.doors.api.parsers import BULK_LIMIT
from opsdesk.doors.api.problems import as_dict
from opsdesk.doors.api.validation import read
from opsdesk.doors.api.views import CommandView
from opsdesk.doors.words import say

MAX_ITEMS = 1000


class BulkPolicy(StrEnum):
    """Whether one bad item keeps all of them out."""

    REJECT_EVERYTHING = "reject_everything"
    IGNORE_FAILED = "ignore_failed"


class BulkStatus(StrEnum):
    CREATED = "created"
    EXISTING = "existing"
    UPDATED = "updated"
    IGNORED = "ignored"
    ERROR = "error"


@dataclass(frozen=True)
class BulkResult:
    """What became of one item. `ignored` also says: not written, because another item was refused."""

    status: BulkStatus
    id: str | None = None
    error: DomainError | None = None


class BulkInput(Input):
    """The envelope; the items are read one by one, so that each may fail alone."""

    policy: Annotated[BulkPolicy, Field(strict=False)] = BulkPolicy.REJECT_EVERYTHING
    items: Annotated[list[Any], Field(min_length=1, max_length=MAX_ITEMS)]


class BulkResultOutput(Output):
    index: int
    status: BulkStatus
    id: str | None
    error: dict[str, Any] | None


class BulkOutput(Output):
    results: list[BulkResultOutput]
    created: int
    failed: int


@cache
def bulk_of(item: type[BaseModel]) -> type[BaseModel]:
    """The model of a bulk call's body, for the schema."""
    columns: dict[str, Any] = {"items": (Annotated[list[item], Field(min_length=1, max_length=MAX_ITEMS)], ...)}  # type: ignore[valid-type]
    return create_model("Bulk" + item.__name__, __base__=BulkInput, **columns)


class BulkView(CommandView):
    """POST bulk/<kind>/. Subclasses set `permission` and `item_model`, and write `run`."""

    accepts, returns = BulkInput, BulkOutput
    body_limit: ClassVar[int] = BULK_LIMIT
    item_model: ClassVar[type[BaseModel]]

    @property
    def described_input(self) -> type[BaseModel]:
        """The body with its kind of item, for the schema."""
        return bulk_of(self.item_model)

    def run(self, items: Sequence[Any], *, all_or_nothing: bool, actor: Actor, now: datetime) -> Sequence[BulkResult]:
        """The one service call; a result for each item, in their order."""
        raise NotImplementedError

    def execute(self, data: BulkInput, *, actor: Actor, now: datetime) -> BulkOutput:
        results: list[BulkResult | None] = [None] * len(data.items)
        items: list[Any] = []
        places: list[int] = []
        for index, raw in enumerate(data.items):
            try:
                items.append(read(self.item_model, raw))
            except Malformed as refusal:
                results[index] = BulkResult(BulkStatus.ERROR, error=refusal)
            else:
                places.append(index)
        all_or_nothing = data.policy is BulkPolicy.REJECT_EVERYTHING
        if items and not (all_or_nothing and len(items) < len(results)):
            for index, result in zip(places, self.run(items, all_or_nothing=all_or_nothing, actor=actor, now=now), strict=True):
                results[index] = result
        return _output(results)


def _output(results: Sequence[BulkResult | None]) -> BulkOutput:
    found = [result or BulkResult(BulkStatus.IGNORED) for result in results]
    return BulkOutput(
        results=[
            BulkResultOutput(index=index, status=one.status, id=one.id, error=_error(one.error))
            for index, one in enumerate(found)
        ],
        created=sum(one.status is BulkStatus.CREATED for one in found),
        failed=sum(one.status is BulkStatus.ERROR for one in found),
    )


def _error(error: DomainError | None) -> dict[str, Any] | None:
    if error is None:
        return None
    return {
        "code": error.error_code,
        "detail": say(error.message_id, error.params),
        "errors": [as_dict(issue) for issue in error.issues],
        **error.extra,
    }
