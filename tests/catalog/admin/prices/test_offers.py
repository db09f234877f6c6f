"""What others ask: the newest price in the register of competitors, else what the listing noted."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from catalog.models import Sku
from catalog.services.selection.competitors import record_price
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from tests.builders import NOW, a_competitor, a_live_listing, a_price_change, a_shop, a_sku
from tests.kit.browser import Staff, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
LINE = {"sku": "CUP-1", "options": {"颜色": "红"}, "cost": "40.00", "price": "99.00", "competitor_price": "105.00"}


def seen(price: str, day: int, sku: str, **changes: Any) -> None:
    """A price of another shop that was seen on that day of June 2026."""
    moment = NOW - timedelta(days=11 - day)
    record_price(competitor_id=a_competitor(sku, **changes).pk, price=Decimal(price), actor=SYSTEM, now=moment)


def screens(desk: Staff, sku: Sku, change: Any) -> list[str]:
    """The price list, the page of its SKU, and the page of the price change."""
    pages = (("pricedsku_changelist",), ("pricedsku_change", sku.pk), ("pricechange_change", change.pk))
    return [" ".join(strip_tags(text_of(desk.open(f"catalog_{name}", *args))).split()) for name, *args in pages]


def offer(price: str, source: str, day: str) -> str:
    return f"{price}{source}{day}"


@pytest.mark.sop("C10", "C26")
def test_the_newest_price_of_the_register_comes_before_what_the_listing_noted() -> None:
    a_shop()
    sku = Sku.objects.get(product=a_live_listing(skus=[LINE]).product)
    desk, change = Staff(Role.PRODUCT_SPECIALIST), a_price_change(sku, "97.00")
    noted = offer("105.00", "Listing", "2026-06-11")
    assert [noted in page for page in screens(desk, sku, change)] == [True, True, True]
    assert "the price is above the competitor&#x27;s" not in screens(desk, sku, change)[2]

    a_competitor(sku.code)  # of which no price was seen yet
    seen("90.00", 8, sku.code, name="An older flask")
    seen("96.99", 9, sku.code, name="Their flask", seller="Flask & Co")
    seen("70.00", 10, "", name="A flask of the category")

    asked = offer("96.99", "Their flask · Flask &amp; Co", "2026-06-09")
    pages = screens(desk, sku, change)
    assert [asked in page for page in pages] == [True, True, True]
    assert ["105.00" in page or "90.00" in page or "70.00" in page for page in pages] == [False, False, False]
    assert f"{sku.code}: the price is above the competitor&#x27;s, 96.99." in pages[2]


def test_without_either_there_is_none_and_a_seller_is_not_needed() -> None:
    sku = a_sku(a_shop())
    desk, change = Staff(Role.PRODUCT_SPECIALIST), a_price_change(sku)
    page: Any = desk.open("catalog_pricechange_change", change.pk)
    assert [row.offer for row in page.context["lines"]] == [None]
    seen("50.00", 11, sku.code)
    assert offer("50.00", "Their flask", "2026-06-11") in screens(desk, sku, change)[0]


def test_the_list_costs_the_same_statements_whatever_is_registered() -> None:
    shop, desk = a_shop(), Staff(Role.PRODUCT_SPECIALIST)
    counts = []
    for size in (2, 10):
        for number in range(size):
            seen("50.00", 11, a_sku(shop, code=f"S-{size}-{number}").code)
        desk.open("catalog_pricedsku_changelist")
        with CaptureQueriesContext(connection) as statements:
            desk.open("catalog_pricedsku_changelist")
        counts.append(len(statements))
    assert counts[0] == counts[1]
