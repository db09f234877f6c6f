"""Stock alerts from the scan to the replenished balance, through the duty, the browser and the REST door."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.models import Product, Sku, StockAlert, StockItem
from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from opsdesk.duties.services import run_at
from opsdesk.inbox.models import WorkItem
from opsdesk.webhooks.models import Event
from tests.builders import NOW, a_shop, a_sku, a_user, a_warehouse, an_order, stock_up
from tests.kit.browser import command, signed_in
from tests.kit.http import Api
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")


def scan() -> int:
    return run_at(name="catalog.scan_thresholds", now=NOW)


def news() -> list[str]:
    return list(Event.objects.filter(type__in=["stock.low", "stock.out"]).order_by("id").values_list("type", flat=True))


@pytest.fixture
def shop(db: None) -> Any:
    return a_shop()


@pytest.mark.sop("C12")
@pytest.mark.parametrize(("on_hand", "events"), [(10, []), (9, ["stock.low"]), (0, ["stock.out"])])
def test_fewer_than_ten_left_calls_purchasing_once(shop: Any, on_hand: int, events: list[str]) -> None:
    a_sku(shop, on_hand=on_hand)

    assert [scan(), scan()] == [len(events), 0]
    assert news() == events
    alerts = list(StockAlert.objects.values_list("available", "threshold", "status"))
    assert alerts == [(on_hand, 10, "open")] * len(events)
    assert list(WorkItem.objects.values_list("kind", "role")) == [("catalog.stock_low", "purchasing")] * len(events)


def test_all_warehouses_count_together_without_what_is_reserved(shop: Any) -> None:
    sku = a_sku(shop, on_hand=6)
    stock_up(sku, 5, a_warehouse("hz-01"))

    assert scan() == 0
    an_order(quantity=2)
    assert scan() == 1


def test_a_skus_own_threshold_goes_first_and_delisted_goods_are_left_alone(shop: Any) -> None:
    sku = a_sku(shop, on_hand=5)
    Sku.objects.update(alert_threshold=5)
    assert scan() == 0
    Sku.objects.update(alert_threshold=6)
    Product.objects.filter(pk=sku.product_id).update(status="delisted")
    assert scan() == 0


@pytest.mark.sop("C12")
def test_purchasing_acknowledges_orders_and_the_goods_end_the_alert(api: Api, shop: Any) -> None:
    sku = a_sku(shop, on_hand=9)
    scan()
    alert = StockAlert.objects.get()
    client = signed_in(a_user(Role.PURCHASING))

    page = client.get(page_of(alert))
    assert page.status_code == 200
    assert command(client, "catalog_stockalert", alert.pk, "ack").status_code == 302
    ordered = command(client, "catalog_stockalert", alert.pk, "order", quantity=100, expected_on="2026-06-20")
    assert ordered.status_code == 302

    alert.refresh_from_db()
    assert (alert.status, alert.ordered_quantity, alert.expected_on) == ("ordered", 100, date(2026, 6, 20))
    assert WorkItem.objects.get().outcome == "ordered"
    stock_up(sku, 3)  # 12: threshold and hysteresis are not passed
    assert scan() == 0
    stock_up(sku, 1)
    assert scan() == 1
    alert.refresh_from_db()
    assert (alert.status, alert.resolved_at) == ("resolved", NOW)
    actions = AuditEntry.objects.filter(subject_id=alert.public_id).order_by("id").values_list("action", flat=True)
    assert list(actions) == [
        "catalog.stock_alert_opened",
        "catalog.stock_alert_ack",
        "catalog.stock_alert_order",
        "catalog.stock_alert_resolved",
    ]
    StockItem.objects.update(on_hand=9)
    assert scan() == 1


def page_of(alert: StockAlert) -> str:
    return reverse("admin:catalog_stockalert_change", args=[alert.public_id])


@pytest.mark.sop("C12", refused=True)
def test_an_order_of_nothing_or_for_yesterday_is_refused(shop: Any) -> None:
    a_sku(shop, on_hand=9)
    scan()
    alert = StockAlert.objects.get()
    client = signed_in(a_user(Role.PURCHASING))
    before = row_counts()

    nothing = command(client, "catalog_stockalert", alert.pk, "order", quantity=0, expected_on="2026-06-20")
    yesterday = command(client, "catalog_stockalert", alert.pk, "order", quantity=5, expected_on="2026-06-10")

    assert (nothing.status_code, yesterday.status_code) == (422, 422)
    assert b"This day has passed." in yesterday.content
    assert row_counts() == before
    assert StockAlert.objects.get().status == "open"


def test_somebody_without_the_duty_sees_but_may_not_order(shop: Any) -> None:
    a_sku(shop, on_hand=9)
    scan()
    alert = StockAlert.objects.get()
    client = signed_in(a_user(Role.FINANCE))
    before = row_counts()

    assert client.get(reverse("admin:catalog_stockalert_change", args=[alert.pk])).status_code == 200
    assert command(client, "catalog_stockalert", alert.pk, "ack").status_code == 403
    assert row_counts() == before


def test_goods_that_sell_out_later_are_called_out_once(shop: Any) -> None:
    a_sku(shop, on_hand=9)
    scan()
    an_order(quantity=9)
    scan()
    scan()
    assert news() == ["stock.low", "stock.out"]
    assert StockAlert.objects.count() == 1


def test_the_threshold_of_a_sku_is_changed_in_the_browser(shop: Any) -> None:
    sku = a_sku(shop, on_hand=50)
    client = signed_in(a_user(Role.PRODUCT_SPECIALIST))

    assert command(client, "catalog_sku", sku.pk, "change_threshold", threshold=60, reason="season").status_code == 302
    sku.refresh_from_db()
    assert sku.alert_threshold == 60
    entry = AuditEntry.objects.get(action="catalog.threshold_changed")
    assert (entry.before, entry.after, entry.reason) == ({"threshold": None}, {"threshold": 60}, "season")
    assert scan() == 1


@pytest.mark.parametrize(("role", "threshold", "status"), [(Role.PURCHASING, 60, 403), (Role.PRODUCT_SPECIALIST, -1, 422)])
def test_a_threshold_is_kept_from_wrong_people_and_wrong_numbers(shop: Any, role: Role, threshold: int, status: int) -> None:
    sku = a_sku(shop)
    client = signed_in(a_user(role))
    before = row_counts()

    assert command(client, "catalog_sku", sku.pk, "change_threshold", threshold=threshold).status_code == status
    assert row_counts() == before
    assert Sku.objects.get().alert_threshold is None


def test_a_jump_is_confirmed_by_the_supervisor(api: Api, shop: Any) -> None:
    a_sku(shop)
    item = {"sku": "TS-RED-M", "warehouse": "sz-01", "mode": "absolute", "quantity": 5000, "sync_seq": 1}
    api.post("bulk/stock-levels/", {"policy": "ignore_failed", "items": [item]})
    balance = StockItem.objects.get()
    client = signed_in(a_user(Role.OPERATIONS_SUPERVISOR))

    assert client.get(reverse("admin:catalog_stockitem_change", args=[balance.pk])).status_code == 200
    assert command(client, "catalog_stockitem", balance.pk, "confirm_jump", reason="counted").status_code == 302
    assert WorkItem.objects.get(kind="catalog.stock_jump").outcome == "confirmed"
    assert command(client, "catalog_stockitem", balance.pk, "confirm_jump", reason="again").status_code == 422


def test_a_scan_costs_the_same_statements_whatever_it_finds(shop: Any) -> None:
    scan()
    counts = []
    for size in (2, 30):
        for number in range(size):
            a_sku(shop, code=f"S-{size}-{number}", on_hand=3)
        with CaptureQueriesContext(connection) as statements:
            assert scan() == size
        counts.append(len(statements))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("model", ["stockalert", "sku", "stockitem", "stockmovement"])
def test_lists_open_for_who_reads_stock_and_for_nobody_else(shop: Any, model: str) -> None:
    a_sku(shop, on_hand=3)
    scan()
    url = reverse(f"admin:catalog_{model}_changelist")

    page = signed_in(a_user(Role.PURCHASING)).get(url)

    assert page.status_code == 200
    assert "TS-RED-M" in page.content.decode()
    assert signed_in(a_user(Role.SYSADMIN)).get(url).status_code == 403


def test_ordered_goods_that_do_not_come_are_work_again_until_they_are_ordered_anew(shop: Any) -> None:
    a_sku(shop, on_hand=9)
    scan()
    alert = StockAlert.objects.get()
    client = signed_in(a_user(Role.PURCHASING))
    command(client, "catalog_stockalert", alert.pk, "order", quantity=100, expected_on="2026-06-11")

    def open_work() -> list[str]:
        return list(WorkItem.objects.filter(closed_at=None).values_list("kind", flat=True))

    scan()
    assert open_work() == []
    for _ in range(2):
        run_at(name="catalog.scan_thresholds", now=NOW + timedelta(days=1))
        assert open_work() == ["catalog.stock_late"]
    command(client, "catalog_stockalert", alert.pk, "order", quantity=100, expected_on="2026-06-15")
    assert open_work() == []
