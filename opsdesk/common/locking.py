"""Row locks. Always in the order of the primary key, always before anything is decided.

The one order across tables: idempotency key, order, stock items, then rows that are only inserted.
"""

from typing import TypeVar

from django.db import models

from opsdesk.common.errors import NotFound

M = TypeVar("M", bound=models.Model)


def lock_many(queryset: models.QuerySet[M], *, limit: int | None = None) -> list[M]:
    """Lock the rows of the queryset for update, in primary key order, and return them; at most `limit`."""
    return list(queryset.order_by("pk").select_for_update(of=("self",), no_key=True)[:limit])


def lock_one(queryset: models.QuerySet[M]) -> M:
    """Lock and return the only row of the queryset.

    Raises: NotFound.
    """
    rows = lock_many(queryset)
    if len(rows) != 1:
        raise NotFound()
    return rows[0]
