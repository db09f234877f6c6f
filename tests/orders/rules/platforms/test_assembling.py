"""From the rows of one order to what the platform says of it."""

from decimal import Decimal

import pytest

from opsdesk.common.errors import Invalid, Malformed
from orders.enums.orders import PaymentStatus
from orders.enums.platforms import GoingBack, Stage
from orders.rules.platforms.amounts import Priced
from orders.rules.platforms.assembling import Goods, Stated, lines_of
from orders.rules.platforms.drafting import draft_of, pointer_of
from orders.rules.platforms.problems import steps_of
from orders.rules.platforms.reading import read_row
from orders.rules.platforms.words import going_back, stage_of

PLACED = {"placed": "2026-06-11 08:30:00"}
DOUYIN = {"order": "D1", "item": "1", "code": "A", "quantity": "2", "paid": "20.00", "status": "待发货"} | PLACED
JD = {"order": "J1", "code": "A", "quantity": "1", "price": "50.00", "due": "50.00", "status": "等待出库"} | PLACED
PDD = {"order": "P1", "code": "A", "quantity": "3", "goods": "10.00", "paid": "10.00", "status": "待发货"} | PLACED


def stated(layout: str, *rows: dict[str, str]) -> Stated:
    return Stated(layout, rows[0]["order"], [read_row(layout, row) for row in rows])


def test_rows_are_read_with_everything_that_is_wrong() -> None:
    with pytest.raises(Malformed) as refusal:
        read_row("pinduoduo", {"goods": "x", "quantity": "0", "status": "?", "placed": "x", "title": "t" * 501})
    found = {issue.pointer: issue.code for issue in refusal.value.issues}
    assert found == {
        "/goods": "invalid_amount",
        "/quantity": "invalid_quantity",
        "/status": "unknown_status",
        "/placed": "invalid_date",
        "/title": "too_long",
        "/order": "required",
    }


def test_a_shortened_number_is_told_once() -> None:
    with pytest.raises(Malformed) as refusal:
        read_row("pinduoduo", PDD | {"order": "1.93E+15"})
    assert [(issue.pointer, issue.code) for issue in refusal.value.issues] == [("/order", "numeric_cell_precision")]


@pytest.mark.parametrize(
    ("layout", "word", "found"),
    [
        ("taobao", "买家已付款，等待卖家发货", (Stage.PAID, GoingBack.NONE)),
        ("taobao", "买家已付款,等待卖家发货", (Stage.PAID, GoingBack.NONE)),
        ("taobao", "退款成功", (None, GoingBack.ALL)),
        ("jd", "(锁定)等待出库", (Stage.PAID, GoingBack.UNDER_WAY)),
        ("jd", "(删除)等待出库", (Stage.CLOSED, GoingBack.NONE)),
        ("jd", "取消", (Stage.CLOSED, GoingBack.NONE)),
        ("pinduoduo", "已发货，待签收", (Stage.SHIPPED, GoingBack.NONE)),
    ],
)
def test_words_of_the_platforms(layout: str, word: str, found: object) -> None:
    assert stage_of(layout, word) == found


@pytest.mark.parametrize("word", ["飞走了", ""])
def test_an_unknown_word_is_not_guessed(word: str) -> None:
    with pytest.raises(Invalid):
        stage_of("douyin", word)
    with pytest.raises(Invalid):
        going_back("飞走了")


def test_a_code_is_the_merchants_own_or_title_and_specification() -> None:
    assert read_row("pinduoduo", PDD).code == "A"
    nameless = {"order": "P1", "title": "杯", "spec": "白", "product_code": "GOODS"}
    assert read_row("pinduoduo", nameless | {"style": "77"}).code == "77"
    assert read_row("pinduoduo", nameless).code == "GOODS 白"
    assert read_row("1688", {"order": "W1", "title": "杯", "spec": "白"}).code == "杯 白"


