"""Each platform's layout, as its file is taken in."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from orders.enums.orders import HoldCode
from orders.models import DeliveryAddress, Order, OrderHold, PlatformProblem
from orders.rules.platforms.cells import CHINA
from tests.builders import a_sku
from tests.builders import platforms as files
from tests.builders.platforms import counts, take_in, upload
from tests.kit.browser import Staff, text_of
from tests.orders.admin.platforms.test_files import errors, lines

pytestmark = pytest.mark.usefixtures("clock")


def test_douyin_hides_whom_it_goes_to_and_the_order_is_held(shop: Any, sku: Any, agent: Staff) -> None:
    work = take_in(agent, shop, "douyin", files.DOUYIN, encoding="utf-8-sig")

    assert counts(work) == (1, 0, 0, 0), errors(work)
    order = Order.objects.get(external_id="6917000000000000001")
    assert lines(order) == [("TS-RED-M", 2, Decimal("99.00"), Decimal("8.00"))]
    assert (order.payable_amount, order.paid_amount) == (Decimal("190.00"), Decimal("190.00"))
    place = DeliveryAddress.objects.get(order=order)
    assert (place.recipient, place.phone, place.province, place.street) == ("", "", "广东省", "")
    holds = set(OrderHold.objects.filter(order=order).values_list("code", flat=True))
    assert holds == {HoldCode.ADDRESS, HoldCode.CONTACT}


def test_joined_goods_of_douyin_wait_until_somebody_says_how_many_of_each(shop: Any, sku: Any, agent: Staff) -> None:
    a_sku(shop, code="TS-BLUE-M", on_hand=10)
    joined = files.DOUYIN | {"子订单编号": "1;2", "商家编码": "TS-RED-M;TS-BLUE-M", "商品数量": "5", "订单应付金额": "400.00"}
    joined |= {"平台实际承担优惠金额": "-", "商家实际承担优惠金额": "-", "达人实际承担优惠金额": "-"}
    work = take_in(agent, shop, "douyin", joined)
    assert (counts(work), Order.objects.count()) == ((1, 0, 0, 0), 0)
    waits = PlatformProblem.objects.get()
    assert (waits.kind, waits.codes) == ("quantities", ["TS-RED-M", "TS-BLUE-M"])
    assert "Pieces of TS-RED-M" in text_of(agent.command("platformproblem", waits.pk, "state_goods", pieces_0="1"))
    said = {"price_0": "99.00", "price_1": "99.00"}
    for wrong in ({"pieces_0": 3, "pieces_1": 3}, {"pieces_0": 0, "pieces_1": 5}):
        assert agent.command("platformproblem", waits.pk, "state_goods", **said, **wrong).status_code == 422
    dear = {"pieces_0": 3, "pieces_1": 2, "price_0": "1.00", "price_1": "1.00"}
    assert agent.command("platformproblem", waits.pk, "state_goods", **dear).status_code == 422
    assert Order.objects.count() == 0

    response = agent.command("platformproblem", waits.pk, "state_goods", pieces_0=3, pieces_1=2, **said)

    assert response.status_code == 302, text_of(response)
    order = Order.objects.get()
    assert lines(order) == [
        ("TS-RED-M", 3, Decimal("99.00"), Decimal("57.00")),
        ("TS-BLUE-M", 2, Decimal("99.00"), Decimal("38.00")),
    ]
    waits.refresh_from_db()
    assert waits.state == "solved"
    assert counts(take_in(agent, shop, "douyin", joined)) == (0, 0, 1, 0)


def test_pinduoduo_promises_a_ship_time(shop: Any, sku: Any, agent: Staff) -> None:
    work = take_in(agent, shop, "pinduoduo", files.PINDUODUO)

    assert counts(work) == (1, 0, 0, 0), errors(work)
    order = Order.objects.get()
    assert order.promised_by == datetime(2026, 6, 12, 20, tzinfo=CHINA)
    assert lines(order) == [("TS-RED-M", 2, Decimal("99.00"), Decimal("4.00"))]
    assert (order.freight_amount, order.payable_amount) == (Decimal("6.00"), Decimal("200.00"))


def test_rows_of_a_jd_order_belong_together_wherever_they_stand(shop: Any, sku: Any, agent: Staff) -> None:
    a_sku(shop, code="TS-BLUE-M", on_hand=10)
    other = files.JD | {"订单号": "290000000002", "应付金额": "99.00", "结算金额": "99.00"}
    second = files.JD | {"商品ID": "100002", "货号": "TS-BLUE-M"}

    work = take_in(agent, shop, "jd", files.JD, other, second, policy="all")

    assert counts(work) == (3, 0, 0, 0), errors(work)
    order = Order.objects.get(external_id="290000000001")
    assert lines(order) == [
        ("TS-RED-M", 1, Decimal("99.00"), Decimal("4.00")),
        ("TS-BLUE-M", 1, Decimal("99.00"), Decimal("4.00")),
    ]
    place = DeliveryAddress.objects.get(order=order)
    assert (place.province, place.city, place.district, place.street) == ("广东省", "深圳市", "南山区", "科技园路1号")


def test_one_bad_row_keeps_the_whole_jd_order_out(shop: Any, sku: Any, agent: Staff) -> None:
    other = files.JD | {"订单号": "290000000002", "应付金额": "99.00", "结算金额": "99.00"}
    bad = files.JD | {"商品ID": "100002", "订购数量": "x"}

    work = take_in(agent, shop, "jd", files.JD, other, bad)

    assert counts(work) == (1, 0, 0, 2)
    assert errors(work) == ["It belongs to row 4, which is refused.", "This is not a number of pieces."]
    assert list(Order.objects.values_list("external_id", flat=True)) == ["290000000002"]


def test_1688_needs_a_number(shop: Any, sku: Any, agent: Staff) -> None:
    nameless = {name: cell for name, cell in files.WHOLESALE.items() if name != "订单编号"}
    response = upload(agent, shop, "wholesale", files.table(nameless))
    assert response.status_code == 422
    assert "The column Platform number is missing." in text_of(response)

    work = take_in(agent, shop, "wholesale", files.WHOLESALE)

    assert counts(work) == (1, 0, 0, 0)
    waits = PlatformProblem.objects.get()
    assert waits.codes == ["T恤 红 M"]
    agent.command("platformproblem", waits.pk, "map", code="T恤 红 M", sku="TS-RED-M")
    assert lines(Order.objects.get()) == [("TS-RED-M", 2, Decimal("99.00"), Decimal("8.00"))]
