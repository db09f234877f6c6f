"""A newer export of a known order: what changed there is done here, what is too late becomes work."""

from decimal import Decimal
from typing import Any

import pytest

from opsdesk.common.actors import SYSTEM
from opsdesk.inbox.models import WorkItem
from orders.enums.finance import RefundSource
from orders.models import DeliveryAddress, Order, OrderHold, PlatformProblem, Refund
from orders.services.finance.refunds import Claim, owe
from tests.builders import NOW
from tests.builders import platforms as files
from tests.builders.fulfilment import a_shipped_order
from tests.builders.platforms import counts, take_in
from tests.kit.browser import Staff, text_of
from tests.orders.admin.platforms.test_files import errors

pytestmark = pytest.mark.usefixtures("clock")
CLOSED = {"订单状态": "交易关闭"}
ELSEWHERE = {"收货地址 ": "广东省 广州市 天河区 体育西路2号"}


@pytest.fixture
def head(shop: Any, sku: Any, agent: Staff) -> dict[str, str]:
    """The order row of an order that has come in paid."""
    take_in(agent, shop, "taobao", files.TAOBAO_ITEM)
    take_in(agent, shop, "taobao", files.TAOBAO_ORDER)
    assert Order.objects.count() == 1
    return dict(files.TAOBAO_ORDER)


@pytest.fixture
def shipped(sku: Any) -> dict[str, str]:
    """The order row of an order that has left the house."""
    order = a_shipped_order()
    return files.TAOBAO_ORDER | {"订单编号": order.external_id}


def the_order() -> Order:
    return Order.objects.get()


@pytest.mark.sop("O1", "O18")
def test_what_was_closed_and_refunded_is_cancelled_and_owed_no_second_time(
    shop: Any, head: dict[str, str], agent: Staff
) -> None:
    newer = head | CLOSED | {"退款金额": "198.00"}
    work = take_in(agent, shop, "taobao", newer)

    assert counts(work) == (0, 1, 0, 0), errors(work)
    order = the_order()
    assert (order.status, order.payment_status, order.refunded_amount, order.owed_amount) == (
        "cancelled",
        "refunded",
        Decimal("198.00"),
        Decimal("0.00"),
    )
    refund = Refund.objects.get()
    assert (refund.state, refund.source, refund.amount, refund.reference) == (
        "succeeded",
        "platform",
        Decimal("198.00"),
        order.external_id,
    )
    assert not WorkItem.objects.filter(closed_at=None).exists()
    assert counts(take_in(agent, shop, "taobao", newer)) == (0, 0, 1, 0)
    assert counts(take_in(agent, shop, "taobao", head)) == (0, 0, 1, 0)  # an older file changes nothing
    assert the_order().status == "cancelled"


def test_a_refund_under_way_is_paid_by_the_platforms_own(shop: Any, head: dict[str, str], agent: Staff) -> None:
    order = the_order()
    owe(order, Claim(Decimal("50.00"), RefundSource.CORRECTION, "k"), actor=SYSTEM, now=NOW)

    work = take_in(agent, shop, "taobao", head | {"退款金额": "60.00"})

    assert counts(work) == (0, 1, 0, 0), errors(work)
    rows = Refund.objects.order_by("id").values_list("source", "state", "amount")
    assert list(rows) == [
        ("correction", "succeeded", Decimal("50.00")),
        ("platform", "succeeded", Decimal("10.00")),
    ]
    order.refresh_from_db()
    assert (order.refunded_amount, order.owed_amount, order.payment_status) == (
        Decimal("60.00"),
        Decimal("0.00"),
        "partially_refunded",
    )


def test_more_than_was_paid_cannot_have_been_refunded(shop: Any, head: dict[str, str], agent: Staff) -> None:
    work = take_in(agent, shop, "taobao", head | {"退款金额": "300.00"})

    assert counts(work) == (0, 1, 0, 0)
    problem = PlatformProblem.objects.get(kind="late")
    assert problem.params["why"] == "At most 198.00 can still be refunded of this order."
    assert (the_order().refunded_amount, Refund.objects.count()) == (Decimal("0.00"), 0)
    assert counts(take_in(agent, shop, "taobao", head | {"退款金额": "300.00"})) == (0, 0, 1, 0)
    assert PlatformProblem.objects.filter(kind="late").count() == 1