def test_amounts_of_douyin_are_each_rows_own() -> None:
    more = {"platform_discount": "1.00", "shop_discount": "2.00", "freight": "5.00"}
    order = stated("douyin", DOUYIN | more, DOUYIN | {"item": "2", "code": "B", "quantity": "3", "paid": "10.00"})
    assert (order.payable, order.freight) == (Decimal("30.00"), Decimal("5.00"))
    assert lines_of(order) == [
        ("A", Priced(Decimal("9.00"), 2, Decimal("3.00"))),
        ("B", Priced(Decimal("3.34"), 3, Decimal("0.02"))),
    ]


def test_joined_goods_are_unclear_until_somebody_has_said() -> None:
    order = stated("douyin", DOUYIN | {"item": "1;2", "code": "A；B"})
    assert (order.is_unclear, order.codes) == (True, ["A", "B"])
    said = Stated("douyin", "D1", order.rows, (Goods("A", 1, Decimal("10.00")), Goods("B", 1, Decimal("12.00"))))
    assert not said.is_unclear
    assert [line.total for _, line in lines_of(said)] == [Decimal("9.09"), Decimal("10.91")]


def test_a_total_is_divided_to_the_cent() -> None:
    assert lines_of(stated("pinduoduo", PDD)) == [("A", Priced(Decimal("3.34"), 3, Decimal("0.02")))]


@pytest.mark.parametrize(("missing", "pointer"), [("quantity", "/quantity"), ("goods", "/price"), ("paid", "/paid")])
def test_what_the_file_does_not_say_is_not_invented(missing: str, pointer: str) -> None:
    row = {name: cell for name, cell in PDD.items() if name != missing}
    with pytest.raises(Invalid) as refusal:
        lines_of(stated("pinduoduo", row))
    assert [issue.pointer for issue in refusal.value.issues] == [pointer]


def test_an_order_without_a_time_is_refused() -> None:
    row = {name: cell for name, cell in PDD.items() if name != "placed"}
    with pytest.raises(Invalid) as refusal:
        draft_of(stated("pinduoduo", row), shop="s", skus={"A": "A"})
    assert [issue.pointer for issue in refusal.value.issues] == ["/placed"]


@pytest.mark.parametrize(
    ("more", "payable"),
    [
        ({}, "50.00"),
        ({"balance": "0.00"}, "50.00"),
        ({"due": "40.00", "balance": "10.00", "settled": "50.00"}, "50.00"),
        ({"balance": "10.00", "settled": "50.00"}, "50.00"),
        ({"balance": "10.00", "settled": "45.00", "freight": "5.00"}, "50.00"),
    ],
)
def test_a_balance_at_jd(more: dict[str, str], payable: str) -> None:
    assert stated("jd", JD | more).payable == Decimal(payable)


