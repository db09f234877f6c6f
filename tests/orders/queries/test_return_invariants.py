"""What must always be true of returns, and what breaks it."""

from typing import Any

import pytest

from catalog.models import StockMovement, Warehouse
from opsdesk.common.actors import SYSTEM
from orders.models import Order, ReturnLine, ReturnRequest
from orders.queries import invariants
from orders.services.returns import deciding, goods
from orders.services.returns.requesting import Wish, request_return
from tests.builders import NOW, a_shipped_order, a_shop, a_sku

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def row(db: None) -> ReturnRequest:
    """A return of one piece that was inspected and put back into stock."""
    a_sku(a_shop(), on_hand=10)
    order: Order = a_shipped_order(quantity=2)
    wish = Wish("TS-RED-M", 1, "quality")
    row = request_return(order_id=order.pk, type_="return_refund", lines=[wish], actor=SYSTEM, now=NOW)
    deciding.approve_return(return_id=row.pk, actor=SYSTEM, now=NOW)
    goods.receive(return_id=row.pk, warehouse_id=Warehouse.objects.get().pk, actor=SYSTEM, now=NOW)
    line = row.lines.get()
    goods.inspect(return_id=row.pk, findings={line.pk: goods.Finding(1, "restock")}, actor=SYSTEM, now=NOW)
    return row


def broken() -> list[Any]:
    checks = (invariants.returned_beyond_shipped, invariants.finished_without_inspection, invariants.restocked_otherwise)
    return [list(check(20)) for check in checks]


def test_an_inspected_return_breaks_nothing(row: ReturnRequest) -> None:
    assert broken() == [[], [], []]


def test_more_pieces_than_were_shipped_are_named(row: ReturnRequest) -> None:
    ReturnLine.objects.update(quantity=3)
    assert broken() == [[row.order.number], [], []]


def test_goods_that_nobody_looked_at_are_named(row: ReturnRequest) -> None:
    ReturnLine.objects.update(accepted=None)
    ReturnRequest.objects.update(state="completed")
    assert broken() == [[], [row.public_id], []]


def test_stock_that_is_not_what_was_accepted_is_named(row: ReturnRequest) -> None:
    line = row.lines.get()
    assert StockMovement.objects.get(key=f"return:{line.pk}").delta == 1
    ReturnLine.objects.update(quantity=2, accepted=2)
    assert broken() == [[], [], [row.public_id]]
    ReturnLine.objects.update(disposition="scrap")
    assert broken() == [[], [], []]
