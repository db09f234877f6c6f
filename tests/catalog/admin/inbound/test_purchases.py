"""Purchase orders in the browser: from the request to the supplier."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from catalog.models import PurchaseOrder, StockAlert
from catalog.queries.inbound.purchases import hash_of
from opsdesk.accounts.roles import Role
from opsdesk.duties.services import run_at
from opsdesk.inbox.models import WorkItem
from opsdesk.sheets.table import read_table
from tests.builders import NOW, a_purchase, a_shop, a_sku, a_warehouse, the_supplier
from tests.kit.browser import Staff, text_of
from tests.kit.browser_forms import rows
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def goods(db: None) -> Any:
    the_supplier()
    return a_sku(a_shop())


@pytest.fixture
def buyer(db: None) -> Staff:
    return Staff(Role.PURCHASING)


def do(staff: Staff, order: PurchaseOrder, command: str, **fields: Any) -> Any:
    return staff.send("catalog_purchaseorder_command", order.pk, command, **fields)


def sheet(*lines: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"supplier_name": "Yiwu Textiles", "warehouse_id": a_warehouse().pk, **rows("lines", *lines)} | fields


def line(**changes: Any) -> dict[str, Any]:
    return {"sku": "TS-RED-M", "quantity": "100", "unit_cost": "40.00", "expected_on": "2026-06-20"} | changes


def open_work() -> list[str]:
    return list(WorkItem.objects.filter(closed_at=None).order_by("id").values_list("kind", flat=True))


@pytest.mark.sop("C12")
def test_accepted_requests_of_one_supplier_become_one_order(goods: Any, buyer: Staff) -> None:
    other = a_sku(code="TS-RED-L", product=goods.product)
    run_at(name="catalog.scan_thresholds", now=NOW)
    for alert in StockAlert.objects.order_by("id"):
        quantity = 60 if alert.sku_id == other.pk else ""
        answer = buyer.send("catalog_stockalert_command", alert.pk, "ack", quantity=quantity, supplier_name="Yiwu Textiles")
        assert answer.status_code == 302, text_of(answer)

    place = a_warehouse().pk
    made = buyer.send(
        "catalog_purchaseorder_gather", supplier_name="Yiwu Textiles", warehouse_id=place, expected_on="2026-06-20"
    )
    assert made.status_code == 302, text_of(made)
    order = PurchaseOrder.objects.get()
    assert list(order.lines.order_by("id").values_list("sku__code", "quantity", "unit_cost")) == [
        ("TS-RED-M", 13, Decimal("40.00")),
        ("TS-RED-L", 60, Decimal("40.00")),
    ]
    assert do(buyer, order, "send").status_code == 302

    order.refresh_from_db()
    assert (order.status, order.sent_at) == ("sent", NOW)
    states = StockAlert.objects.order_by("id").values_list("status", "ordered_quantity", "expected_on")
    assert list(states) == [("ordered", 13, date(2026, 6, 20)), ("ordered", 60, date(2026, 6, 20))]
    assert open_work() == []
    again = buyer.send(
        "catalog_purchaseorder_gather", supplier_name="Yiwu Textiles", warehouse_id=place, expected_on="2026-06-20"
    )
    assert again.status_code == 422


def test_an_order_that_is_given_up_leaves_its_requests_waiting(goods: Any, buyer: Staff) -> None:
    run_at(name="catalog.scan_thresholds", now=NOW)
    alert = StockAlert.objects.get()
    buyer.send("catalog_stockalert_command", alert.pk, "ack", supplier_name="Yiwu Textiles")
    fields = {"supplier_name": "Yiwu Textiles", "warehouse_id": a_warehouse().pk, "expected_on": "2026-06-20"}
    buyer.send("catalog_purchaseorder_gather", **fields)
    order = PurchaseOrder.objects.get()
    do(buyer, order, "send")
    taken = buyer.send("catalog_stockalert_command", alert.pk, "order", quantity=5, expected_on="2026-06-20")
    assert "It stands in a purchase order already." in text_of(taken)

    assert do(buyer, order, "cancel", reason="too dear").status_code == 302

    alert.refresh_from_db()
    assert (alert.status, alert.purchase_order, alert.ordered_quantity) == ("acked", None, None)
    assert open_work() == ["catalog.stock_low"]


@pytest.mark.sop("C12")
def test_an_order_is_written_and_above_the_limit_sent_by_two_people(goods: Any, buyer: Staff) -> None:
    made = buyer.send("catalog_purchaseorder_add", **sheet(line(quantity="500", unit_cost="40.01")))
    assert made.status_code == 302, text_of(made)
    order = PurchaseOrder.objects.get()
    assert do(buyer, order, "send").status_code == 302
    order.refresh_from_db()
    assert (order.status, open_work()) == ("in_review", ["catalog.purchase_approval"])

    boss = Staff(Role.OPERATIONS_SUPERVISOR)
    assert hash_of(order) in text_of(boss.open("catalog_purchaseorder_change", order.public_id))
    assert do(boss, order, "approve", seen_hash="0" * 64).status_code == 422
    assert do(boss, order, "approve", seen_hash=hash_of(order)).status_code == 302

    order.refresh_from_db()
    assert (order.status, order.approver_id, open_work()) == ("sent", boss.user.pk, [])


def test_exactly_the_limit_is_one_persons_own(goods: Any, buyer: Staff) -> None:
    buyer.send("catalog_purchaseorder_add", **sheet(line(quantity="500", unit_cost="40.00")))
    order = PurchaseOrder.objects.get()
    do(buyer, order, "send")
    order.refresh_from_db()
    assert order.status == "sent"


@pytest.mark.sop("C12", refused=True)
def test_nobody_approves_their_own_order_not_even_a_superuser(goods: Any) -> None:
    author = Staff(Role.PURCHASING, Role.OPERATIONS_SUPERVISOR, superuser=True)
    author.send("catalog_purchaseorder_add", **sheet(line(quantity="501")))
    order = PurchaseOrder.objects.get()
    do(author, order, "send")
    before = row_counts()

    answer = do(author, order, "approve", seen_hash=hash_of(order))

    assert answer.status_code == 422
    assert "may not decide" in text_of(answer)
    assert (row_counts(), PurchaseOrder.objects.get().status) == (before, "in_review")
    with pytest.raises(IntegrityError, match="purchase_not_by_author"), transaction.atomic():
        PurchaseOrder.objects.update(approver=author.user)


def test_a_returned_order_is_corrected_and_sent_again(goods: Any, buyer: Staff) -> None:
    buyer.send("catalog_purchaseorder_add", **sheet(line(quantity="501")))
    order = PurchaseOrder.objects.get()
    do(buyer, order, "send")
    boss = Staff(Role.OPERATIONS_SUPERVISOR)
    assert do(boss, order, "return", seen_hash=hash_of(order)).status_code == 422
    assert do(boss, order, "return", seen_hash=hash_of(order), reason="too many").status_code == 302
    assert open_work() == ["catalog.purchase_returned"]

    assert buyer.send("catalog_purchaseorder_write", order.pk, **sheet(line(quantity="5"))).status_code == 302
    assert do(buyer, order, "send").status_code == 302
    order.refresh_from_db()
    assert (order.status, open_work()) == ("sent", [])


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"sku": "NOPE"}, "There is no such SKU."),
        ({"expected_on": "2026-06-10"}, "This day has passed."),
        ({"quantity": "0"}, "greater than or equal to 1"),
        ({"unit_cost": ""}, "This field is required."),
        ({"unit_cost": "-1"}, "greater than or equal to 0"),
    ],
)
def test_a_wrong_line_says_why_and_nothing_is_written(goods: Any, buyer: Staff, changes: dict[str, Any], says: str) -> None:
    before = row_counts()

    answer = buyer.send("catalog_purchaseorder_add", **sheet(line(), line(**changes) | {"sku": changes.get("sku", "TS-RED-M")}))

    assert answer.status_code == 422
    assert says in text_of(answer)
    assert row_counts() == before


def test_an_order_without_lines_or_with_a_sku_twice_is_refused(goods: Any, buyer: Staff) -> None:
    before = row_counts()
    assert "At least one line is needed." in text_of(buyer.send("catalog_purchaseorder_add", **sheet()))
    twice = text_of(buyer.send("catalog_purchaseorder_add", **sheet(line(), line())))
    assert "This SKU stands in another line already." in twice
    assert row_counts() == before


def test_a_late_supplier_is_called_and_a_new_day_noted(goods: Any, buyer: Staff) -> None:
    order = a_purchase((goods, 10))
    for day, expected in ((10, []), (11, ["catalog.purchase_late"]), (11, ["catalog.purchase_late"])):
        run_at(name="catalog.scan_late_purchases", now=NOW + timedelta(days=day - 1))
        assert open_work() == expected

    assert buyer.open("catalog_purchaseorder_change", order.public_id).status_code == 200
    assert do(buyer, order, "reschedule", expected_on="2026-06-30", reason="ship is late").status_code == 302
    assert (order.lines.get().expected_on, open_work()) == (date(2026, 6, 30), [])


def test_an_order_prints_and_opens_for_who_sees_costs(goods: Any, buyer: Staff) -> None:
    order = a_purchase((goods, 10))
    printed = text_of(buyer.open("catalog_purchaseorder_print", order.pk))
    assert "Yiwu Textiles" in printed
    assert "400.00" in printed
    table = buyer.open("catalog_purchaseorder_table", order.pk, "xlsx")
    [row] = read_table(table.content, "order.xlsx").rows
    assert list(row.cells) == [order.number, "TS-RED-M", "", goods.product.title, "10", "40", "2026-06-20"]
    for role, status in ((Role.FINANCE, 200), (Role.WAREHOUSE, 403), (Role.CUSTOMER_SERVICE, 403)):
        desk = Staff(role)
        assert desk.open("catalog_purchaseorder_changelist").status_code == status
        assert desk.open("catalog_purchaseorder_print", order.pk).status_code == status
        assert desk.send("catalog_purchaseorder_add", **sheet(line())).status_code == 403
        assert desk.send("catalog_purchaseorder_write", order.pk, **sheet(line())).status_code == 403
        assert do(desk, order, "cancel", reason="x").status_code == 403
        assert desk.send("catalog_purchaseorder_gather", supplier_name="x").status_code == 403
