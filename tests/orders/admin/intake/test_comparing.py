"""The clerk compares an order side by side."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opsdesk.accounts.roles import Role
from orders.enums.intake import ComparedField
from orders.models import Order, OrderComparison, OrderHold
from tests.builders import NOW, an_order, an_order_body
from tests.builders.rounds import a_round
from tests.builders.times import at
from tests.kit.browser import Staff, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")

ALL = ComparedField.values


def send(staff: Staff, order: Order, **form: Any) -> Any:
    form = {"version": Order.objects.get(pk=order.pk).version, "result": "checked", "fields": ALL} | form
    return staff.send("orders_order_compare", order.pk, **form)


@pytest.mark.sop("O4")
def test_the_clerk_ticks_what_was_compared(sku: Any, agent: Staff) -> None:
    order = an_order(address=an_order_body()["address"] | {"province": "广东"})

    answer = send(agent, order, note="the province is short for the same")

    assert (answer.status_code, answer.url) == (302, f"/admin/orders/order/{order.pk}/change/")
    row = OrderComparison.objects.get()
    assert (row.order_id, row.at, row.by, row.result) == (order.pk, NOW, agent.user.username, "checked")
    assert (row.fields, row.differing, row.note) == (ALL, ["address"], "the province is short for the same")


@pytest.mark.sop("O4", refused=True)
@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({"fields": ["price"]}, "Compare these as well: product, specification, quantity, address, contact"),
        ({"note": ""}, "Something differs: write down why the order may go on."),
        ({"version": 77}, "The order has changed since the page was opened; look at it again."),
        ({"result": "held", "hold_code": "risk", "note": ""}, "Choose why the order is held, and write it down."),
        ({"result": "held", "hold_code": "mood", "note": "x"}, "Choose why the order is held, and write it down."),
        ({"fields": ["colour"]}, "Select a valid choice"),
    ],
)
def test_an_incomplete_comparison_is_refused(sku: Any, agent: Staff, form: dict[str, Any], message: str) -> None:
    order = an_order(address=an_order_body()["address"] | {"province": "广东"})
    before = row_counts()

    refused = send(agent, order, **form)

    assert (refused.status_code, message in text_of(refused)) == (422, True)
    assert row_counts() == before


def test_what_does_not_match_is_held_with_the_fields_as_evidence(sku: Any, agent: Staff) -> None:
    order = an_order()

    send(agent, order, result="held", fields=["price"], hold_code="customer_question", note="really two?")

    assert OrderHold.objects.values_list("code", "reason").get() == ("customer_question", "really two?")
    assert OrderComparison.objects.values_list("result", "fields").get() == ("held", ["price"])


def test_the_page_shows_both_sides_and_marks_what_differs(sku: Any, agent: Staff) -> None:
    buyer = {"external_id": "b-9", "name": "王小明", "phone": None, "email": None}
    an_order(customer=buyer, quantity=1)
    lines = [{"sku": "TS-RED-M", "quantity": 3, "unit_price": "89.00", "discount": "0.00"}]
    home = an_order_body()["address"] | {"street": "广东省深圳市科技园路2号", "phone": "138-0000-0000"}
    order = an_order(customer=buyer, lines=lines, address=home)

    page = text_of(agent.open("orders_order_compare", order.pk))

    for text in ("at most 1 in earlier orders", "89.00", "广东省深圳市科技园路2号", "***-****-0000", "read otherwise"):
        assert text in page, text
    assert "The buyer has never had a parcel sent to this address." in page
    assert "13800000000" not in page
    assert page.count('<span class="od-badge od-red">differs</span>') == 2 + 4  # of the line, and of the fields


def test_from_a_round_the_clerk_returns_to_it_and_the_round_says_who_compared(shop: Any, sku: Any, agent: Staff) -> None:
    order = an_order()
    round_ = a_round(shop, slot=at(9))

    answer = send(agent, order)

    assert answer.url == f"/admin/orders/checkround/{round_.public_id}/change/#order-{order.pk}"
    assert f"compared by {agent.user.username}" in text_of(agent.open("orders_checkround_change", round_.public_id))


def test_the_page_costs_the_same_statements_for_any_number_of_earlier_orders(sku: Any, agent: Staff) -> None:
    buyer, counts = {"external_id": "b-8", "name": "", "phone": None, "email": None}, []
    for earlier in (3, 8):
        for _ in range(earlier):
            order = an_order(customer=buyer, quantity=1)
        agent.open("orders_order_compare", order.pk)
        with CaptureQueriesContext(connection) as statements:
            assert agent.open("orders_order_compare", order.pk).status_code == 200
        counts.append(len(statements))

    assert counts[0] == counts[1]


def test_the_page_is_for_those_who_decide(sku: Any) -> None:
    order = an_order()

    assert Staff(Role.WAREHOUSE).open("orders_order_compare", order.pk).status_code == 403
    assert Staff(Role.PRODUCT_SPECIALIST).open("orders_order_compare", order.pk).status_code == 200
    assert "科技园路" not in text_of(Staff(Role.PRODUCT_SPECIALIST).open("orders_order_compare", order.pk))
    assert Staff(Role.CUSTOMER_SERVICE).open("orders_order_compare", 999_999).status_code == 404
