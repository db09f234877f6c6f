"""Taking many listings off sale: first a look, then exactly that, in a real browser under the real security policy."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from catalog.models import ListingRevision
from opsdesk.accounts.roles import Role
from tests.builders import a_live_listing, a_shop, a_user

pytestmark = [pytest.mark.browser, pytest.mark.serial]


@pytest.fixture
def listings(transactional_db: None) -> Any:
    a_shop()
    return [a_live_listing(), a_live_listing(), a_live_listing()]


def states() -> list[str]:
    return list(ListingRevision.objects.order_by("id").values_list("state", flat=True))


@pytest.mark.sop("C14")
def test_many_listings_are_looked_at_and_then_go_off_sale(listings: Any, sign_in: Callable[..., Page]) -> None:
    first, second, _left = listings
    page = sign_in(a_user(Role.PRODUCT_SPECIALIST))
    page.goto("/admin/catalog/delistproposal/bulk/")
    page.get_by_label("Shop").select_option(value="tmall-01")
    page.get_by_label("Product codes").fill(f"{first.product.code}\n{second.product.code}\nNONE")
    page.get_by_role("button", name="Show what would happen").click()
    expect(page.get_by_role("status")).to_have_text("2 ok, 1 refused. Nothing has been changed yet.")
    expect(page.get_by_role("row", name="NONE")).to_contain_text("No published listing has this code.")
    assert states() == ["listed", "listed", "listed"]

    page.get_by_role("button", name="Do it for 2 listings").click()
    expect(page.get_by_text("Done: 2 ok, 1 refused.")).to_be_visible()
    assert states() == ["delisted", "delisted", "listed"]
    page.get_by_role("link", name=first.product.code).click()
    expect(page.get_by_role("link", name="Put on sale again")).to_be_visible()
