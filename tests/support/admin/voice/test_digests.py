"""Problems, the daily digest and the measures that only their rate closes."""

from datetime import date, timedelta
from typing import Any

import pytest

from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from opsdesk.inbox.kinds import REGISTER
from opsdesk.inbox.models import WorkItem
from opsdesk.notifications.models import Notice
from orders.models import Order
from support.enums.tickets import AuthorKind, Direction
from support.models import DailyDigest, ProblemAction, Ticket, TicketProblem
from tests.builders import NOW, a_shipped_order
from tests.builders.tickets import a_ticket
from tests.kit.browser import Staff, text_of
from tests.kit.duties import run
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "shop")
DUTY = "support.write_digest"
DAY = timedelta(days=1)
YESTERDAY = NOW - DAY
WINDOW = 7 * DAY


def write(staff: Staff, **changes: Any) -> Any:
    fields = {"name": "物流慢", "words": "快递慢\n没更新", "owner_role": "logistics", "position": "1", "active": "on"}
    return staff.send("support_problem_write", **(fields | changes))


def tickets(count: int, *, at: Any = YESTERDAY, text: str = "我的快递慢", **columns: Any) -> list[Ticket]:
    rows = [a_ticket(opened_at=at, type="logistics", **columns) for _ in range(count)]
    for row in rows:
        row.messages.create(direction=Direction.INCOMING, author_kind=AuthorKind.CUSTOMER, body=text, said_at=at)
    return rows


def shipped(count: int, at: Any) -> None:
    for _ in range(count):
        order = a_shipped_order("TS-RED-M", 1)
        Order.objects.filter(pk=order.pk).update(shipped_at=at)


def wanted() -> WorkItem:
    return WorkItem.objects.get(kind="support.act_on_problem", closed_at=None)


@pytest.mark.sop("S12")
def test_a_frequent_problem_becomes_work_of_its_desk_and_only_the_rate_closes_it(sku: Any, supervisor: Staff) -> None:
    assert write(supervisor).status_code == 302
    tickets(5)
    a_ticket(opened_at=YESTERDAY, type="invoice")
    shipped(10, YESTERDAY)
    run(DUTY, NOW)
    run(DUTY, NOW)
    digest = DailyDigest.objects.get()
    assert (digest.day, digest.opened) == (date(2026, 6, 10), 6)
    assert [(line["name"], line["count"]) for line in digest.lines] == [("物流慢", 5), ("invoice", 1)]
    action = ProblemAction.objects.get()
    assert (action.state, action.tickets_before, action.orders_before, action.owner_role) == ("open", 5, 10, "logistics")
    item = wanted()
    assert (item.role, item.due_at) == ("logistics", NOW + 3 * DAY)
    assert Notice.objects.filter(kind="daily_digest").exists()
    page = text_of(supervisor.open("support_dailydigest_change", digest.pk))
    assert "83.3 %" in page
    assert "100.0 %" in page
    behind = text_of(supervisor.open("support_dailydigest_line", digest.pk, 0))
    assert all(row.number in behind for row in Ticket.objects.filter(type="logistics"))

    carrier = Staff(Role.LOGISTICS)
    assert "Decide on a measure" in text_of(carrier.client.get(REGISTER[item.kind].url(item.subject_id)))
    assert (
        carrier.send("support_problemaction_command", action.pk, "take_measure", measure="Another courier").status_code == 302
    )
    action.refresh_from_db()
    assert (action.state, action.judge_at) == ("watched", NOW + WINDOW)
    assert not WorkItem.objects.filter(kind="support.act_on_problem", closed_at=None).exists()

    tickets(3, at=NOW + DAY)
    shipped(10, NOW + DAY)
    run(DUTY, NOW + WINDOW - timedelta(seconds=1))
    action.refresh_from_db()
    assert action.state == "watched"
    run(DUTY, NOW + WINDOW)
    action.refresh_from_db()
    assert (action.state, action.tickets_after, action.orders_after) == ("improved", 3, 10)
    assert action.closed_at == NOW + WINDOW
    assert ProblemAction.objects.count() == 1


@pytest.mark.sop("S12", refused=True)
def test_no_measure_without_a_word_or_by_another_desk_and_none_is_closed_by_hand(sku: Any, supervisor: Staff) -> None:
    write(supervisor)
    tickets(5)
    run(DUTY, NOW)
    action, carrier, picker = ProblemAction.objects.get(), Staff(Role.LOGISTICS), Staff(Role.WAREHOUSE)
    marketing = Staff(Role.MARKETING)
    before = row_counts()
    command = "support_problemaction_command"
    assert carrier.send(command, action.pk, "take_measure", measure=" ").status_code == 422
    other = picker.send(command, action.pk, "take_measure", measure="x")
    assert (other.status_code, "Another desk decides on this." in text_of(other)) == (422, True)
    assert marketing.send(command, action.pk, "take_measure", measure="x").status_code == 403
    assert supervisor.send(command, action.pk, "judge").status_code == 404
    assert write(supervisor, name="Empty", words="\n").status_code == 422
    assert "already" in text_of(write(supervisor))
    assert write(carrier, name="Mine").status_code == 403
    assert row_counts() == before
    action.refresh_from_db()
    assert (action.state, wanted().subject_id) == ("open", action.public_id)


def test_what_did_not_help_is_followed_by_a_new_round(sku: Any, supervisor: Staff) -> None:
    write(supervisor)
    tickets(5)
    shipped(10, YESTERDAY)
    run(DUTY, NOW)
    action = ProblemAction.objects.get()
    supervisor.send("support_problemaction_command", action.pk, "take_measure", measure="Ask them")
    tickets(4, at=NOW + DAY)
    run(DUTY, NOW + WINDOW)
    action.refresh_from_db()
    assert (action.state, action.judge_at) == ("watched", NOW + 2 * WINDOW), "no order left the house: the days go on"
    shipped(10, NOW + DAY)
    run(DUTY, NOW + 2 * WINDOW)
    action.refresh_from_db()
    following = ProblemAction.objects.get(previous=action)
    assert (action.state, following.state, following.round, following.tickets_before) == ("not_improved", "open", 2, 4)
    assert wanted().subject_id == following.public_id
    assert AuditEntry.objects.get(action="support.problem_action_judged").after["after"] == 40.0


def test_four_tickets_in_the_window_are_not_frequent_and_the_fifth_is(supervisor: Staff) -> None:
    write(supervisor)
    tickets(3)
    tickets(1, at=NOW - WINDOW)
    tickets(1, at=YESTERDAY, is_test=True)
    tickets(1, at=NOW - WINDOW - DAY)
    run(DUTY, NOW)
    assert DailyDigest.objects.get().opened == 3
    assert not ProblemAction.objects.exists()
    tickets(1, at=NOW)
    run(DUTY, NOW + DAY)
    assert not ProblemAction.objects.exists(), "the oldest has left the window"
    tickets(1, at=NOW + DAY)
    run(DUTY, NOW + 2 * DAY)
    assert ProblemAction.objects.get().tickets_before == 5
    assert TicketProblem.objects.count() == 7
