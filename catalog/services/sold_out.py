"""Proposing to take off sale what has sold out: the system asks, a person decides."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from catalog.enums.listings import ProductStatus
from catalog.models import Product, StockItem
from catalog.parameters.listings import DELIST_WITHIN
from catalog.services.listing_steps import KIND, SOLD_OUT
from opsdesk.common.actors import SYSTEM
from opsdesk.inbox import services as inbox
from opsdesk.inbox.models import WorkItem
from opsdesk.inbox.services import Work
from opsdesk.parameters.queries import value


@transaction.atomic
def propose_delisting(*, now: datetime) -> int:
    """Ask for every live listing without a sellable piece whether it should go off sale; once, until it sells again.

    Returns how many listings are sold out.
    SOP: C20
    """
    left = StockItem.objects.filter(sku__product=OuterRef("pk"), sku__is_listed=True, on_hand__gt=F("reserved"))
    live = Product.objects.filter(status=ProductStatus.LIVE, live_revision__isnull=False)
    rows = live.filter(~Exists(left)).values_list("live_revision__public_id", "code").order_by("id")
    sold_out = dict(rows)
    asked = WorkItem.objects.filter(kind=SOLD_OUT, closed_at=None).values_list("subject_id", flat=True)
    again = [subject for subject in asked if subject not in sold_out]
    inbox.resolve(kind=SOLD_OUT, subject_ids=again, outcome="sells again", actor=SYSTEM, now=now)
    due_at = now + value(DELIST_WITHIN)
    works = [Work(SOLD_OUT, KIND, subject, due_at, params={"product": code}) for subject, code in sold_out.items()]
    inbox.raise_many(works, now=now)
    return len(sold_out)
