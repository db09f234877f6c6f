"""opsdesk as a WSGI application whose goods receipts are not locked while they are posted.

The negative control of the race: without the ledger's unique key the same delivery comes in twice here.
"""

import time
from typing import Any

from opsdesk.wsgi import application  # loads the apps: it comes first

# isort: split

from catalog.models import GoodsReceipt
from catalog.services.inbound import posting

__all__ = ["application"]

PAUSE = 0.3  # seconds between looking and posting: wide enough for a rival


def _look(receipt_id: int, actor: Any) -> GoodsReceipt:
    receipt = GoodsReceipt.objects.get(pk=receipt_id)
    time.sleep(PAUSE)
    return receipt


vars(posting)["lock_receipt"] = _look
