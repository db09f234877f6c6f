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
    """How a list is sorted: columns of which the last is unique, and the direction."""

    columns: tuple[str, ...]
    descending: bool


@dataclass(frozen=True)
class Position:
    """A row's place in an order; a page begins beyond it, or ends before it when `backwards`."""

    keys: tuple[str, ...]
    backwards: bool = False


NEWEST_FIRST = Order(("id",), descending=True)
BY_CHANGE = Order(("xid", "id"), descending=False)


def page(request: Request, rows: QuerySet[M], order: Order, render: Callable[[list[M]], list[Any]]) -> dict[str, Any]:
    """One page of the rows as ``{"results", "next", "previous"}``. Raises: Malformed."""
    limit, text = limit_of(request), request.query_params.get("cursor")
    start = position(text, order) if text is not None else None
    backwards = bool(start and start.backwards)
    if start:
        rows = start_after(rows, order, start)
    descending = order.descending != backwards
    found = list(rows.order_by(*(f"-{column}" if descending else column for column in order.columns))[: limit + 1])
    more, found = len(found) > limit, found[:limit]
    if backwards:
        found.reverse()
    has_next, has_previous = (True, more) if backwards else (more, start is not None)
    return {
        "results": render(found),
        "next": _link(request, encode(found[-1], order)) if found and has_next else None,
        "previous": _link(request, encode(found[0], order, backwards=True)) if found and has_previous else None,
    }


def limit_of(request: Request) -> int:
    """How many rows the caller wants on a page. Raises: Malformed."""
    text = request.query_params.get("limit", str(DEFAULT_LIMIT))
    if not (text.isascii() and text.isdigit() and len(text) <= 4 and 1 <= int(text) <= MAX_LIMIT):
        raise Malformed(mark("limit is a number from 1 to %(limit)s."), code="invalid_parameter", limit=MAX_LIMIT)
    return int(text)


def encode(row: Model, order: Order, *, backwards: bool = False) -> str:
    """The cursor that stands for a row's place."""
    keys = [str(getattr(row, column)) for column in order.columns]
    cursor = json.dumps({"o": order.columns[0], "k": keys, "b": int(backwards)}, separators=(",", ":"))
    return base64.urlsafe_b64encode(cursor.encode()).decode()


def position(cursor: str, order: Order) -> Position:
    """The place that a cursor stands for. Raises: Malformed."""
    try:
        parts = json.loads(base64.urlsafe_b64decode(cursor.encode("ascii")))
        keys = tuple(str(int(key)) for key in parts["k"])
        if len(keys) != len(order.columns) or parts["o"] != order.columns[0]:
            raise ValueError
        return Position(keys, bool(parts["b"]))
    except (ValueError, TypeError, KeyError, binascii.Error, RecursionError):
        raise Malformed(mark("This cursor does not belong to this list."), code="invalid_cursor") from None


def start_after(rows: QuerySet[M], order: Order, start: Position) -> QuerySet[M]:
    """Only the rows beyond the place, by one row comparison that an index serves."""
    table = rows.model._meta.db_table
    columns = ", ".join(f'"{table}"."{column}"' for column in order.columns)
    casts = ", ".join("%s::xid8" if column == "xid" else "%s::bigint" for column in order.columns)
    sign = "<" if order.descending != start.backwards else ">"
    where = [f"({columns}) {sign} ({casts})"]
    return rows.extra(where=where, params=start.keys)  # noqa: S610 - our column names, values as parameters


def _link(request: Request, cursor: str) -> str:
    return str(replace_query_param(request.build_absolute_uri(), "cursor", cursor))
