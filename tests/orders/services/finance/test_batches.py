"""What a settlement is made of."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.common.errors import Forbidden, Invalid, NotFound
from orders.enums.finance import DifferenceKind, RefundSource
from orders.models import Order, Settlement, SettlementBatch, SettlementRow, StatementDifference, StatementLine
from orders.queries.finance import invariants
from orders.services.completion.completion import confirm_receipt
from orders.services.finance.batches import adjust_batch, make_batch, make_due
from orders.services.finance.closing import check_batch, close_batch
from orders.services.finance.differences import resolve_difference
from orders.services.finance.statements import compare
from tests.builders import NOW, a_shipped_order, a_shop, a_sku, an_actor
from tests.builders.finance import (
    TODAY,
    TOMORROW,
    a_batch,
    a_cancelled_and_refunded_order,
    a_closed_batch,
    a_completed_order,
    a_paid_refund,
    a_statement_line,
)
from tests.kit.duties import run

SUMS = ("goods", "shop_discount", "freight", "prepaid", "refunds", "compensation", "amount")


@pytest.fixture
def sku(db: None) -> Any:
    return a_sku(a_shop(), on_hand=50)


def sums(batch: SettlementBatch) -> dict[str, str]:
    batch.refresh_from_db()
    return {name: f"{getattr(batch, name):.2f}" for name in SUMS if getattr(batch, name)}


def test_a_settlement_adds_up_orders_and_refunds(sku: Any) -> None:
    lines = [{"sku": "TS-RED-M", "quantity": 2, "unit_price": "99.00", "discount": "18.00"}]
    order = a_completed_order(lines=lines, freight="10.00")
    a_paid_refund(order, "5.00")
    a_paid_refund(order, "20.00", RefundSource.CORRECTION)
    a_cancelled_and_refunded_order()

    batch = a_batch()

    assert sums(batch) == {
        "goods": "198.00",
        "shop_discount": "18.00",
        "freight": "10.00",
        "prepaid": "198.00",
        "refunds": "218.00",
        "compensation": "5.00",
        "amount": "165.00",
    }
    rows = SettlementRow.objects.order_by("id").values_list("kind", "amount")
    assert list(rows) == [
        ("sale", Decimal("190.00")),
        ("compensation", Decimal("-5.00")),
        ("refund", Decimal("-20.00")),
        ("refund", Decimal("0.00")),
    ]
    assert (batch.number, batch.starts_on, batch.ends_on, batch.state) == ("ST-tmall-01-20260611", TODAY, TODAY, "open")


def test_each_thing_is_settled_in_exactly_one_settlement(sku: Any) -> None:
    first = a_completed_order()
    one = a_batch()
    a_paid_refund(first, "8.00", now=NOW + timedelta(days=1))
    a_completed_order(now=NOW + timedelta(days=1))

    two = a_batch(ends_on=TODAY + timedelta(days=1))

    assert sums(one) == {"goods": "198.00", "amount": "198.00"}
    assert sums(two) == {"goods": "198.00", "compensation": "8.00", "amount": "190.00"}
    assert two.starts_on == TODAY + timedelta(days=1)


def statements_of(work: Any) -> int:
    with CaptureQueriesContext(connection) as log:
        work()
    return len(log)


def test_ten_orders_cost_as_many_statements_as_one(sku: Any) -> None:
    costs = []
    for number, orders in enumerate((1, 10)):
        day = TODAY + timedelta(days=number)
        for _ in range(orders):
            a_completed_order(now=NOW + timedelta(days=number))
        made = statements_of(lambda day=day: a_batch(ends_on=day))
        batch = SettlementBatch.objects.get(ends_on=day)
        for _ in range(orders):
            a_statement_line(batch, f"T{number}-{StatementLine.objects.count()}", "7.00")
        compared = statements_of(lambda batch=batch: compare(batch_id=batch.pk, actor=SYSTEM, now=NOW))
        kind = DifferenceKind.MISSING_HERE
        costs.append((made, compared))
        assert StatementDifference.objects.filter(batch=batch, kind=kind).count() == orders
    assert costs[0] == costs[1]


def test_a_refund_waits_until_its_order_has_ended(sku: Any) -> None:
    order = a_shipped_order()
    a_paid_refund(order, "8.00")
    first = a_batch()
    assert sums(first) == {}
    confirm_receipt(order_id=order.pk, actor=SYSTEM, now=NOW + timedelta(days=1))

    second = a_batch(ends_on=TODAY + timedelta(days=1))

    assert sums(second) == {"goods": "198.00", "compensation": "8.00", "amount": "190.00"}


def test_the_duty_settles_what_there_is_and_no_more(sku: Any) -> None:
    a_shop("empty-01")
    a_cancelled_and_refunded_order()
    slot = datetime(2026, 7, 1, 3, 30, tzinfo=NOW.tzinfo)

    assert [make_due(slot=slot, actor=SYSTEM, now=slot) for _ in range(2)] == [1, 0]

    assert SettlementBatch.objects.get().shop.code == "tmall-01"


@pytest.mark.parametrize("step", ["make", "check", "adjust", "compare"])
def test_another_shops_settlement_is_not_there(sku: Any, step: str) -> None:
    a_completed_order()
    batch = a_batch()
    stranger = an_actor(Role.FINANCE, shops=[a_shop("other-01")])
    calls: dict[str, Any] = {
        "make": lambda: make_batch(shop_id=batch.shop_id, ends_on=TODAY, actor=stranger, now=TOMORROW),
        "check": lambda: check_batch(batch_id=batch.pk, actor=stranger, now=TOMORROW),
        "adjust": lambda: adjust_batch(batch_id=batch.pk, amount=Decimal(1), reason="x", actor=stranger, now=TOMORROW),
        "compare": lambda: compare(batch_id=batch.pk, actor=stranger, now=TOMORROW),
    }
    with pytest.raises(NotFound), transaction.atomic():
        calls[step]()


def test_the_system_neither_checks_nor_closes(sku: Any) -> None:
    batch = a_batch()
    with pytest.raises(Forbidden), transaction.atomic():
        check_batch(batch_id=batch.pk, actor=SYSTEM, now=TOMORROW)
    check_batch(batch_id=batch.pk, actor=an_actor(Role.FINANCE), now=TOMORROW)
    with pytest.raises(Forbidden), transaction.atomic():
        close_batch(batch_id=batch.pk, actor=SYSTEM, now=TOMORROW)


def test_another_shops_difference_is_not_there(sku: Any) -> None:
    batch = a_batch()
    a_statement_line(batch, "T1", "7.00")
    compare(batch_id=batch.pk, actor=SYSTEM, now=NOW)
    row = StatementDifference.objects.get()
    stranger = an_actor(Role.FINANCE, shops=[a_shop("other-01")])
    for key in (row.pk, row.pk + 1):
        with pytest.raises(NotFound), transaction.atomic():
            resolve_difference(difference_id=key, reason="x", actor=stranger, now=NOW)


def test_the_books_name_what_is_wrong(sku: Any) -> None:
    order = a_completed_order()
    late = a_shipped_order()
    batch = a_closed_batch()
    Settlement.objects.update(state="open", settled_at=None)
    assert invariants.stuck(9) == []  # nobody has looked yet
    run("orders.scan_unconfirmed", TOMORROW)
    Order.objects.filter(pk=late.pk).update(confirm_by=NOW - timedelta(days=400))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE orders_settlementbatch DISABLE TRIGGER USER")
        cursor.execute("UPDATE orders_settlementbatch SET goods = goods + 1, amount = amount + 1")

    assert invariants.wrong_totals(9) == [batch.number]
    assert invariants.settled_without_settlement(9) == [order.number]
    assert invariants.stuck(9) == [late.number]


def test_an_adjustment_says_why(sku: Any) -> None:
    batch = a_batch()
    with pytest.raises(Invalid), transaction.atomic():
        adjust_batch(batch_id=batch.pk, amount=Decimal(1), reason=" ", actor=SYSTEM, now=TOMORROW)
    assert not SettlementRow.objects.exists()
