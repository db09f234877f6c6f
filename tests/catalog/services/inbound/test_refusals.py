"""What the services of goods and counts refuse: the reason is named and nothing is written."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from catalog.models import GoodsReceipt, PurchaseOrder, StockLot
from catalog.services.counting import counts, planning, posting
from catalog.services.counting.counts import Count
from catalog.services.inbound.adjustments import AdjustmentLine, adjust_stock
from catalog.services.inbound.base import MOST_LINES, Wanted
from catalog.services.inbound.expiry import note_expiry
from catalog.services.inbound.posting import post_receipt, settle_differences
from catalog.services.inbound.purchase_steps import close_purchase, reschedule_purchase, withdraw_purchase
from catalog.services.inbound.purchasing import PurchaseDraft, PurchaseLine, gather_requests, write_purchase
from catalog.services.inbound.receipts import Scan, cancel_receipt, count_pieces
from catalog.services.inbound.transfer_ends import settle_transfer
from catalog.services.inbound.transfers import receive_transfer, request_transfer, send_transfer
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.common.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from tests.builders import NOW, a_purchase, a_receipt, a_shop, a_sku, a_warehouse, an_actor, stock_up, the_supplier
from tests.kit.rows import row_counts

pytestmark = pytest.mark.django_db
BY: dict[str, Any] = {"actor": SYSTEM, "now": NOW}
TODAY = date(2026, 6, 11)


@pytest.fixture
def sku() -> Any:
    return a_sku(a_shop(), on_hand=10)


def refused(call: Callable[[], Any], kind: type[DomainError]) -> list[tuple[str, str]]:
    """Pointer and code of each issue; what is refused leaves no row behind."""
    before = row_counts()
    with pytest.raises(kind) as found:
        call()
    assert row_counts() == before
    return [(issue.pointer, issue.code) for issue in found.value.issues]


def test_counts_of_a_delivery(sku: Any) -> None:
    receipt = a_receipt()

    def count(*scans: Scan) -> list[tuple[str, str]]:
        return refused(lambda: count_pieces(receipt_id=receipt.pk, scans=scans, **BY), Invalid)

    assert count() == [("", "empty")]
    assert count(Scan("TS-RED-M", 1_000_001)) == [("/scans/0/quantity", "out_of_range")]
    assert count(Scan("TS-RED-M", 1, lot_code="L" * 61)) == [("/scans/0/lot_code", "text_too_long")]
    assert count(Scan("TS-RED-M", 1, location="Z-9")) == [("/scans/0/location", "unknown_location")]
    assert count(Scan("TS-RED-M", 2), Scan("TS-RED-M", -3)) == [("/scans/1/quantity", "out_of_range")]
    assert count(Scan("TS-RED-M", -1)) == [("/scans/0/quantity", "out_of_range")]


def test_a_delivery_has_five_hundred_lines_and_not_one_more(sku: Any) -> None:
    receipt = a_receipt()
    others = [a_sku(product=sku.product, code=f"S-{number}") for number in range(MOST_LINES)]
    count_pieces(receipt_id=receipt.pk, scans=[Scan(one.code, 1) for one in others], **BY)
    assert receipt.lines.count() == 500
    again: Any = {"receipt_id": receipt.pk, "scans": [Scan("TS-RED-M", 1)]}
    assert refused(lambda: count_pieces(**again, **BY), Invalid) == [("/scans/0/code", "too_many_items")]


def test_receipts_are_given_up_settled_and_posted_once(sku: Any) -> None:
    given_up, posted = a_receipt(), a_receipt(None, Scan("TS-RED-M", 3))
    cancel_receipt(receipt_id=given_up.pk, reason="twice", **BY)
    post_receipt(receipt_id=posted.pk, **BY)
    assert list(GoodsReceipt.objects.order_by("id").values_list("status", flat=True)) == ["cancelled", "posted"]

    settle: Any = {"receipt_id": posted.pk, "outcome": "replaced", "note": "sent"}
    posted.refresh_from_db()
    GoodsReceipt.objects.filter(pk=posted.pk).update(has_differences=False)
    assert refused(lambda: settle_differences(**settle, **BY), Conflict) == []
    GoodsReceipt.objects.filter(pk=posted.pk).update(has_differences=True)
    assert refused(lambda: settle_differences(**settle | {"outcome": "magic"}, **BY), Invalid) == []


def test_purchase_orders(sku: Any) -> None:
    the_supplier()

    def write(supplier: str = "Yiwu Textiles", *lines: PurchaseLine) -> list[tuple[str, str]]:
        draft = PurchaseDraft(supplier, a_warehouse().pk, lines)
        return refused(lambda: write_purchase(draft=draft, **BY), Invalid)

    fine = PurchaseLine("TS-RED-M", 5, Decimal(40), TODAY)
    dear = PurchaseLine("TS-RED-M", 5, Decimal(-1), TODAY)
    far = PurchaseLine("TS-RED-M", 5, Decimal(40), TODAY + timedelta(days=3 * 365))
    assert write("Nobody", fine) == [("/supplier_name", "unknown_supplier")]
    assert write("Yiwu Textiles", dear) == [("/lines/0/unit_cost", "out_of_range")]
    assert write("Yiwu Textiles", far) == [("/lines/0/expected_on", "date_out_of_range")]
    assert write() == [("/lines", "empty")]
    assert write("Yiwu Textiles", *[fine] * 501)[0] == ("/lines", "too_many_items")

    where: Any = {"warehouse_id": a_warehouse().pk, "expected_on": TODAY}
    assert refused(lambda: gather_requests(supplier_name="Yiwu Textiles", **where, **BY), Conflict) == []
    past = where | {"expected_on": TODAY - timedelta(days=1)}
    found = refused(lambda: gather_requests(supplier_name="Yiwu Textiles", **past, **BY), Invalid)
    assert found == [("/expected_on", "date_out_of_range")]
    assert refused(lambda: gather_requests(supplier_name="Nobody", **where, **BY), Invalid) == [
        ("/supplier_name", "unknown_supplier")
    ]
    nowhere = where | {"warehouse_id": None}
    assert refused(lambda: gather_requests(supplier_name="Nobody", **nowhere, **BY), Invalid) == [
        ("/warehouse_id", "unknown_warehouse")
    ]


def test_purchase_orders_are_put_off_closed_and_withdrawn(sku: Any) -> None:
    order = a_purchase((sku, 5))
    past: Any = {"order_id": order.pk, "expected_on": TODAY - timedelta(days=1), "reason": "late"}
    assert refused(lambda: reschedule_purchase(**past, **BY), Invalid) == [("/lines/0/expected_on", "date_out_of_range")]
    post_receipt(receipt_id=a_receipt(order, Scan("TS-RED-M", 2)).pk, **BY)
    close_purchase(order_id=order.pk, reason="sold out", **BY)
    assert PurchaseOrder.objects.get().status == "received"

    large = a_purchase((sku, 100_000))
    assert large.status == "in_review"
    withdraw_purchase(order_id=large.pk, **BY)
    assert PurchaseOrder.objects.get(pk=large.pk).status == "draft"


def test_write_offs(sku: Any) -> None:
    lot = StockLot.objects.get()

    def adjust(*lines: AdjustmentLine, reason: str = "lost") -> list[tuple[str, str]]:
        facts: Any = {"warehouse_id": a_warehouse().pk, "reason": reason, "note": "gone", "lines": lines}
        return refused(lambda: adjust_stock(**facts, **BY), Invalid)

    one = AdjustmentLine("TS-RED-M", 1)
    assert adjust() == [("/lines", "empty")]
    assert adjust(one, reason="magic") == [("/reason", "invalid_choice")]
    assert adjust(*[one] * 501) == [("/lines", "too_many_items")]
    assert adjust(AdjustmentLine("TS-RED-M", 1, lot.pk), reason="found") == [("/lines/0/lot", "invalid")]
    assert adjust(AdjustmentLine("TS-RED-M", 1, lot.pk + 1)) == [("/lines/0/lot", "unknown_lot")]


def test_what_does_not_expire_needs_no_decision(sku: Any) -> None:
    lot = StockLot.objects.get()
    assert refused(lambda: note_expiry(lot_id=lot.pk, reason="sale", **BY), Conflict) == []


def test_a_transfer_that_arrived_whole_has_nothing_to_settle(sku: Any) -> None:
    stock_up(sku, 3)
    places: Any = {"source_id": a_warehouse().pk, "target_id": a_warehouse("hz-01").pk}
    row = request_transfer(**places, lines=[Wanted("TS-RED-M", 12)], **BY)
    send_transfer(transfer_id=row.pk, **BY)
    receive_transfer(transfer_id=row.pk, arrived={"TS-RED-M": 12}, **BY)
    assert refused(lambda: settle_transfer(transfer_id=row.pk, note="none", **BY), Conflict) == []


def test_stocktakes(sku: Any) -> None:
    keeper, boss = an_actor(Role.WAREHOUSE), an_actor(Role.OPERATIONS_SUPERVISOR)
    plan: Any = {"warehouse": "sz-01", "skus": ["TS-RED-M"], "title": "June"}
    assert refused(lambda: planning.plan_stocktake(**plan | {"warehouse": "nowhere"}, **BY), NotFound) == []
    assert refused(lambda: planning.plan_stocktake(**plan | {"skus": ["A", "B"]}, **BY), Invalid) == [
        ("/skus", "unknown_sku"),
        ("/skus", "unknown_sku"),
    ]
    pk = planning.plan_stocktake(**plan, **BY).pk
    assert refused(lambda: planning.cancel(stocktake_id=pk, reason=" ", actor=boss, now=NOW), Invalid) == []
    counts.start(stocktake_id=pk, actor=keeper, now=NOW)
    wrong: Any = {"stocktake_id": pk, "counts": [Count("TS-RED-M", -1, "magic")], "actor": keeper, "now": NOW}
    assert refused(lambda: counts.count(**wrong), Invalid) == [
        ("/counts/0/counted", "out_of_range"),
        ("/counts/0/reason", "unknown_reason"),
    ]
    for _ in range(2):  # saved twice, it is counted once
        counts.count(**wrong | {"counts": [Count("TS-RED-M", 9, "lost")]})
    counts.finish(stocktake_id=pk, actor=keeper, now=NOW)
    assert refused(lambda: posting.recount(stocktake_id=pk, reason=" ", actor=boss, now=NOW), Invalid) == []
    stranger = an_actor(Role.OPERATIONS_SUPERVISOR, shops=[a_shop("jd-01", warehouse=a_warehouse("bj-01"))])
    assert refused(lambda: posting.post(stocktake_id=pk, actor=stranger, now=NOW), NotFound) == []
    assert refused(lambda: posting.post(stocktake_id=pk, actor=keeper, now=NOW), Forbidden) == []


def test_a_warehouse_without_goods_is_not_counted_periodically(sku: Any) -> None:
    a_warehouse("hz-01")
    assert planning.plan_periodic(now=NOW) == 1
