"""A return and a settlement in a real browser: customer service, warehouse, finance, and a second person."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from catalog.models import Sku
from opsdesk.accounts.roles import Role
from opsdesk.common import clock
from opsdesk.duties.definitions import SHOP_TIME
from orders.models import Refund, ReturnRequest, Settlement, SettlementBatch
from orders.services.carriers.registry import sync_carriers
from tests.builders import a_shipped_order, a_shop, a_sku, a_user, stock_of
from tests.builders.finance import a_completed_order

pytestmark = [pytest.mark.browser, pytest.mark.serial]


@pytest.fixture
def sku(transactional_db: None) -> Sku:
    sync_carriers()
    return a_sku(a_shop(), on_hand=20)


def finish(page: Page, work: str) -> None:
    """Open a piece of work from one's home page."""
    page.goto("/admin/")
    page.locator("main").get_by_role("link", name=work).click()


def press(page: Page, label: str, **fields: Any) -> None:
    """Press a button of the page, fill the form that it leads to and press it once more."""
    page.get_by_role("link", name=label).click()
    for name, given in fields.items():
        field = page.locator(f"[name={name}]")
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(given)
        else:
            field.fill(given)
    page.get_by_role("button", name=label).click()
    page.wait_for_load_state()
    expect(page.get_by_role("button", name=label)).to_have_count(0)


@pytest.mark.sop("O20", "O21")
def test_goods_come_back_and_the_money_follows(sku: Sku, sign_in: Callable[..., Page]) -> None:
    order = a_shipped_order(now=clock.now())
    line = order.lines.get()
    service, warehouse, finance = (sign_in(a_user(role)) for role in (Role.CUSTOMER_SERVICE, Role.WAREHOUSE, Role.FINANCE))

    # 1. customer service takes the wish in and agrees
    service.goto(f"/admin/orders/order/{order.pk}/change/")
    returned = {"type_": "return_refund", f"quantity_{line.pk}": "1", f"reason_{line.pk}": "size"}
    press(service, "Enter a return", **returned)
    finish(service, f"Order {order.number}: give the customer a solution")
    press(service, "Approve the return")
    press(service, "Sent back", carrier="sf", tracking_no="SF900100200300")

    # 2. the warehouse receives and inspects
    back = ReturnRequest.objects.get()
    warehouse.goto(f"/admin/orders/returnrequest/{back.pk}/change/")
    press(warehouse, "Parcel received")
    on_hand = stock_of(sku)[0]
    finish(warehouse, f"Order {order.number}: inspect the goods")
    press(warehouse, "Inspect", **{f"accepted_{back.lines.get().pk}": "1", f"to_{back.lines.get().pk}": "restock"})
    assert stock_of(sku)[0] == on_hand + 1

    # 3. customer service settles, finance pays
    finish(service, f"Order {order.number}: settle the return")
    press(service, "Settle the return")
    finish(finance, f"Pay 99.00 back for order {order.number}")
    press(finance, "Refund is paid", reference="ALI-20260611-1")

    back.refresh_from_db()
    refund = Refund.objects.get()
    assert (back.state, refund.state, refund.amount, refund.reference) == (
        "completed",
        "succeeded",
        Decimal("99.00"),
        "ALI-20260611-1",
    )
    finance.goto("/admin/")
    expect(finance.locator("main").get_by_role("link", name=order.number)).to_have_count(0)


@pytest.mark.sop("O15")
def test_finance_settles_a_period_and_another_person_closes_it(sku: Sku, sign_in: Callable[..., Page]) -> None:
    done = clock.now() - timedelta(days=2)
    a_completed_order(now=done)
    finance, manager = sign_in(a_user(Role.FINANCE)), sign_in(a_user(Role.OPERATIONS_MANAGER))

    finance.goto("/admin/orders/settlementbatch/")
    press(finance, "Settle a period", ends_on=f"{done.astimezone(SHOP_TIME).date()}")
    batch = SettlementBatch.objects.get()
    finish(finance, f"Check the settlement {batch.number}")
    press(finance, "The settlement is right")
    finish(manager, f"Close the settlement {batch.number}")
    press(manager, "Close for good")

    batch.refresh_from_db()
    assert (batch.state, batch.amount, Settlement.objects.get().state) == ("closed", Decimal("198.00"), "settled")
    manager.goto(str(manager.get_by_role("link", name="Print", exact=True).get_attribute("href")))
    expect(manager.locator("body")).to_contain_text(batch.number)
