"""Orders that are not handed over in time."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opsdesk.common.actors import SYSTEM
from opsdesk.inbox.models import WorkItem
from orders.enums.orders import HoldCode
from orders.models import Order
from orders.services import overdue
from orders.services.holds import hold_order, release_hold
from tests.builders import NOW, a_released_order, a_shop, a_sku, an_order
from tests.builders.times import at

DUE = NOW.replace(second=7) + timedelta(hours=24)
SECOND = timedelta(seconds=1)


@pytest.fixture
def sku(db: None) -> Any:
    return a_sku(a_shop(), on_hand=50)


def work() -> list[tuple[str, str]]:
    items = WorkItem.objects.filter(kind=overdue.OVERDUE).order_by("id")
    return [(item.subject_id, item.outcome) for item in items]


def hold(order: Order, code: HoldCode, *, now: Any) -> None:
    hold_order(order_id=order.pk, code=code, reason="", actor=SYSTEM, now=now)


def go_on(order: Order, code: HoldCode, *, now: Any) -> None:
    release_hold(order_id=order.pk, code=code, reason="", actor=SYSTEM, now=now)
    order.refresh_from_db()


@pytest.mark.parametrize(("now", "expected"), [(DUE - SECOND, 0), (DUE, 0), (DUE + SECOND, 1)])
def test_the_deadline_itself_is_still_in_time(sku: Any, now: Any, expected: int) -> None:
    an_order()

    assert overdue.report_overdue(now=now) == expected


def test_a_shipped_order_closes_its_work(sku: Any) -> None:
    order = a_released_order()
    overdue.report_overdue(now=DUE + SECOND)

    assert overdue.close([order.pk], SYSTEM, DUE + SECOND) == 1
    assert overdue.close([order.pk], SYSTEM, DUE + SECOND) == 0
    assert work() == [(order.public_id, "shipped")]


def test_while_the_customer_keeps_it_back_an_order_is_not_overdue(sku: Any) -> None:
    order, ours = an_order(), an_order()
    hold(order, HoldCode.CUSTOMER_QUESTION, now=at(10))
    hold(ours, HoldCode.RISK, now=at(10))

    assert overdue.report_overdue(now=at(12, day=12)) == 1
    assert work() == [(ours.public_id, "")]

    go_on(order, HoldCode.CUSTOMER_QUESTION, now=at(13, day=12))
    assert order.process_by == DUE + timedelta(hours=27)


def test_a_hold_of_ours_does_not_stop_the_clock(sku: Any) -> None:
    order = an_order()
    hold(order, HoldCode.RISK, now=at(10))

    go_on(order, HoldCode.RISK, now=at(15))

    assert order.process_by == DUE


def test_overlapping_holds_stop_the_clock_once(sku: Any) -> None:
    order = an_order()
    hold(order, HoldCode.ADDRESS, now=at(10))
    hold(order, HoldCode.CUSTOMER_QUESTION, now=at(11))

    go_on(order, HoldCode.ADDRESS, now=at(12))
    assert order.process_by == DUE

    go_on(order, HoldCode.CUSTOMER_QUESTION, now=at(14))
    assert order.process_by == DUE + timedelta(hours=4)


def test_an_order_that_gets_more_time_can_be_overdue_again(sku: Any) -> None:
    order = an_order()
    overdue.report_overdue(now=DUE + SECOND)
    hold(order, HoldCode.CUSTOMER_QUESTION, now=at(10, day=12))
    go_on(order, HoldCode.CUSTOMER_QUESTION, now=at(12, day=12))

    assert work() == [(order.public_id, "new deadline")]
    assert overdue.report_overdue(now=at(12, day=12)) == 1
    assert work() == [(order.public_id, "new deadline"), (order.public_id, "")]


def test_the_scan_costs_the_same_statements_for_one_order_and_for_many(sku: Any) -> None:
    counts = []
    for number in (1, 9):
        for _ in range(number):
            an_order(quantity=1)
        with CaptureQueriesContext(connection) as statements:
            assert overdue.report_overdue(now=DUE + SECOND) == number
        counts.append(len(statements))

    assert counts[0] == counts[1]
