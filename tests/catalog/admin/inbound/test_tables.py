"""Opening stock, thresholds and counted deliveries by the table."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from catalog.models import GoodsReceiptCount, Sku, StockItem, StockMovement
from catalog.queries.invariants import unbalanced
from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from opsdesk.imports.models import ImportFile
from opsdesk.inbox.models import WorkItem
from tests.builders import a_location, a_purchase, a_receipt, a_shop, a_sku, a_warehouse, stock_of, stock_up
from tests.builders.tables import uploaded, xlsx
from tests.kit.browser import Staff
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")
OPENING = ("规格编码", "仓库", "数量")


@pytest.fixture
def goods(db: None) -> Any:
    return a_sku(a_shop())


def upload(staff: Staff, code: str, *rows: tuple[Any, ...]) -> ImportFile:
    url = reverse("admin:import_new", args=[code])
    answer = staff.client.post(url, {"file": uploaded("table.xlsx", xlsx(*rows))})
    assert answer.status_code == 302, answer.content.decode()
    return ImportFile.objects.latest("pk")


def apply(staff: Staff, work: ImportFile, policy: str = "all") -> Any:
    return staff.client.post(reverse("admin:import", args=[work.public_id]), {"policy": policy})


def messages(work: ImportFile) -> list[str]:
    return [issue["message"] for row in work.rows.order_by("number") for issue in row.issues]


@pytest.mark.sop("C11")
def test_opening_stock_comes_from_a_table_once(goods: Any) -> None:
    keeper = Staff(Role.WAREHOUSE)
    a_sku(code="TS-BLUE", product=goods.product)
    work = upload(keeper, "catalog.opening_stock", OPENING, ("TS-RED-M", "sz-01", 120), ("TS-BLUE", "sz-01", 1001))
    assert (work.state, work.created, StockItem.objects.count()) == ("previewed", 2, 0)
    assert apply(keeper, work).status_code == 302

    assert stock_of(goods) == (120, 0)
    assert set(StockMovement.objects.values_list("reason", flat=True)) == {"opening"}
    assert WorkItem.objects.get().kind == "catalog.stock_jump"
    assert not unbalanced().exists()


@pytest.mark.sop("C11", refused=True)
def test_what_has_moved_is_never_overwritten_from_a_table(goods: Any) -> None:
    keeper = Staff(Role.WAREHOUSE)
    stock_up(goods, 5)
    rows = (("TS-RED-M", "sz-01", 500), ("NOPE", "sz-01", 1), ("TS-RED-M", "nowhere", 1), ("TS-RED-M", "sz-01", -1))
    work = upload(keeper, "catalog.opening_stock", OPENING, *rows)

    assert messages(work) == [
        "It has stock movements already: count it or write it off.",
        "There is no such SKU.",
        "There is no such warehouse.",
        "It stands in row %(row)s already.",
        "It must be at least %(ge)s.",
    ]
    before = row_counts()
    assert apply(keeper, work).status_code == 409
    assert (row_counts(), stock_of(goods)) == (before, (5, 0))


def test_opening_stock_is_the_warehouses_own(goods: Any) -> None:
    for role in (Role.PURCHASING, Role.PRODUCT_SPECIALIST):
        assert Staff(role).client.get(reverse("admin:import_new", args=["catalog.opening_stock"])).status_code == 403


@pytest.mark.sop("C12")
def test_thresholds_come_from_a_table(goods: Any) -> None:
    other = a_sku(code="TS-BLUE", product=goods.product)
    Sku.objects.filter(pk=other.pk).update(alert_threshold=7)
    specialist = Staff(Role.PRODUCT_SPECIALIST)
    work = upload(specialist, "catalog.thresholds", ("SKU", "预警值"), ("TS-RED-M", 25), ("TS-BLUE", ""))
    assert work.updated == 2
    assert apply(specialist, work).status_code == 302

    assert list(Sku.objects.order_by("id").values_list("alert_threshold", flat=True)) == [25, None]
    assert AuditEntry.objects.filter(action="catalog.threshold_changed").count() == 2
    again = upload(specialist, "catalog.thresholds", ("SKU", "预警值"), ("TS-RED-M", 25), ("NOPE", 1), ("TS-BLUE", -1))
    assert (again.existing, again.refused) == (1, 2)


def test_one_wrong_row_keeps_the_whole_opening_stock_out(goods: Any) -> None:
    keeper = Staff(Role.WAREHOUSE)
    work = upload(keeper, "catalog.opening_stock", OPENING, ("TS-RED-M", "sz-01", 120), ("NOPE", "sz-01", 1))
    assert (work.created, work.refused) == (1, 1)
    assert apply(keeper, work).status_code == 409
    assert (StockItem.objects.filter(on_hand__gt=0).count(), StockMovement.objects.count()) == (0, 0)


@pytest.mark.sop("C11")
def test_a_delivery_is_counted_from_a_table(goods: Any) -> None:
    keeper, place = Staff(Role.WAREHOUSE), a_location()
    receipt = a_receipt(a_purchase((goods, 30)))
    header = ("入库单号", "SKU", "实收数量", "破损数量", "批次", "有效期至", "库位")
    work = upload(
        keeper,
        "catalog.receipt_counts",
        header,
        (receipt.number, "TS-RED-M", 20, 1, "L1", "2027-06-30", "A-01-03"),
        (receipt.number, "TS-RED-M", 8, "", "L2", "", ""),
        (receipt.number, "TS-RED-M", 8, "", "L3", "", "Z-9"),
        ("GR-0", "TS-RED-M", 8, "", "", "", ""),
    )
    assert (work.updated, work.refused, GoodsReceiptCount.objects.count()) == (2, 2, 0)
    assert messages(work) == [
        "There is no such location in this warehouse.",
        "There is no open goods receipt of this number.",
    ]
    assert apply(keeper, work, "good_rows").status_code == 302

    counts = GoodsReceiptCount.objects.order_by("id").values_list("lot_code", "good", "damaged", "expires_on", "location")
    assert list(counts) == [("L1", 20, 1, date(2027, 6, 30), place.pk), ("L2", 8, 0, None, None)]
    line = receipt.lines.get()
    assert (line.good, line.damaged, line.short) == (28, 1, 1)
    assert a_warehouse().pk == receipt.warehouse_id
