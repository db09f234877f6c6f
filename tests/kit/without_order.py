"""opsdesk as a WSGI application that locks stock in the order in which the buyer names it: two such orders deadlock."""

import time
from typing import Any

from opsdesk.wsgi import application  # loads the apps: it comes first

# isort: split

from catalog.models import StockItem
from catalog.services import stock

__all__ = ["application"]

PAUSE = 0.05  # seconds between two locks


def _plan(demands: Any) -> Any:
    for demand in demands:
        for sku in demand.quantities:
            list(StockItem.objects.filter(sku=sku).select_for_update())
            time.sleep(PAUSE)
    return _ordered(demands)


_ordered = stock.plan
vars(stock)["plan"] = _plan
