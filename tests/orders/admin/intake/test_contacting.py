"""Asking the customer of a held order, in the browser."""

from typing import Any

import pytest

from opsdesk.accounts.roles import Role
from opsdesk.inbox.models import WorkItem
from orders.models import CustomerContact, DeliveryAddress, Order, OrderHold
from tests.builders import NOW, an_order, an_order_body
from tests.kit.browser import Staff, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")

ADDRESS = an_order_body()["address"]
CALLED = {"channel": "phone", "outcome": "verified", "answer": "深圳，没错"}


@pytest.fixture
def order(sku: Any) -> Order:
    """Held for its city."""
    return an_order(address=ADDRESS | {"city": ""})


def open_holds(order: Order) -> list[str]:
    return list(OrderHold.objects.filter(order=order, released_at=None).values_list("code", flat=True))


def work() -> list[tuple[str, str]]:
    return list(WorkItem.objects.filter(kind="orders.contact_customer").order_by("id").values_list("role", "outcome"))


@pytest.mark.sop("O5")
def test_a_verified_answer_corrects_the_address_and_lets_the_order_go_on(order: Order, agent: Staff) -> None:
    assert work() == [("customer_service", "")]

    answer = agent.command("order", order.pk, "contact", **CALLED, corrected="on", **ADDRESS)

    assert answer.status_code == 302
    contact = CustomerContact.objects.get()
    assert (contact.at, contact.by, contact.channel, contact.outcome, contact.corrected) == (
        NOW,
        agent.user.username,
        "phone",
        "verified",
        ["city"],
    )
    assert (open_holds(order), DeliveryAddress.objects.get().city) == ([], "深圳市")
    assert work() == [("customer_service", "answered")]


@pytest.mark.sop("O5", refused=True)
def test_a_person_does_not_lift_a_customers_hold_before_the_customer_has_answered(sku: Any, agent: Staff) -> None:
    order = an_order()
    agent.command("order", order.pk, "hold", code="customer_question", reason="size?")
    agent.command("order", order.pk, "contact", channel="chat", outcome="waiting", answer="will look")
    before = row_counts()

    refused = agent.command("order", order.pk, "release_hold", code="customer_question", reason="I think so")

    assert refused.status_code == 422
    assert "Contact the customer first and record that the order is verified: customer_question" in text_of(refused)
    assert (row_counts(), open_holds(order)) == (before, ["customer_question"])


def test_an_address_that_a_person_corrects_waits_for_the_customers_word(order: Order, agent: Staff) -> None:
    agent.command("order", order.pk, "change_address", **ADDRESS)
    assert open_holds(order) == ["address"]

    agent.command("order", order.pk, "contact", **CALLED)
    assert open_holds(order) == []


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({"channel": "phone", "outcome": "verified", "answer": " "}, "Write down what the customer said."),
        (CALLED, "Ask for what is still missing: city"),
        (
            CALLED | {"outcome": "waiting", "corrected": "on", **ADDRESS},
            "An address is corrected when the customer has verified",
        ),
        (CALLED | {"corrected": "on"}, "Tick that the address is another one, and fill it in."),
        (CALLED | {"corrected": "on", **ADDRESS, "phone": "12"}, "This is not a phone number."),
        (CALLED | {"channel": "shop"}, "Select a valid choice"),
    ],
)
def test_an_incomplete_answer_is_refused(order: Order, agent: Staff, form: dict[str, str], message: str) -> None:
    before = row_counts()

    refused = agent.command("order", order.pk, "contact", **form)

    assert (refused.status_code, message in text_of(refused)) == (422, True)
    assert (row_counts(), open_holds(order)) == (before, ["address"])


def test_after_three_attempts_in_vain_the_supervisor_takes_over(order: Order, agent: Staff) -> None:
    for _ in range(3):
        agent.command("order", order.pk, "contact", channel="phone", outcome="unreachable")

    assert work() == [("customer_service", "unreachable")] * 3 + [("operations_supervisor", "")]


def test_where_nothing_waits_for_the_customer_nobody_is_asked(sku: Any, agent: Staff) -> None:
    order = an_order()

    refused = agent.command("order", order.pk, "contact", **CALLED)

    assert "No hold of this order waits for the customer." in text_of(refused)
    assert CustomerContact.objects.count() == 0


def test_another_role_records_no_answers(order: Order) -> None:
    assert Staff(Role.WAREHOUSE).command("order", order.pk, "contact", **CALLED).status_code == 403
