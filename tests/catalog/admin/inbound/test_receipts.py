"""Deliveries from the dock to the shelf, through the browser."""

from datetime import date
from typing import Any

import pytest

from catalog.models import GoodsReceipt, PurchaseOrder, StockAlert, StockLot, StockMovement
from catalog.queries.invariants import unbalanced
from catalog.services.inbound.receipts import Scan
from opsdesk.accounts.roles import Role
from opsdesk.duties.services import run_at
from opsdesk.inbox.models import WorkItem
from opsdesk.webhooks.models import Event
from tests.builders import NOW, a_location, a_purchase, a_receipt, a_shop, a_sku, lots_of, stock_of
from tests.kit.browser import Staff, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def goods(db: None) -> Any:
    return a_sku(a_shop())


@pytest.fixture
def keeper(db: None) -> Staff:
    return Staff(Role.WAREHOUSE)


def do(staff: Staff, model: str, key: int, command: str, **fields: Any) -> Any:
    return staff.send(f"catalog_{model}_command", key, command, **fields)


def scan(staff: Staff, receipt: GoodsReceipt, **fields: Any) -> Any:
    return staff.send("catalog_goodsreceipt_count", receipt.pk, **fields)


@pytest.mark.sop("C11")
def test_a_delivery_is_scanned_and_posted_to_stock(goods: Any, keeper: Staff) -> None:
    order, place = a_purchase((goods, 100)), a_location()
    opened = keeper.send("catalog_goodsreceipt_add", purchase_order_id=order.pk, delivery_note="DN-7")
    assert opened.status_code == 302, text_of(opened)
    receipt = GoodsReceipt.objects.get()

    answers = [
        scan(keeper, receipt, code=goods.code, quantity=60, lot_code="L1", expires_on="2027-06-01", location="a-01-03"),
        scan(keeper, receipt, code=goods.code, quantity=30, lot_code="L2", damaged=4),
        scan(keeper, receipt, code=goods.code, quantity=-5, lot_code="L1", expires_on="2027-06-01", location="A-01-03"),
    ]
    assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert stock_of(goods) == (0, 0)
    assert "DN-7" in text_of(keeper.open("catalog_goodsreceipt_change", receipt.pk))
    assert do(keeper, "goodsreceipt", receipt.pk, "post").status_code == 302

    assert stock_of(goods) == (85, 0)
    lots = StockLot.objects.order_by("id").values_list("code", "quantity_left", "expires_on", "location", "supplier_name")
    assert list(lots) == [("L1", 55, date(2027, 6, 1), place.pk, "Yiwu Textiles"), ("L2", 30, None, None, "Yiwu Textiles")]
    moved = StockMovement.objects.values_list("delta", "reason", "ref")
    assert list(moved) == [(55, "receipt", receipt.number), (30, "receipt", receipt.number)]
    assert Event.objects.filter(type="stock.changed").count() == 1
    line = order.lines.get()
    assert (line.received, line.damaged, line.outstanding) == (85, 4, 15)
    assert PurchaseOrder.objects.get().status == "partly_received"
    assert not unbalanced().exists()


@pytest.mark.sop("C11", refused=True)
@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"code": "NOPE", "quantity": 1}, "There is no such SKU."),
        ({"code": "TS-RED-M"}, "How many pieces?"),
        ({"code": "TS-RED-M", "quantity": 1, "location": "Z-99"}, "There is no such location in this warehouse."),
        ({"code": "TS-RED-M", "quantity": 1, "expires_on": "2026-06-10"}, "It has expired; count these pieces as damaged."),
        ({"code": "TS-RED-M", "quantity": -1}, "Only 0 pieces are counted there"),
        ({"code": "TS-RED-M", "quantity": 1_000_001}, "At most 1000000 pieces."),
    ],
)
def test_a_wrong_scan_says_why_and_counts_nothing(goods: Any, keeper: Staff, fields: dict[str, Any], says: str) -> None:
    receipt = a_receipt(a_purchase((goods, 5)))
    before = row_counts()

    answer = scan(keeper, receipt, **fields)

    assert answer.status_code == 422
    assert says in text_of(answer)
    assert row_counts() == before
    assert receipt.lines.get().good == 0


