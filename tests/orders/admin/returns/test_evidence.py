"""What a customer is asked to show, and goods that are not accepted and go back to them."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from opsdesk.accounts.roles import Role
from opsdesk.inbox.kinds import REGISTER
from opsdesk.inbox.models import WorkItem
from opsdesk.notifications.models import Notice
from orders.models import ReturnRequest
from tests.builders import NOW, stock_of
from tests.kit.browser import Staff, text_of
from tests.kit.rows import row_counts
from tests.orders.admin.returns.test_returns import MODEL, a_return, inspect, received, state

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def show(agent: Staff, row: ReturnRequest, what: str) -> None:
    number = row.evidence.count()
    file = SimpleUploadedFile(f"{number}.jpg", b"\xff\xd8\xff" + bytes([number]) * 40)
    agent.command(MODEL, row.pk, "add_evidence", file=file, shows=what)


@pytest.mark.sop("S8")
def test_the_clocks_go_on_when_all_that_was_asked_for_is_there(sku: Any, agent: Staff) -> None:
    row = a_return(agent)

    agent.command(MODEL, row.pk, "ask_evidence", reason="the tear, please", kinds=["fault", "package"])
    assert (state(row), row.asked_for) == ("evidence_pending", ["fault", "package"])
    show(agent, row, "other")
    assert (state(row), row.paused_at, row.asked_for) == ("evidence_pending", NOW, ["fault", "package"])
    show(agent, row, "fault")
    assert (state(row), row.asked_for) == ("evidence_pending", ["package"])
    assert Notice.objects.filter(kind="orders.evidence_came", user=agent.user).count() == 2
    assert "The parcel as it came" in text_of(agent.open("orders_returnrequest_change", row.pk))
    show(agent, row, "package")

    assert (state(row), row.paused_at, row.asked_for) == ("requested", None, [])
    assert WorkItem.objects.filter(kind="orders.return_to_decide", closed_at=None).count() == 1


def test_what_the_reasons_demand_is_asked_for_and_customer_service_may_be_content_with_less(sku: Any, agent: Staff) -> None:
    row = a_return(agent)
    agent.command(MODEL, row.pk, "ask_evidence", reason="photos")
    assert (state(row), row.asked_for) == ("evidence_pending", ["fault", "label"])
    show(agent, row, "fault")

    agent.command(MODEL, row.pk, "go_on", reason="the label can be read on it")

    assert (state(row), row.paused_at, row.asked_for) == ("requested", None, [])


@pytest.mark.sop("S8", refused=True)
def test_nobody_else_goes_on_without_evidence(sku: Any, agent: Staff, picker: Staff) -> None:
    row = a_return(agent)
    before = row_counts()

    assert agent.command(MODEL, row.pk, "go_on", reason="x").status_code == 422
    assert agent.command(MODEL, row.pk, "ask_evidence", reason="x", kinds=["moon"]).status_code == 422
    assert picker.command(MODEL, row.pk, "go_on", reason="x").status_code == 403
    assert row_counts() == before


@pytest.mark.sop("O21")
def test_what_is_not_accepted_goes_back_to_the_customer(sku: Any, agent: Staff, picker: Staff) -> None:
    row = received(agent, picker)
    on_hand = stock_of(sku)[0]
    inspect(picker, row, 0, "customer")
    line = row.lines.get()
    assert (state(row), line.inspection, line.disposition, stock_of(sku)[0]) == ("inspected", "rejected", "customer", on_hand)
    item = WorkItem.objects.get(kind="orders.return_to_send_back", closed_at=None)
    page = picker.client.get(REGISTER[item.kind].url(item.subject_id), follow=True)
    assert "Send rejected goods back" in text_of(page)
    agent.command(MODEL, row.pk, "settle", amount="", reason="It was worn.")
    assert state(row) == "completed"
    finish = row.finish_due

    picker.command(MODEL, row.pk, "send_back", carrier="sf", tracking_no="sf77", reason="It was worn, freight collect.")

    item.refresh_from_db()
    assert (state(row), row.finish_due, row.back_tracking_no, row.sent_back_at) == ("completed", finish, "SF77", NOW)
    assert (item.outcome, stock_of(sku)[0]) == ("sent", on_hand)
    page_after = text_of(picker.open("orders_returnrequest_change", row.pk))
    assert ('data-command="send_back"' in page_after, "SF77" in page_after) == (False, True)


@pytest.mark.sop("O21", refused=True)
def test_accepted_goods_stay_and_nothing_is_sent_back_twice(sku: Any, agent: Staff, picker: Staff) -> None:
    row = received(agent, picker)
    before = row_counts()
    refused = inspect(picker, row, 1, "customer")
    assert (refused.status_code, "Only what is not accepted goes back" in text_of(refused)) == (422, True)
    assert row_counts() == before
    inspect(picker, row, 0, "customer")
    given = {"carrier": "sf", "tracking_no": "sf77", "reason": "worn"}
    before = row_counts()

    assert agent.command(MODEL, row.pk, "send_back", **given).status_code == 403
    assert picker.command(MODEL, row.pk, "send_back", **given | {"reason": " "}).status_code == 422
    assert row_counts() == before
    picker.command(MODEL, row.pk, "send_back", **given)
    again = picker.command(MODEL, row.pk, "send_back", **given)
    assert (again.status_code, "There is nothing to send back." in text_of(again)) == (422, True)
    assert Staff(Role.WAREHOUSE).command(MODEL, a_return(agent).pk, "send_back", **given).status_code == 422