def test_money_of_which_the_file_does_not_say_how_much_is_asked_for(shop: Any, head: dict[str, str], agent: Staff) -> None:
    item = files.TAOBAO_ITEM | {"退款状态": "部分退款"}

    work = take_in(agent, shop, "taobao", item)

    assert (counts(work), Refund.objects.count()) == ((0, 1, 0, 0), 0)
    assert "how much" in PlatformProblem.objects.get(kind="late").reason


def test_an_unpaid_order_is_paid_and_an_asked_refund_holds_it(shop: Any, sku: Any, agent: Staff) -> None:
    unpaid = files.TAOBAO_ORDER | {"订单状态": "等待买家付款", "买家实际支付金额": "0.00", "订单付款时间 ": ""}
    take_in(agent, shop, "taobao", unpaid)
    take_in(agent, shop, "taobao", files.TAOBAO_ITEM | {"订单状态": "等待买家付款"})
    assert (the_order().payment_status, the_order().payable_amount) == ("unpaid", Decimal("198.00"))

    assert counts(take_in(agent, shop, "taobao", files.TAOBAO_ORDER)) == (0, 1, 0, 0)

    order = the_order()
    assert (order.payment_status, order.paid_amount) == ("paid", Decimal("198.00"))
    assert not OrderHold.objects.filter(released_at=None).exists()
    asked = files.TAOBAO_ITEM | {"退款状态": "退款中"}
    assert counts(take_in(agent, shop, "taobao", asked)) == (0, 1, 0, 0)
    assert OrderHold.objects.get(released_at=None).code == "customer_question"
    assert counts(take_in(agent, shop, "taobao", asked)) == (0, 0, 1, 0)


def test_a_changed_address_goes_with_the_order_and_an_old_file_does_not_bring_the_old_one_back(
    shop: Any, head: dict[str, str], agent: Staff
) -> None:
    assert counts(take_in(agent, shop, "taobao", head | ELSEWHERE)) == (0, 1, 0, 0)

    place = DeliveryAddress.objects.get()
    assert (place.city, place.district, place.street) == ("广州市", "天河区", "体育西路2号")
    assert counts(take_in(agent, shop, "taobao", head)) == (0, 0, 1, 0)
    assert counts(take_in(agent, shop, "taobao", head | {"收货地址 ": "广东省 深圳市 ****"})) == (0, 0, 1, 0)
    place.refresh_from_db()
    assert place.city == "广州市"


def test_confirmed_receipt_completes_what_was_shipped(shop: Any, shipped: dict[str, str], agent: Staff) -> None:
    work = take_in(agent, shop, "taobao", shipped | {"订单状态": "交易成功"})

    assert (counts(work), the_order().status) == ((0, 1, 0, 0), "completed"), errors(work)


@pytest.mark.sop("O1", "O18", refused=True)
def test_what_has_left_the_house_is_not_cancelled_and_becomes_work(shop: Any, shipped: dict[str, str], agent: Staff) -> None:
    work = take_in(agent, shop, "taobao", shipped | CLOSED)

    assert counts(work) == (0, 1, 0, 0)
    assert (the_order().status, Refund.objects.count()) == ("shipped", 0)
    problem = PlatformProblem.objects.get()
    assert (problem.kind, problem.order_id) == ("late", the_order().pk)
    item = WorkItem.objects.get(subject_id=problem.public_id, closed_at=None)
    page = text_of(agent.client.get(f"/admin/orders/platformproblem/{problem.public_id}/change/"))
    assert f"/admin/orders/order/{the_order().pk}/change/" in page
    assert "stop the parcel" in page
    assert agent.command("platformproblem", problem.pk, "solve", note=" ").status_code == 422
    assert agent.command("platformproblem", problem.pk, "solve", note="拦截成功").status_code == 302
    item.refresh_from_db()
    problem.refresh_from_db()
    assert (problem.state, problem.note, item.closed_at is not None) == ("solved", "拦截成功", True)
    assert counts(take_in(agent, shop, "taobao", shipped | CLOSED)) == (0, 0, 1, 0)


def test_an_address_that_comes_too_late_becomes_work(shop: Any, shipped: dict[str, str], agent: Staff) -> None:
    row = shipped | ELSEWHERE | {"订单状态": "卖家已发货，等待买家确认"}

    assert counts(take_in(agent, shop, "taobao", row)) == (0, 1, 0, 0)

    assert "redirect" in PlatformProblem.objects.get().reason
    assert DeliveryAddress.objects.get().city == "深圳市"
