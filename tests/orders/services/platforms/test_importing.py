"""Platforms' files by the service: a fixed number of statements, two at once, one waiting for the other."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.common.errors import Forbidden, IllegalTransition, Invalid, NotFound
from opsdesk.imports.definitions import ParsedRow, RowResult
from opsdesk.imports.enums import Outcome
from opsdesk.inbox.models import WorkItem
from opsdesk.shops.models import Shop
from orders.models import Order, PlatformProblem, Refund
from orders.rules.platforms.assembling import Goods
from orders.services.finance.platform import book_platform_refund
from orders.services.platforms.importing import import_orders
from orders.services.platforms.mapping import Mapped, import_mappings, map_code, remap
from orders.services.platforms.problems import close_problem
from orders.services.platforms.waiting import retry, state_goods
from tests.builders import NOW, a_shop, a_sku, an_actor, an_order, stock_up
from tests.builders.platforms import DOUYIN, PINDUODUO, a_mapping, a_problem, stated_row


@pytest.fixture
def shop(db: None) -> Shop:
    return a_shop()


@pytest.fixture
def sku(shop: Shop) -> Any:
    return a_sku(shop, on_hand=1000)


def rows(start: int, many: int, **changes: str) -> list[ParsedRow]:
    numbers = range(start, start + many)
    return [
        ParsedRow(number, stated_row("pinduoduo", PINDUODUO | {"订单号": f"P-{number}", "手机": f"138{number:08}"} | changes))
        for number in numbers
    ]


def run(shop: Shop, found: list[ParsedRow], *, write: bool = True, actor: Any = SYSTEM) -> list[RowResult]:
    return list(import_orders(rows=found, write=write, shop_id=shop.pk, actor=actor, now=NOW))


def statements(shop: Shop, found: list[ParsedRow], *, write: bool) -> int:
    with CaptureQueriesContext(connection) as log:
        run(shop, found, write=write)
    return len(log)


@pytest.mark.parametrize(
    "changes", [{}, {"商家编码-规格维度": "HOT"}, {"订单状态": "已取消"}], ids=["new", "unmapped", "closed"]
)
def test_fifty_orders_cost_as_many_statements_as_five(shop: Shop, sku: Any, changes: dict[str, str]) -> None:
    run(shop, rows(1, 1, **changes))  # what is read once and kept
    for write in (False, True):
        few = statements(shop, rows(100 + write, 5, **changes), write=write)
        assert statements(shop, rows(1000 + write * 100, 50, **changes), write=write) == few
    again = rows(1100, 50, **changes)
    assert {result.outcome for result in run(shop, again)} == {Outcome.EXISTING}
    assert statements(shop, again, write=True) <= few


def test_a_preview_says_what_writing_does(shop: Shop, sku: Any) -> None:
    found = [*rows(1, 2), *rows(10, 1, **{"商品数量(件)": "5000", "商品总价(元)": "5000.00"}), *rows(20, 1, 订单状态="已收货")]
    preview = run(shop, found, write=False)
    assert Order.objects.count() == 0
    written = run(shop, found)
    assert [result.outcome for result in preview] == [result.outcome for result in written]
    assert [str(result.outcome) for result in written] == ["created", "created", "refused", "refused"]
    assert [issue.message for result in written for issue in result.issues] == [
        "Only %(available)s available.",
        "The platform says that it has been shipped already; it is not known here and is not taken in.",
    ]


def test_who_may_not_take_files_in_takes_none(shop: Shop, sku: Any) -> None:
    for actor, refusal in ((an_actor(Role.WAREHOUSE), Forbidden), (an_actor(Role.CUSTOMER_SERVICE, shops=[]), NotFound)):
        with pytest.raises(refusal), transaction.atomic():
            run(shop, rows(1, 1), actor=actor)
    problem, mapping = a_problem(shop), a_mapping(shop, "TS-RED-M")
    stranger = an_actor(Role.CUSTOMER_SERVICE, shops=[])
    for call in (
        lambda: map_code(problem_id=problem.pk, code=problem.codes[0], sku="TS-RED-M", actor=stranger, now=NOW),
        lambda: remap(mapping_id=mapping.pk, sku="TS-RED-M", actor=stranger, now=NOW),
        lambda: remap(mapping_id=0, sku="TS-RED-M", actor=SYSTEM, now=NOW),
        lambda: retry(problem_id=0, actor=SYSTEM, now=NOW),
        lambda: import_mappings(rows=[], write=True, shop_id=shop.pk, actor=stranger, now=NOW),
    ):
        with pytest.raises(NotFound), transaction.atomic():
            call()


def test_an_order_that_waits_and_is_closed_on_the_platform_leaves_the_list(shop: Shop, sku: Any) -> None:
    problem = a_problem(shop)
    closed = PINDUODUO | {"订单号": problem.external_id, "订单状态": "已取消"}

    result = run(shop, [ParsedRow(2, stated_row("pinduoduo", closed))])

    assert [row.outcome for row in result] == [Outcome.UPDATED]
    problem.refresh_from_db()
    assert (problem.state, problem.data, Order.objects.count()) == ("solved", {}, 0)


def test_what_is_refused_after_it_was_mapped_stays_on_the_list_and_is_tried_again(shop: Shop, sku: Any) -> None:
    problem = a_problem(shop, **{"商品数量(件)": "3000", "商品总价(元)": "3000.00", "用户实付金额(元)": "3000.00"})
    map_code(problem_id=problem.pk, code=problem.codes[0], sku="TS-RED-M", actor=SYSTEM, now=NOW)
    problem.refresh_from_db()
    assert (problem.kind, problem.reason, problem.params) == ("refused", "Only %(available)s available.", {"available": 1000})
    retry(problem_id=problem.pk, actor=SYSTEM, now=NOW)
    problem.refresh_from_db()
    assert (problem.state, Order.objects.count()) == ("open", 0)
    stock_up(sku, 3000)

    retry(problem_id=problem.pk, actor=SYSTEM, now=NOW)

    problem.refresh_from_db()
    assert (problem.state, Order.objects.count()) == ("solved", 1)
    assert not WorkItem.objects.filter(subject_id=problem.public_id, closed_at=None).exists()
    with pytest.raises(IllegalTransition), transaction.atomic():
        retry(problem_id=problem.pk, actor=SYSTEM, now=NOW)


def test_what_was_dropped_does_not_come_back_with_the_same_file(shop: Shop, sku: Any) -> None:
    problem = a_problem(shop)
    row = PINDUODUO | {"订单号": problem.external_id, "商家编码-规格维度": problem.codes[0]}
    same = [ParsedRow(2, stated_row("pinduoduo", row))]
    with pytest.raises(Invalid), transaction.atomic():
        close_problem(problem_id=problem.pk, step="drop", note=" ", actor=SYSTEM, now=NOW)

    close_problem(problem_id=problem.pk, step="drop", note="a test order", actor=SYSTEM, now=NOW)

    assert [result.outcome for result in run(shop, same)] == [Outcome.EXISTING]
    newer = [ParsedRow(2, stated_row("pinduoduo", row | {"售后状态": "退款中"}))]
    assert [result.outcome for result in run(shop, newer)] == [Outcome.CREATED]
    assert list(PlatformProblem.objects.order_by("id").values_list("state", flat=True)) == ["dropped", "open"]


def test_pieces_that_were_entered_are_kept_while_a_code_is_unknown(shop: Shop, sku: Any) -> None:
    joined = DOUYIN | {"子订单编号": "1;2", "商家编码": "TS-RED-M;HOT", "商品数量": "3", "订单应付金额": "190.00"}
    file = [ParsedRow(2, stated_row("douyin", joined))]
    run(shop, file)
    problem = PlatformProblem.objects.get()
    goods = [Goods("TS-RED-M", 1, Decimal("99.00")), Goods("HOT", 2, Decimal("49.50"))]
    with pytest.raises(Invalid), transaction.atomic():
        state_goods(problem_id=problem.pk, goods=goods[:1], actor=SYSTEM, now=NOW)

    state_goods(problem_id=problem.pk, goods=goods, actor=SYSTEM, now=NOW)

    problem.refresh_from_db()
    assert (problem.kind, problem.codes) == ("unmapped", ["HOT"])
    assert [result.outcome for result in run(shop, file)] == [Outcome.EXISTING]
    map_code(problem_id=problem.pk, code="HOT", sku="TS-RED-M", actor=SYSTEM, now=NOW)
    lines = Order.objects.get().lines.order_by("position").values_list("quantity", "unit_price")
    assert list(lines) == [(1, Decimal("99.00")), (2, Decimal("49.50"))]


def test_a_refund_of_the_platform_that_covers_half_of_one_under_way_is_not_booked(shop: Shop, sku: Any) -> None:
    order = an_order()
    book_platform_refund(order_id=order.pk, total=Decimal("98.00"), actor=SYSTEM, now=NOW)
    book_platform_refund(order_id=order.pk, total=Decimal("98.00"), actor=SYSTEM, now=NOW)
    order.refresh_from_db()
    assert (order.refunded_amount, order.payment_status, Refund.objects.count()) == (
        Decimal("98.00"),
        "partially_refunded",
        1,
    )
    with pytest.raises(Forbidden), transaction.atomic():
        book_platform_refund(order_id=order.pk, total=Decimal("99.00"), actor=an_actor(Role.WAREHOUSE), now=NOW)


def test_rows_that_disagree_about_a_known_order_change_nothing(shop: Shop, sku: Any) -> None:
    row = DOUYIN | {"订单应付金额": "99.00", "商品数量": "1"}
    file = [ParsedRow(number, stated_row("douyin", row | {"子订单编号": str(number)})) for number in (2, 3)]
    run(shop, file)
    order = Order.objects.get()

    odd = [file[0], ParsedRow(3, stated_row("douyin", row | {"子订单编号": "3", "订单状态": "已完成"}))]
    result = run(shop, odd)

    assert {(found.outcome, found.issues[0].message) for found in result} == {
        (Outcome.REFUSED, "The rows of this order do not agree.")
    }
    order.refresh_from_db()
    assert order.status == "pending"


def test_an_order_without_a_status_is_not_taken_in(shop: Shop, sku: Any) -> None:
    result = run(shop, rows(1, 1, 订单状态=""))
    assert [(found.outcome, found.issues[0].message) for found in result] == [(Outcome.REFUSED, "No status is stated.")]


def test_a_code_for_which_the_order_does_not_wait_is_not_mapped_there(shop: Shop, sku: Any) -> None:
    problem = a_problem(shop)
    with pytest.raises(Invalid, match="does not wait"), transaction.atomic():
        map_code(problem_id=problem.pk, code="OTHER", sku="TS-RED-M", actor=SYSTEM, now=NOW)


def test_the_same_table_of_codes_again_changes_nothing(shop: Shop, sku: Any) -> None:
    mapping = a_mapping(shop, "TS-RED-M")
    again = [ParsedRow(2, Mapped(mapping.code, "TS-RED-M"))]
    result = import_mappings(rows=again, write=True, shop_id=shop.pk, actor=SYSTEM, now=NOW)
    assert [found.outcome for found in result] == [Outcome.EXISTING]
