"""Interceptions in the browser: asked for by customer service, answered by logistics, checked in by the warehouse."""

from datetime import timedelta
from typing import Any

import pytest

from opsdesk.accounts.roles import Role
from opsdesk.inbox.kinds import REGISTER
from opsdesk.inbox.models import WorkItem
from opsdesk.notifications.models import Notice
from orders.models import Interception
from tests.builders import NOW, a_report, a_shipped_order
from tests.kit.browser import Staff, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def carriers_desk(db: None) -> Staff:
    return Staff(Role.LOGISTICS)


@pytest.fixture
def asked(sku: Any, agent: Staff) -> Interception:
    order = a_shipped_order(tracking_no="SF000000000001")
    answer = agent.command("order", order.pk, "intercept", code="other", reason="changed their mind")
    assert answer.status_code == 302
    return Interception.objects.get()


@pytest.mark.sop("O18")
def test_a_stopped_parcel_is_followed_until_it_is_back(
    asked: Interception, agent: Staff, carriers_desk: Staff, picker: Staff
) -> None:
    page = REGISTER["orders.interception"].url(asked.public_id)
    assert "Carrier sends it back" in text_of(carriers_desk.client.get(page))
    carriers_desk.command("interception", asked.pk, "accept", answer="turned round in Wuhan")
    back = WorkItem.objects.get(kind="orders.interception_back")
    assert (back.role, back.due_at) == ("warehouse", NOW + timedelta(days=7))
    agent.command("interception", asked.pk, "tell_customer", text="it is on its way back")
    a_report("SF000000000001", "returned", NOW)
    back.refresh_from_db()
    assert back.due_at == NOW + timedelta(hours=24)
    assert "Parcel is back" in text_of(picker.client.get(REGISTER[back.kind].url(back.subject_id)))
    picker.command("interception", asked.pk, "receive", condition="unopened, 2 pieces")

    asked.refresh_from_db()
    assert (asked.state, asked.answer, asked.condition, asked.returned_at, asked.closed_at, asked.customer_told_at) == (
        "returned",
        "turned round in Wuhan",
        "unopened, 2 pieces",
        NOW,
        NOW,
        NOW,
    )
    items = WorkItem.objects.order_by("id").values_list("kind", "outcome")
    assert list(items) == [("orders.interception", "accepted"), ("orders.interception_back", "returned")]
    assert Notice.objects.get(kind="orders.parcel_trouble").params["text"] == "it is on its way back"
    assert Notice.objects.filter(kind="orders.parcel_back", user=agent.user, channel="in_app").count() == 1


def test_a_carrier_that_cannot_stop_it_says_why(asked: Interception, carriers_desk: Staff) -> None:
    carriers_desk.command("interception", asked.pk, "accept", answer="")
    carriers_desk.command("interception", asked.pk, "fail", answer="out for delivery already")

    asked.refresh_from_db()
    assert (asked.state, asked.answer, asked.closed_at) == ("failed", "out for delivery already", NOW)
    assert set(WorkItem.objects.values_list("kind", "outcome")) == {
        ("orders.interception", "accepted"),
        ("orders.interception_back", "failed"),
    }


@pytest.mark.sop("O18", refused=True)
@pytest.mark.parametrize(
    ("command", "fields", "says"),
    [
        ("fail", {"answer": " "}, "This field is required"),
        ("receive", {"condition": "fine"}, "is not possible in state requested"),
    ],
)
def test_what_cannot_be_is_refused(asked: Interception, command: str, fields: Any, says: str) -> None:
    everybody = Staff(Role.LOGISTICS, Role.WAREHOUSE)
    before = row_counts()

    answer = everybody.command("interception", asked.pk, command, **fields)

    assert (answer.status_code, says in text_of(answer)) == (422, True)
    assert row_counts() == before


def test_who_may_not_changes_nothing(asked: Interception, agent: Staff, picker: Staff, carriers_desk: Staff) -> None:
    designer = Staff(Role.DESIGNER)
    before = row_counts()

    answers = [
        picker.command("interception", asked.pk, "accept"),
        agent.command("interception", asked.pk, "receive", condition="x"),
        carriers_desk.command("interception", asked.pk, "receive", condition="x"),
        picker.command("order", asked.order_id, "intercept", code="other"),
        designer.open("orders_interception_change", asked.pk),
    ]

    assert [answer.status_code for answer in answers] == [403] * 5
    assert row_counts() == before
    asked.refresh_from_db()
    assert asked.state == "requested"


def test_the_pages_open_and_show_it(asked: Interception, agent: Staff) -> None:
    assert "SF000000000001" in text_of(agent.open("orders_interception_changelist"))
    assert asked.public_id in text_of(agent.open("orders_shipment_change", asked.shipment_id))