@pytest.mark.parametrize("more", [{}, {"settled": "70.00"}, {"settled": "50.00", "freight": "10.00"}])
def test_a_balance_that_is_not_clear_is_refused(more: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        _ = stated("jd", JD | {"balance": "10.00"} | more).payable


def test_rows_that_do_not_agree_are_refused() -> None:
    for change in ({"status": "完成"}, {"due": "60.00"}):
        order = stated("jd", JD, JD | {"code": "B"} | change)
        with pytest.raises(Invalid, match="do not agree"):
            _ = order.stage, order.payable


def test_the_amount_of_an_unpaid_order_at_taobao() -> None:
    row = {"order": "T1", "status": "等待买家付款", "goods": "60.00", "paid": "0.00"} | PLACED
    assert stated("taobao", row).payable == Decimal("60.00")
    assert stated("taobao", row | {"due": "48.00", "freight": "12.00"}).payable == Decimal("60.00")
    assert stated("taobao", row | {"paid": "55.00"}).payable == Decimal("55.00")
    assert stated("taobao", row).is_half
    assert not stated("taobao", row, {"order": "T1", "item": "1"}).is_half


def test_a_line_of_taobao_has_its_own_amount() -> None:
    item = {"order": "T1", "item": "1", "code": "A", "quantity": "2", "price": "30.00", "line_due": "50.00"}
    head = {"order": "T1", "status": "等待买家付款", "goods": "45.00"} | PLACED
    assert lines_of(stated("taobao", head, item)) == [("A", Priced(Decimal("30.00"), 2, Decimal("15.00")))]


@pytest.mark.parametrize(
    ("backs", "found", "refunded"),
    [
        (["-"], GoingBack.NONE, Decimal("0.00")),
        (["退款中"], GoingBack.UNDER_WAY, Decimal("0.00")),
        (["退款成功"], GoingBack.ALL, None),
        (["退款成功", "-"], GoingBack.PARTLY, None),
        (["部分退款"], GoingBack.PARTLY, None),
    ],
)
def test_what_goes_back(backs: list[str], found: GoingBack, refunded: Decimal | None) -> None:
    rows = [DOUYIN | {"item": str(at), "after_sale": back} for at, back in enumerate(backs)]
    order = stated("douyin", *rows)
    assert (order.back, order.refunded) == (found, refunded)


def test_what_was_wholly_refunded_before_it_was_shipped_is_closed() -> None:
    assert stated("douyin", DOUYIN | {"after_sale": "退款成功"}).stage == Stage.CLOSED
    assert stated("douyin", DOUYIN | {"after_sale": "退款成功", "status": "已发货"}).stage == Stage.SHIPPED
    items = {"order": "T1", "item": "1", "after_sale": "退款成功", "refund": "5.00"}
    assert stated("taobao", items, items | {"item": "2", "after_sale": "-", "refund": "7.00"}).refunded == Decimal("5.00")
    assert stated("taobao", items).back == GoingBack.ALL


def test_refunds_that_repeat_on_every_row_count_once() -> None:
    assert stated("jd", JD | {"refund": "9.00"}, JD | {"code": "B", "refund": "9.00"}).refunded == Decimal("9.00")
    assert stated("taobao", {"order": "T1", "refund": "9.00"}).refunded == Decimal("9.00")


def test_an_address_in_columns_and_a_stand_in_number() -> None:
    place = {"province": "广东省", "city": "深圳市", "district": "南山区", "town": "粤海街道", "address": "科技园路1号"}
    order = stated("pinduoduo", PDD | place | {"recipient": "王小明", "mobile": "18412345678-0099"})
    assert (order.address.street, order.address.recipient, order.address.phone) == (
        "粤海街道科技园路1号",
        "王小明[0099]",
        "+8618412345678",
    )
    hidden = stated("pinduoduo", PDD | place | {"address": "****", "recipient": "王**", "mobile": "184****5678"}).address
    assert (hidden.street, hidden.recipient, hidden.phone, hidden.district) == ("", "", "", "南山区")
    assert stated("pinduoduo", PDD).address.city == ""


@pytest.mark.parametrize(
    ("row", "status"),
    [
        (JD | {"method": "货到付款"}, PaymentStatus.COD),
        (JD | {"status": "等待付款"}, PaymentStatus.UNPAID),
        (JD, PaymentStatus.PAID),
    ],
)
def test_how_it_is_paid(row: dict[str, str], status: PaymentStatus) -> None:
    draft = draft_of(stated("jd", row | {"buyer": "j***n"}), shop="s", skus={"A": "SKU-1"})
    assert (draft.payment.status, draft.customer, draft.lines[0].sku) == (status, None, "SKU-1")


def test_pointers_lead_to_columns() -> None:
    assert [pointer_of(pointer) for pointer in ("/placed_at", "/lines/0/sku", "/shop", "/price", "/paid", "")] == [
        "/placed",
        "/code",
        "",
        "",
        "/paid",
        "",
    ]


def test_steps_of_a_problem() -> None:
    assert {kind: steps_of(kind) for kind in ("half", "unmapped", "quantities", "refused", "late")} == {
        "half": {"drop"},
        "unmapped": {"map", "drop"},
        "quantities": {"state_goods", "drop"},
        "refused": {"retry", "drop"},
        "late": {"solve"},
    }
