"""Deciding on a check round by keyboard, in a real browser under the real security policy."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from opsdesk.accounts.roles import Role
from orders.models import CheckRound, CheckRoundItem, Order
from tests.builders import a_shop, a_sku, a_user, an_order
from tests.builders.rounds import a_round

pytestmark = [pytest.mark.browser, pytest.mark.serial]

OTHER_PRICE = [{"sku": "TS-RED-M", "quantity": 1, "unit_price": "79.00", "discount": "0.00"}]


@pytest.fixture
def shop(transactional_db: None) -> Any:
    shop = a_shop()
    a_sku(shop, on_hand=20)
    return shop


def status(order: Order) -> str:
    return Order.objects.get(pk=order.pk).status


def test_a_clerk_works_through_the_round_without_a_mouse(shop: Any, sign_in: Callable[..., Page]) -> None:
    first, second, third = (an_order(lines=OTHER_PRICE) for _ in range(3))
    clean = an_order()
    round_ = a_round(shop)
    page = sign_in(a_user(Role.CUSTOMER_SERVICE))
    page.goto(f"/admin/orders/checkround/{round_.public_id}/change/")
    expect(page.locator(f"#order-{first.pk}")).to_be_focused()

    page.keyboard.press("j")
    expect(page.locator(f"#order-{second.pk}")).to_be_focused()
    page.keyboard.press("h")
    expect(page.locator(".od-tile b").first).to_have_text("2")
    expect(page.locator(f"#order-{third.pk}")).to_be_focused()

    page.keyboard.press("k")
    expect(page.locator(f"#order-{first.pk}")).to_be_focused()
    page.keyboard.press("a")
    expect(page.locator(f"#note-{first.pk}")).to_be_focused()
    assert status(first) == "pending"

    page.keyboard.type("jak: campaign price")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    expect(page.locator(".od-tile b").first).to_have_text("1")
    assert (status(first), CheckRoundItem.objects.get(order=first).note) == ("processing", "jak: campaign price")

    page.keyboard.press("n")
    page.keyboard.type("ask the buyer")
    page.keyboard.press("Escape")
    page.keyboard.press("l")
    expect(page.locator(".od-tile b").first).to_have_text("0")
    page.keyboard.press("s")
    expect(page.locator("#sign")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("signed by")).to_be_visible()

    decisions = CheckRoundItem.objects.order_by("order").values_list("decision", flat=True)
    assert list(decisions) == ["release", "hold", "later", "release"]
    assert (CheckRound.objects.get().state, status(clean)) == ("signed_off", "processing")
