"""Picking and packing with a scanner, in a real browser under the real security policy: no field is clicked."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from catalog.models import Sku
from opsdesk.accounts.roles import Role
from opsdesk.common import clock
from opsdesk.common.actors import SYSTEM
from orders.models import Order, PickList, Scan
from orders.services.carriers.registry import sync_carriers
from orders.services.fulfilment.picking import make_for_orders
from tests.builders import a_released_order, a_shop, a_sku, a_user

pytestmark = [pytest.mark.browser, pytest.mark.serial]


@pytest.fixture
def order(transactional_db: None) -> Any:
    sync_carriers()
    a_sku(a_shop(), on_hand=5)
    Sku.objects.update(barcode="6900000000017")
    order = a_released_order("TS-RED-M", 2)
    make_for_orders(order_ids=[order.pk], actor=SYSTEM, now=clock.now())
    return order


def scan(page: Page, code: str) -> None:
    """What a scanner types, wherever the focus is."""
    page.evaluate("document.activeElement.blur()")
    page.keyboard.type(code)
    page.keyboard.press("Enter")


def test_a_list_is_picked_and_its_order_packed_without_touching_a_field(order: Any, sign_in: Callable[..., Page]) -> None:
    page = sign_in(a_user(Role.WAREHOUSE))
    row = PickList.objects.get()
    page.goto(f"/admin/orders/picklist/{row.pk}/scan/")
    says = page.locator("#scan-says")

    scan(page, "WRONG-1")
    expect(says).to_have_text("STOP: WRONG-1 is not asked for here. Put it back.")
    expect(says).to_have_class("od-says od-wrong")
    scan(page, "6900000000017")
    expect(says).to_have_class("od-says od-right")
    page.reload()
    expect(page.get_by_text("1 of 2 pieces")).to_be_visible()
    scan(page, "TS-RED-M")
    expect(says).to_have_text("TS-RED-M: right. Into bin 1. Everything is scanned.")

    page.goto("/admin/orders/order/pack-station/")
    scan(page, row.wave)
    expect(page).to_have_url(f"{page.url.split('/admin')[0]}/admin/orders/order/{order.pk}/pack-scan/")
    scan(page, "6900000000017")
    scan(page, "6900000000017")
    expect(page.get_by_text("2 of 2 pieces")).to_be_visible()
    for label in ("No piece is damaged", "No piece is stained", "The parcel is firm", "The packing list is enclosed"):
        page.get_by_label(label).check()
    page.get_by_role("button", name="Close the parcel").click()
    expect(page.get_by_role("link", name="Hand to the carrier")).to_be_visible()

    assert Order.objects.get().status == "ready_to_ship"
    assert list(Scan.objects.order_by("id").values_list("step", "result")) == [
        ("pick", "wrong_sku"),
        ("pick", "piece"),
        ("pick", "piece"),
        ("pack", "piece"),
        ("pack", "piece"),
    ]
