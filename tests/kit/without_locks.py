"""opsdesk as a WSGI application whose stock is not guarded: rows are not locked, the balance is set, not added to.

The negative control of the races: they must fail here, or they prove nothing.
"""

import time
from collections.abc import Mapping
from typing import Any

from opsdesk.wsgi import application  # loads the apps: it comes first

# isort: split

from catalog.models import StockItem
from catalog.services import stock

__all__ = ["application"]

PAUSE = 0.05  # seconds between looking and writing: wide enough for a rival


def _look(queryset: Any, *, limit: int | None = None) -> list[Any]:
    found = list(queryset.order_by("pk")[:limit])
    time.sleep(PAUSE)
    return found


def _set(changes: Mapping[tuple[int, int], int], column: str) -> None:
    for (sku, warehouse), delta in changes.items():
        items = StockItem.objects.filter(sku=sku, warehouse=warehouse)
        before = getattr(items.get(), column)
        time.sleep(PAUSE)
        items.update(**{column: before + delta})


vars(stock).update(lock_many=_look, _change=_set)
