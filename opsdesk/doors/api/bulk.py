"""The base of bulk calls: many items in one call, each judged on its own, written by one set-based service call."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar, cast

from pydantic import BaseModel, Field, SkipValidation, create_model

from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError
from opsdesk.doors.api.fields import Input, Output
from opsdesk.doors.api.parsers import BULK_LIMIT
from opsdesk.doors.api.problems import as_dict
from opsdesk.doors.api.validation import read
from opsdesk.doors.api.views import CommandView
from opsdesk.doors.words import say

MAX_ITEMS = 1000


class Policy(StrEnum):
    """What one bad item does to the others."""

    REJECT_EVERYTHING = "reject_everything"
    IGNORE_FAILED = "ignore_failed"


class ItemStatus(StrEnum):
    CREATED = "created"
    EXISTING = "existing"
    UPDATED = "updated"
    IGNORED = "ignored"
    ERROR = "error"


@dataclass(frozen=True)
class ItemResult:
    """What became of one item: `id` is the public id of what it made or found, `error` why it was refused."""

    status: ItemStatus
    id: str | None = None
    error: DomainError | None = None


class BulkError(Output):
    """Why an item was refused, as the single call would say it."""

    code: str
    detail: str
    errors: list[dict[str, Any]]


class BulkItemOutput(Output):
    index: int
    status: ItemStatus
    id: str | None
    error: BulkError | None


class BulkOutput(Output):
    """One result an item, in the items' order; `created` and `failed` count them."""

    results: list[BulkItemOutput]
    created: int
    failed: int


def bulk_of(item: type[Input]) -> type[Input]:
    """The body of a bulk call. Its schema shows the item, which is validated one by one afterwards."""
    rows = Annotated[list[SkipValidation[item]], Field(min_length=1, max_length=MAX_ITEMS)]  # type: ignore[valid-type]
    columns: dict[str, Any] = {
        "policy": (Annotated[Policy, Field(strict=False)], Policy.REJECT_EVERYTHING),
        "items": (rows, ...),
    }
    name = "Bulk" + item.__name__
    return cast(type[Input], create_model(name, __base__=Input, __doc__=f"Many of {item.__name__}.", **columns))


class BulkView(CommandView):
    """POST bulk/<kind>/: every item is validated by `item_model`, the good ones go to `run` together.

    Subclasses set ``accepts = bulk_of(item_model)`` and write `run`.
    """

    item_model: ClassVar[type[Input]]
    returns = BulkOutput
    body_limit = BULK_LIMIT

    def run(
        self, items: Sequence[Any], *, all_or_nothing: bool, write: bool, actor: Actor, now: datetime
    ) -> Sequence[ItemResult]:
        """The one service call: one result an item, in their order. Without `write` it decides and keeps nothing."""
        raise NotImplementedError

    def execute(self, data: Any, *, actor: Actor, now: datetime) -> BaseModel:
        strict = data.policy is Policy.REJECT_EVERYTHING
        results: list[ItemResult | None] = []
        items: list[Any] = []
        for raw in data.items:
            try:
                items.append(read(self.item_model, raw))
            except DomainError as refusal:
                results.append(ItemResult(ItemStatus.ERROR, error=refusal))
            else:
                results.append(None)
        malformed = len(items) < len(results)
        done = iter(self.run(items, all_or_nothing=strict, write=not (strict and malformed), actor=actor, now=now))
        merged = [result or next(done) for result in results]
        if strict and any(result.status is ItemStatus.ERROR for result in merged):
            merged = [row if row.status is ItemStatus.ERROR else ItemResult(ItemStatus.IGNORED) for row in merged]
        return _output(merged)


def _output(results: Sequence[ItemResult]) -> BulkOutput:
    return BulkOutput(
        results=[
            BulkItemOutput(index=index, status=row.status, id=row.id, error=_error(row.error))
            for index, row in enumerate(results)
        ],
        created=sum(row.status is ItemStatus.CREATED for row in results),
        failed=sum(row.status is ItemStatus.ERROR for row in results),
    )


def _error(refusal: DomainError | None) -> BulkError | None:
    if refusal is None:
        return None
    return BulkError(
        code=refusal.error_code,
        detail=say(refusal.message_id, refusal.params),
        errors=[as_dict(issue) for issue in refusal.issues],
    )
