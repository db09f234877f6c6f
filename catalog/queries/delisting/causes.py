"""Which live listings have a reason to go off sale; one statement a reason."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from catalog.enums.counting import SlowProposal, SlowState
from catalog.enums.delisting import BETWEEN
from catalog.enums.listings import DelistReason, ProductStatus
from catalog.models import DelistPolicy, Product, SlowStock, SoldOut, StockItem, StockLot
from catalog.parameters.delisting import COMPLAINTS_LIMIT, COMPLAINTS_WINDOW, EXPIRES_WITHIN, SOLD_OUT_FOR
from catalog.parameters.listings import REPAIR_WITHIN
from catalog.queries.quality.complaints import complaints_by_product
from catalog.queries.quality.waiting import unrepaired_products
from opsdesk.duties.definitions import SHOP_TIME
from opsdesk.parameters.queries import value


def live_products() -> QuerySet[Product]:
    """What is on sale by a listing."""
    return Product.objects.filter(status=ProductStatus.LIVE, live_revision__isnull=False)


def causes(now: datetime) -> Mapping[str, Mapping[int, str]]:
    """For each reason the products that it holds for, with what was found. SOP: C20"""
    return {reason: dict(find(now)) for reason, find in _FINDERS.items()}


def policies() -> dict[tuple[int, str], str]:
    """All delist rules by category and reason."""
    rows: Any = DelistPolicy.objects.values_list("category_id", "reason", "mode")
    return {(category, reason): mode for category, reason, mode in rows}


def without_stock() -> QuerySet[Product]:
    """What is on sale although no listed SKU has a piece that can be sold."""
    left = StockItem.objects.filter(sku__product=OuterRef("pk"), sku__is_listed=True, on_hand__gt=F("reserved"))
    return live_products().filter(~Exists(left))


def _sold_out(now: datetime) -> Iterator[tuple[int, str]]:
    """Long enough by the moments that the scan keeps."""
    rows = SoldOut.objects.filter(product__in=without_stock(), since__lte=now - value(SOLD_OUT_FOR))
    yield from ((pk, f"0{BETWEEN}{_minute(since)}") for pk, since in rows.values_list("product", "since"))


def _discontinued(now: datetime) -> Iterator[tuple[int, str]]:
    rows = live_products().filter(discontinued_at__lte=now).values_list("pk", "discontinued_at")
    yield from ((pk, at.astimezone(SHOP_TIME).date().isoformat()) for pk, at in rows if at)


def _slow(now: datetime) -> Iterator[tuple[int, str]]:
    """All its listed pieces lie so long that the scan of turnover proposes to take them off sale."""
    slow = SlowStock.objects.filter(
        state=SlowState.OPEN, proposal=SlowProposal.DELIST, sku__is_listed=True, sku__product__in=live_products().values("pk")
    )
    moving = StockItem.objects.filter(sku__product=OuterRef("pk"), sku__is_listed=True, on_hand__gt=0).exclude(
        sku__in=slow.values("sku")
    )
    rows = live_products().filter(pk__in=slow.values("sku__product")).filter(~Exists(moving))
    days = dict(slow.order_by("sku__product", "facts__age_days").values_list("sku__product", "facts__age_days"))
    yield from ((pk, str(days.get(pk) or 0)) for pk in rows.values_list("pk", flat=True))


def _expiring(now: datetime) -> Iterator[tuple[int, str]]:
    """Every lot that is left of its listed SKUs expires soon; goods without a date never do."""
    day = (now + value(EXPIRES_WITHIN)).astimezone(SHOP_TIME).date()
    lots = StockLot.objects.filter(sku__product=OuterRef("pk"), sku__is_listed=True, quantity_left__gt=0)
    bad, good = lots.filter(expires_on__lte=day), lots.exclude(expires_on__lte=day, expires_on__isnull=False)
    rows = live_products().filter(Exists(bad)).filter(~Exists(good))
    yield from ((pk, day.isoformat()) for pk in rows.values_list("pk", flat=True))


def _faulty(now: datetime) -> Iterator[tuple[int, str]]:
    """Many quality complaints, or a listing that shows wrongly in the shop and was not repaired in time."""
    since: timedelta = value(COMPLAINTS_WINDOW)
    counts = complaints_by_product(since=now - since)
    many = {pk: n for pk, n in counts.items() if n >= value(COMPLAINTS_LIMIT)}
    wrong = unrepaired_products(failed_before=now - value(REPAIR_WITHIN))
    found = {pk: at.astimezone(SHOP_TIME).date().isoformat() for pk, at in wrong.items()}
    found |= {pk: f"{n}{BETWEEN}{since.days}" for pk, n in many.items()}
    yield from ((pk, found[pk]) for pk in live_products().filter(pk__in=found).values_list("pk", flat=True))


def _minute(at: datetime) -> str:
    return f"{at.astimezone(SHOP_TIME):%Y-%m-%d %H:%M}"


_FINDERS: dict[str, Callable[[datetime], Iterator[tuple[int, str]]]] = {
    DelistReason.OUT_OF_STOCK: _sold_out,
    DelistReason.DISCONTINUED: _discontinued,
    DelistReason.SLOW_MOVING: _slow,
    DelistReason.EXPIRED: _expiring,
    DelistReason.QUALITY: _faulty,
}
