"""Many lines cost as many statements as few; a keeper of one shop's warehouse knows of no other."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import GoodsReceipt, Sku, StockLot, StockTransfer
from catalog.services.inbound.adjustments import AdjustmentLine, adjust_stock
from catalog.services.inbound.base import Wanted
from catalog.services.inbound.posting import post_receipt
from catalog.services.inbound.receipts import Scan, count_pieces
from catalog.services.inbound.transfers import receive_transfer, request_transfer, send_transfer
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.common.errors import NotFound
from tests.builders import NOW, a_purchase, a_receipt, a_shop, a_sku, a_warehouse, an_actor, stock_up
from tests.kit.browser import Staff

pytestmark = pytest.mark.django_db


def some_skus(count: int, start: int = 0) -> list[Sku]:
    shop = None if start else a_shop()
    return [a_sku(*([shop] if shop else []), code=f"S-{start + number}") for number in range(count)]


def cost(run: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as statements:
        run()
    return sum("parameters_" not in one["sql"] for one in statements)  # those are kept in memory for some seconds


def test_counting_and_posting_cost_the_same_for_two_lines_and_thirty() -> None:
    costs = []
    for count, start in ((2, 0), (30, 100)):
        skus = some_skus(count, start)
        receipt = a_receipt(a_purchase(*[(sku, 5) for sku in skus]))
        scans = [Scan(sku.code, 4, 1, "L1") for sku in skus]
        counted = cost(lambda: count_pieces(receipt_id=receipt.pk, scans=scans, actor=SYSTEM, now=NOW))  # noqa: B023
        posted = cost(lambda: post_receipt(receipt_id=receipt.pk, actor=SYSTEM, now=NOW))  # noqa: B023
        costs.append((counted, posted))
    assert costs[0] == costs[1]


def test_a_delivery_of_five_hundred_lines_costs_what_one_of_two_costs() -> None:
    costs = []
    for count, start in ((2, 0), (2, 50), (500, 1000)):  # the first warms what is kept in memory
        skus = some_skus(count, start)
        receipt = a_receipt()
        scans = [Scan(sku.code, 3, 0, "L1") for sku in skus]
        counted = cost(lambda: count_pieces(receipt_id=receipt.pk, scans=scans, actor=SYSTEM, now=NOW))  # noqa: B023
        posted = cost(lambda: post_receipt(receipt_id=receipt.pk, actor=SYSTEM, now=NOW))  # noqa: B023
        costs.append((counted, posted))
        assert StockLot.objects.filter(sku__in=skus).count() == count
    assert costs[1] == costs[2]


def test_transfers_and_write_offs_cost_the_same_for_two_lines_and_thirty() -> None:
    costs, source, target = [], a_warehouse().pk, a_warehouse("hz-01").pk
    for count, start in ((2, 0), (30, 100)):
        skus = some_skus(count, start)
        for sku in skus:
            stock_up(sku, 5)
        wanted = [Wanted(sku.code, 2) for sku in skus]
        row = request_transfer(source_id=source, target_id=target, lines=wanted, actor=SYSTEM, now=NOW)
        arrived = dict.fromkeys([sku.code for sku in skus], 2)
        lines = [AdjustmentLine(sku.code, 1) for sku in skus]
        note: dict[str, Any] = {"reason": "lost", "note": "gone", "actor": SYSTEM, "now": NOW}
        costs.append(
            (
                cost(lambda: send_transfer(transfer_id=row.pk, actor=SYSTEM, now=NOW)),  # noqa: B023
                cost(lambda: receive_transfer(transfer_id=row.pk, arrived=arrived, actor=SYSTEM, now=NOW)),  # noqa: B023
                cost(lambda: adjust_stock(warehouse_id=source, lines=lines, **note)),  # noqa: B023
            )
        )
    assert costs[0] == costs[1]


def test_a_keeper_of_one_shop_knows_of_its_warehouses_only() -> None:
    shop = a_shop()
    a_shop("douyin-01", warehouse=a_warehouse("hz-01"))
    other = a_shop("jd-01", warehouse=a_warehouse("bj-01"))
    sku = a_sku(shop)
    receipt = a_receipt(a_purchase((sku, 5)), Scan(sku.code, 5))
    stranger = an_actor(Role.WAREHOUSE, shops=[other])

    with pytest.raises(NotFound):
        post_receipt(receipt_id=receipt.pk, actor=stranger, now=NOW)
    desk = Staff(Role.WAREHOUSE, shops=[other])
    assert receipt.number not in desk.open("catalog_goodsreceipt_changelist").content.decode()
    assert desk.send("catalog_goodsreceipt_command", receipt.pk, "post").status_code == 404
    assert GoodsReceipt.objects.get().status == "open"
    assert not StockTransfer.objects.exists()