def test_posting_ends_the_alert_and_closes_the_order(goods: Any, keeper: Staff) -> None:
    run_at(name="catalog.scan_thresholds", now=NOW)
    receipt = a_receipt(a_purchase((goods, 13)), Scan(goods.code, 13))

    assert do(keeper, "goodsreceipt", receipt.pk, "post").status_code == 302

    assert StockAlert.objects.get().status == "resolved"
    assert PurchaseOrder.objects.get().status == "received"
    assert not WorkItem.objects.filter(closed_at=None).exists()
    again = do(keeper, "goodsreceipt", receipt.pk, "post")
    assert (again.status_code, stock_of(goods), lots_of(goods)) == (422, (13, 0), [(receipt.number, 13)])


@pytest.mark.sop("C12")
def test_differences_are_settled_with_the_supplier(goods: Any, keeper: Staff) -> None:
    receipt = a_receipt(a_purchase((goods, 10)), Scan(goods.code, 6, 1))
    do(keeper, "goodsreceipt", receipt.pk, "post")
    work = WorkItem.objects.get(kind="catalog.receipt_differences")
    assert (work.role, work.closed_at) == ("purchasing", None)
    buyer = Staff(Role.PURCHASING)

    page = text_of(buyer.open("catalog_goodsreceipt_change", receipt.public_id))
    assert "Settle the differences" in page
    assert do(keeper, "goodsreceipt", receipt.pk, "settle", outcome="credited", note="3 short").status_code == 403
    assert do(buyer, "goodsreceipt", receipt.pk, "settle", outcome="credited", note="credit note 8").status_code == 302

    receipt.refresh_from_db()
    assert (receipt.outcome, receipt.settled_by, receipt.settled_at) == ("credited", buyer.user.username, NOW)
    assert WorkItem.objects.get(pk=work.pk).outcome == "credited"
    again = do(buyer, "goodsreceipt", receipt.pk, "settle", outcome="kept", note="x")
    assert "No differences of this delivery wait to be settled." in text_of(again)


def test_goods_without_an_order_need_a_reason(goods: Any, keeper: Staff) -> None:
    place = a_location().warehouse
    before = row_counts()

    bare = keeper.send("catalog_goodsreceipt_add", warehouse_id=place.pk)

    assert (bare.status_code, row_counts()) == (422, before)
    assert "Without a purchase order, say why the goods are taken in." in text_of(bare)
    assert keeper.send("catalog_goodsreceipt_add", warehouse_id=place.pk, reason="samples").status_code == 302
    empty = do(keeper, "goodsreceipt", GoodsReceipt.objects.get().pk, "post")
    assert "Nothing has been counted yet." in text_of(empty)


def test_slip_and_labels_print(goods: Any, keeper: Staff) -> None:
    receipt = a_receipt(a_purchase((goods, 10)), Scan(goods.code, 6, 1, "L1", date(2027, 1, 1)))
    assert "Being counted" in text_of(keeper.open("catalog_goodsreceipt_print", receipt.pk))
    do(keeper, "goodsreceipt", receipt.pk, "post")

    slip = text_of(keeper.open("catalog_goodsreceipt_print", receipt.pk))
    labels = text_of(keeper.open("catalog_goodsreceipt_labels", receipt.pk))

    assert "DIFFERENCES" in slip
    assert "Lot L1" in labels
    assert "<rect" in labels


def test_receiving_is_the_warehouses_own(goods: Any) -> None:
    receipt = a_receipt(a_purchase((goods, 5)), Scan(goods.code, 5))
    others = [Staff(role) for role in (Role.PURCHASING, Role.FINANCE, Role.MARKETING)]
    before = row_counts()
    for other in others:
        assert other.send("catalog_goodsreceipt_add", reason="x").status_code == 403
        assert scan(other, receipt, code=goods.code, quantity=1).status_code == 403
        assert do(other, "goodsreceipt", receipt.pk, "post").status_code == 403
    assert row_counts() == before
