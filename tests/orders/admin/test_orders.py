"""The order list, the page of one order and its buttons."""

from typing import Any

import pytest

from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from orders.models import DeliveryAddress, Order, OrderHold
from tests.builders import NOW, a_released_order, a_shop, a_sku, a_user, an_order
from tests.builders.times import at
from tests.kit.browser import Desk
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")

ADDRESS = {"recipient": "李四", "phone": "13900001111", "province": "浙江省", "city": "杭州市", "district": "西湖区",
           "street": "文三路2号", "postal_code": "310000"}  # fmt: skip
FORMS: dict[str, dict[str, str]] = {
    "hold": {"code": "risk", "reason": "strange"},
    "contact": {"channel": "phone", "outcome": "verified", "answer": "red"},
    "mark_paid": {"amount": "198.00", "method": "bank", "reference": "B1"},
    "change_address": ADDRESS,
    "cancel": {"reason": "changed her mind"},
}


@pytest.fixture
def shop(db: None) -> Any:
    return a_shop()


@pytest.fixture
def sku(shop: Any) -> Any:
    return a_sku(shop, on_hand=10)


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk(a_user(Role.CUSTOMER_SERVICE))


def buttons(page: str) -> list[str]:
    return [part.split('"')[0] for part in page.split('data-command="')[1:]]


def test_every_button_does_what_it_says(shop: Any, sku: Any, desk: Desk) -> None:
    order = an_order(payment={"status": "unpaid"})
    answers = []
    for command, form in (
        ("hold", {"code": "customer_question", "reason": "colour?"}),
        *((name, FORMS[name]) for name in ("contact", "mark_paid", "change_address", "cancel")),
    ):
        assert desk.get("orders_order_command", order.pk, command).status_code == 200
        answers.append(desk.post("orders_order_command", order.pk, command, **form).status_code)

    assert answers == [302] * 5
    order.refresh_from_db()
    assert (order.status, order.payment_status, order.paid_at, order.payment_method) == ("cancelled", "paid", NOW, "bank")
    assert DeliveryAddress.objects.get(order=order).phone == "+8613900001111"
    assert set(OrderHold.objects.values_list("code", "released_at")) == {
        ("awaiting_payment", NOW),
        ("customer_question", NOW),
    }


@pytest.mark.parametrize(
    ("command", "form", "message"),
    [
        ("hold", {"code": "mood"}, "Select a valid choice"),
        ("release_hold", {"code": "risk"}, "The order is not on hold for this: risk"),
        ("mark_paid", {"amount": "-1"}, "greater than or equal to 0"),
        ("mark_paid", {"amount": "198.00"}, "The order is paid already."),
        ("change_address", dict.fromkeys(ADDRESS, " "), "Enter the new address."),
        ("change_address", ADDRESS | {"phone": "12345"}, "This is not a phone number."),
        ("cancel", {"reason": " "}, "This field is required."),
        ("cancel", {"reason": "a\u202eb"}, "It contains a character that is not allowed."),
        ("change_address", ADDRESS | {"street": "a\nb"}, "It must be one line."),
    ],
)
def test_a_refused_button_says_why_and_writes_nothing(
    shop: Any, sku: Any, desk: Desk, command: str, form: dict[str, str], message: str
) -> None:
    order = an_order()
    before = row_counts()

    response = desk.post("orders_order_command", order.pk, command, **form)

    assert response.status_code == 422
    assert message in response.content.decode()
    assert (row_counts(), Order.objects.get(pk=order.pk).version) == (before, order.version)


@pytest.mark.parametrize("command", FORMS)
@pytest.mark.parametrize("role", [Role.WAREHOUSE, Role.DESIGNER])
def test_who_may_not_is_refused_and_nothing_is_written(shop: Any, sku: Any, role: Role, command: str) -> None:
    order, stranger = an_order(), Desk(a_user(role))
    before = row_counts()

    assert stranger.post("orders_order_command", order.pk, command, **FORMS[command]).status_code == 403
    assert row_counts() == before


def test_a_text_is_kept_in_one_form(shop: Any, sku: Any, desk: Desk) -> None:
    order = an_order()

    desk.post("orders_order_command", order.pk, "change_address", **(ADDRESS | {"street": "Cafe\u0301"}))

    assert DeliveryAddress.objects.get(order=order).street == "Caf\u00e9"


def test_the_buttons_are_the_steps_that_are_possible(shop: Any, sku: Any, desk: Desk) -> None:
    paid, unpaid, cancelled = an_order(), an_order(payment={"status": "unpaid"}), an_order()
    desk.post("orders_order_command", cancelled.pk, "cancel", reason="x")

    shown = [buttons(desk.get("orders_order_change", order.pk).content.decode()) for order in (paid, unpaid, cancelled)]

    assert shown == [
        ["compare", "hold", "promise", "note", "cancel", "change_address", "request_invoice", "notices"],
        ["compare", "hold", "release_hold", "contact", "promise", "note", "cancel", "change_address", "mark_paid", "notices"],
        ["note", "notices"],
    ]


def test_the_page_masks_who_the_customer_is(shop: Any, sku: Any, desk: Desk) -> None:
    order = an_order()

    page = desk.get("orders_order_change", order.public_id).content.decode()

    assert [text for text in ("王*", "138****0000", "广东省深圳市南山区***") if text not in page] == []
    assert [text for text in ("王小明", "13800000000", "科技园路") if text in page] == []


def test_looking_at_the_customers_data_leaves_a_trace(shop: Any, sku: Any, desk: Desk) -> None:
    order = an_order()

    response = desk.post("orders_order_reveal", order.pk)

    assert [text for text in ("王小明", "+8613800000000", "科技园路1号") if text not in response.content.decode()] == []
    entry = AuditEntry.objects.get(action="orders.reveal")
    assert (entry.subject_id, entry.actor_label, entry.after) == (order.public_id, desk.user.username, {})


def test_customer_data_is_not_shown_to_others(shop: Any, sku: Any, desk: Desk) -> None:
    order, other = an_order(), a_shop("douyin-01")
    strangers = [Desk(a_user(Role.WAREHOUSE)), Desk(a_user(Role.CUSTOMER_SERVICE, shops=[other]))]
    before = row_counts()

    assert [stranger.post("orders_order_reveal", order.pk).status_code for stranger in strangers] == [403, 404]
    assert desk.get("orders_order_reveal", order.pk).status_code == 405
    assert row_counts() == before


def test_the_list_shows_states_and_what_is_overdue(shop: Any, sku: Any, desk: Desk) -> None:
    an_order()
    late = a_released_order()
    Order.objects.filter(pk=late.pk).update(overdue_at=at(9))

    page = desk.get("orders_order_changelist").content.decode()

    rows = [row for row in page.split("<tr") if "TM20260611-" in row]
    assert [(">Processing<" in row, ">Pending<" in row, ">Overdue<" in row) for row in rows] == [
        (True, False, True),
        (False, True, False),
    ]
