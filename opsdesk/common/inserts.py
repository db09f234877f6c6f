"""Inserting rows of several tables with one statement: the round trips of a busy service are its time."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection, models
from django.db.models.sql import InsertQuery

_waiting: ContextVar[list[list[models.Model]] | None] = ContextVar("_waiting", default=None)


def insert(rows: Iterable[models.Model]) -> None:
    """Insert rows of one table, now or with the others of the surrounding `together`; they do not learn their keys."""
    found, waiting = list(rows), _waiting.get()
    if not found:
        return
    if waiting is None:
        type(found[0])._default_manager.bulk_create(found)
    else:
        waiting.append(found)


@contextmanager
def together() -> Iterator[None]:
    """Whatever `insert` is given inside is written at the end, in one statement; after an error, not at all.

    Nothing inside may read what is inserted inside.
    """
    waiting: list[list[models.Model]] = []
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    if waiting:
        _write(waiting)


def _write(groups: list[list[models.Model]]) -> None:
    parts, values = [], []
    for number, rows in enumerate(groups):
        statement, params = _compiled(rows)
        parts.append(f"rows{number} AS ({statement})")
        values += params
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(parts)} SELECT 1", values)
    for rows in groups:
        for row in rows:
            row._state.adding, row._state.db = False, connection.alias


def _compiled(rows: list[models.Model]) -> tuple[str, list[Any]]:
    """Django's own INSERT of these rows; a key that is set already is written along."""
    meta = type(rows[0])._meta
    written = (field for field in meta.concrete_fields if not field.generated)
    fields = [field for field in written if not (field is meta.auto_field and rows[0].pk is None)]
    query = InsertQuery(type(rows[0]))
    query.insert_values(fields, rows)  # type: ignore[attr-defined]
    [(statement, params)] = query.get_compiler(connection=connection).as_sql()
    return str(statement), list(params)
