"""An order from the storefront to a carrier case: REST, a real worker, and a browser for every desk."""

import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Page, expect

from opsdesk.accounts.roles import Role
from opsdesk.celery import app
from opsdesk.common import clock
from orders.models import CarrierCase, CheckRound, Order, Shipment
from orders.services.carriers.registry import sync_carriers
from tests.builders import a_client, a_shop, a_sku, a_user, an_order_body, stock_of
from tests.kit import servers
from tests.kit.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.serial]


def send(site: str, key: str) -> str:
    """The storefront sends a paid order of this moment; its public id."""
    placed = clock.now().isoformat()
    body = an_order_body(placed_at=placed, payment={"status": "paid", "method": "alipay", "paid_at": placed})
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": "journey-1"}
    answer = requests.post(f"{site}/api/v1/orders/", json=body, headers=headers, timeout=30)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def run_duty(name: str, at: datetime) -> None:
    """Run a duty as if the clock stood there, by the command that operators use."""
    command = [sys.executable, "manage.py", "run_duty", name, "--at", at.isoformat()]
    subprocess.run(command, cwd=servers.ROOT, env=servers.environment(), check=True, capture_output=True)


def finish(page: Page, work: str) -> None:
    """Open a piece of work from one's home page."""
    page.goto("/admin/")
    page.locator("main").get_by_role("link", name=work).click()


def confirm(page: Page, label: str) -> None:
    """Press a button of the page, and once more on the form that it leads to."""
    page.get_by_role("link", name=label).click()
    page.get_by_role("button", name=label).click()
    page.wait_for_load_state()


@pytest.mark.sop("O6", "O14")
def test_an_order_is_released_picked_packed_shipped_stalls_and_becomes_a_case(
    site: str, sign_in: Callable[..., Page], log: Path
) -> None:
    shop = a_shop()
    sku = a_sku(shop, on_hand=10)
    sync_carriers()
    order = Order.objects.get(public_id=send(site, a_client("orders:write")))

    # 1. the worker opens the round; the desk signs it
    with servers.worker(log.with_suffix(".worker")):
        app.send_task("duties.run", args=["orders.run_check_round"])
        until(lambda: CheckRound.objects.exists())
    service = sign_in(a_user(Role.CUSTOMER_SERVICE))
    finish(service, "Check round")
    service.locator("#sign").click()
    service.goto("/admin/")
    expect(service.locator("main").get_by_role("link", name="Check round")).to_have_count(0)
    order.refresh_from_db()
    assert (order.status, CheckRound.objects.get().state) == ("processing", "signed_off")

    # 2. the warehouse picks, packs and ships
    warehouse = sign_in(a_user(Role.WAREHOUSE))
    warehouse.goto("/admin/orders/picklist/")
    confirm(warehouse, "Make a pick list")
    warehouse.goto(f"/admin/orders/order/{order.pk}/change/")
    warehouse.get_by_role("link", name="Pack check").click()
    warehouse.check("[name=appearance]")
    warehouse.check("[name=packing_list]")
    warehouse.get_by_role("button", name="Pack check").click()
    warehouse.get_by_role("link", name="Hand to the carrier").click()
    warehouse.select_option("[name=carrier]", "sf")
    warehouse.fill("[name=tracking_no]", "sf1234567890123")
    warehouse.get_by_role("button", name="Hand to the carrier").click()
    warehouse.wait_for_load_state()
    order.refresh_from_db()
    parcel = Shipment.objects.get()
    assert (order.status, parcel.tracking_no, stock_of(sku)) == ("shipped", "SF1234567890123", (8, 0))

    # 3. after 48 hours of silence the carrier is a case for customer service
    run_duty("orders.scan_stalled_shipments", clock.now() + timedelta(hours=49))
    finish(service, "Parcel SF1234567890123: talk to the carrier")
    expect(service.get_by_text("SF1234567890123").first).to_be_visible()
    assert CarrierCase.objects.get().state == "open"
