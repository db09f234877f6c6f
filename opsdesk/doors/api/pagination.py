"""Keyset pages: opaque cursors, no counts, the same cost on every page."""

import base64
import binascii
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from opsdesk.common.errors import Malformed
from opsdesk.common.text import mark

DEFAULT_LIMIT = 50
MAX_LIMIT = 200
M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Order:
    """How a list is sorted: a column (or two) that ends in a unique one, and the direction."""

    columns: tuple[str, ...]
    descending: bool


NEWEST_FIRST = Order(("id",), descending=True)
BY_CHANGE = Order(("xid", "id"), descending=False)


def page(request: Request, rows: QuerySet[M], order: Order, render: Callable[[list[M]], list[Any]]) -> dict[str, Any]:
    """One page of the rows as ``{"results", "next", "previous"}``. Raises: Malformed."""
    limit, cursor = _limit(request), _cursor(request, order)
    backwards = bool(cursor and cursor["b"])
    descending = order.descending != backwards
    if cursor:
        where = [_beyond(rows.model, order, descending)]
        rows = rows.extra(where=where, params=cursor["k"])  # noqa: S610 - our column names, values as parameters
    rows = rows.order_by(*(f"-{column}" if descending else column for column in order.columns))
    found = list(rows[: limit + 1])
    more, found = len(found) > limit, found[:limit]
    if backwards:
        found.reverse()
    has_next, has_previous = (True, more) if backwards else (more, cursor is not None)
    return {
        "results": render(found),
        "next": _link(request, found[-1], order, backwards=False) if found and has_next else None,
        "previous": _link(request, found[0], order, backwards=True) if found and has_previous else None,
    }


def _limit(request: Request) -> int:
    text = request.query_params.get("limit", str(DEFAULT_LIMIT))
    if not (text.isascii() and text.isdigit() and len(text) <= 4 and 1 <= int(text) <= MAX_LIMIT):
        raise Malformed(mark("limit is a number from 1 to %(limit)s."), code="invalid_parameter", limit=MAX_LIMIT)
    return int(text)


def _cursor(request: Request, order: Order) -> dict[str, Any] | None:
    text = request.query_params.get("cursor")
    if text is None:
        return None
    try:
        cursor = json.loads(base64.urlsafe_b64decode(text.encode("ascii")))
        keys = [str(int(key)) for key in cursor["k"]]
        if len(keys) != len(order.columns) or cursor["o"] != order.columns[0]:
            raise ValueError
    except (ValueError, TypeError, KeyError, binascii.Error, RecursionError):
        raise Malformed(mark("This cursor does not belong to this list."), code="invalid_cursor") from None
    return {"k": keys, "b": bool(cursor.get("b"))}


def _beyond(model: type[Model], order: Order, descending: bool) -> str:
    table = model._meta.db_table
    columns = ", ".join(f'"{table}"."{column}"' for column in order.columns)
    casts = ", ".join("%s::xid8" if column == "xid" else "%s::bigint" for column in order.columns)
    return f"({columns}) {'<' if descending else '>'} ({casts})"


def _link(request: Request, row: Model, order: Order, *, backwards: bool) -> str:
    keys = [str(getattr(row, column)) for column in order.columns]
    cursor = json.dumps({"o": order.columns[0], "k": keys, "b": int(backwards)}, separators=(",", ":"))
    return replace_query_param(request.build_absolute_uri(), "cursor", base64.urlsafe_b64encode(cursor.encode()).decode())
