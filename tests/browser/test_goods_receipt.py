"""Counting a delivery with scanner and keyboard, in a real browser under the real security policy."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from catalog.models import Sku, StockLot
from opsdesk.accounts.roles import Role
from tests.builders import a_location, a_receipt, a_shop, a_sku, a_user, stock_of

pytestmark = [pytest.mark.browser, pytest.mark.serial]


@pytest.fixture
def goods(transactional_db: None) -> Any:
    sku = a_sku(a_shop())
    Sku.objects.update(barcode="6900000000017")
    return sku


def test_a_delivery_is_counted_and_posted_without_a_mouse(goods: Any, sign_in: Callable[..., Page]) -> None:
    place, receipt = a_location(), a_receipt()
    page = sign_in(a_user(Role.WAREHOUSE))
    page.goto(f"/admin/catalog/goodsreceipt/{receipt.public_id}/change/")
    code = page.locator("#id_code")
    expect(code).to_be_focused()

    for field in ("6900000000017", "12", "L1", "06302027", "A-01-03"):  # the scanner ends with Enter, the keeper too
        page.keyboard.type(field)
        page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.get_by_text("L1 × 12")).to_be_visible()
    expect(code).to_be_focused()
    expect(page.locator("#id_location")).to_have_value("A-01-03")

    page.evaluate("document.activeElement.blur()")
    page.keyboard.type("6900000000017")  # typed outside a field, it is the next piece
    expect(code).to_have_value("6900000000017")
    for field in ("", "3", "L2", "", "", "1"):
        page.keyboard.type(field)
        page.keyboard.press("Enter")
    expect(page.get_by_text("L2 × 3 (1 damaged)")).to_be_visible()

    page.get_by_role("link", name="Post to stock").press("Enter")
    page.get_by_role("button", name="Post to stock").press("Enter")
    expect(page.get_by_role("link", name="Print lot labels")).to_be_visible()
    assert stock_of(goods) == (15, 0)
    lots = StockLot.objects.order_by("id").values_list("code", "quantity_left", "expires_on", "location")
    assert list(lots) == [("L1", 12, date(2027, 6, 30), place.pk), ("L2", 3, None, place.pk)]
