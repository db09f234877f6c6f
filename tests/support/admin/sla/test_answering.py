"""Clocks and the average of the shift in the browser."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from support.admin.sla.pages import shown_span
from support.admin.sla.panel import ticket_panel
from support.enums.tickets import Channel
from support.models import Team, Ticket, TicketClock
from support.services.sla import clocks
from tests.builders import NOW, a_shop, an_actor
from tests.builders.tickets import a_ticket
from tests.builders.times import at
from tests.kit.browser import Staff, text_of
from tests.kit.duties import run
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")
MS, SECOND, MINUTE = timedelta(milliseconds=1), timedelta(seconds=1), timedelta(minutes=1)
NOON = at(12)


@pytest.fixture(autouse=True)
def noon(db: None, clock: Any) -> Any:
    clock.move_to(NOON)
    return a_shop()


@pytest.fixture
def agent() -> Staff:
    return Staff(Role.CUSTOMER_SERVICE)


def waiting(minutes: int, **columns: Any) -> Ticket:
    ticket = a_ticket(opened_at=NOON - minutes * MINUTE, **columns)
    clocks.ticket_opened(ticket, SYSTEM, ticket.opened_at)
    return ticket


def answered(minutes: int, **columns: Any) -> Ticket:
    ticket = waiting(60, **columns)
    said = ticket.opened_at + minutes * MINUTE
    clocks.person_answered(ticket, said, SYSTEM, said)
    return ticket


def budget(staff: Staff, **query: str) -> str:
    return text_of(staff.client.get("/admin/support/ticketclock/budget/", query))


@pytest.mark.sop("S4a")
def test_the_page_says_how_much_time_is_left_and_who_hurts_most(agent: Staff) -> None:
    answered(20), answered(10)
    worst = waiting(25)
    waiting(5)
    page = budget(agent)
    # 20 + 10 answered, 25 + 5 waiting: 60 of 4 are 15 on average; two may wait 30 minutes more
    for said in ("15 min", "30 min", f"{worst.number}</a> 25 min"):
        assert said in page
    rows = budget(agent, desk=str(worst.shop_id))
    assert (rows.count("20 min"), rows.count("10 min")) == (1, 1)
    assert "Hurts most" in text_of(agent.client.get("/admin/"))


@pytest.mark.sop("S4a", refused=True)
def test_who_has_nothing_to_do_with_tickets_sees_no_averages() -> None:
    staff = Staff(Role.WAREHOUSE)
    before = row_counts()
    assert staff.open("support_ticketclock_budget").status_code == 403
    assert staff.open("support_ticketclock_changelist").status_code == 403
    assert "Hurts most" not in text_of(staff.client.get("/admin/"))
    assert row_counts() == before


def test_desks_are_teams_as_well_and_another_shops_tickets_are_not_seen(agent: Staff) -> None:
    team = Team.objects.create(name="Night")
    answered(12, team=team)
    page = budget(agent, by="team")
    assert ("Night" in page, "12 min" in page) == (True, True)
    other = a_shop(code="other")
    assert "12 min" not in budget(Staff(Role.CUSTOMER_SERVICE, shops=[other]), by="team")
    assert "12 min" in budget(agent, by="team", desk=str(team.pk))
    assert budget(agent, by="nonsense", desk="x") != ""


def test_the_averages_cost_as_many_statements_for_many_as_for_one(agent: Staff) -> None:
    def cost(number: int) -> int:
        for _ in range(number):
            answered(3), waiting(2)
        with CaptureQueriesContext(connection) as log:
            budget(agent)
        return len(log)

    cost(1)
    assert cost(1) == cost(30)


@pytest.mark.sop("S3")
def test_a_late_first_answer_opens_the_queue_of_that_second(agent: Staff) -> None:
    for _ in range(3):
        waiting(5, channel=Channel.CHAT)
    quick = waiting(6, channel=Channel.CHAT)
    said = quick.opened_at + 10 * SECOND
    clocks.person_answered(quick, said, SYSTEM, said)
    run("support.sweep_clocks", NOON)
    page = text_of(agent.client.get("/admin/support/ticketclock/", {"kind__exact": "first_response_live", "state": "breached"}))
    assert (page.count("Overdue</span>"), quick.number in page) == (3, False)
    row = TicketClock.objects.filter(kind="first_response_live", breached_at__isnull=False)[0]
    text = text_of(agent.open("support_ticketclock_change", row.pk))
    assert "3 conversations waited for a person; in the hour before, 4 began, 1 answered." in text
    assert "2026-06-11 11:55:10.000" in text


@pytest.mark.sop("S3", refused=True)
def test_nobody_moves_a_clock_by_hand(agent: Staff) -> None:
    waiting(5, channel=Channel.CHAT)
    row, lead = TicketClock.objects.all()[0], Staff(Role.OPERATIONS_SUPERVISOR)
    before = row_counts()
    assert lead.send("support_ticketclock_change", row.pk, due_at="2027-01-01").status_code == 403
    assert lead.client.post("/admin/support/ticketclock/add/").status_code == 403
    assert (row_counts(), TicketClock.objects.get(pk=row.pk).due_at) == (before, row.due_at)


@pytest.mark.parametrize("state", ["running", "paused", "met", "late", "breached", "ended", "other"])
def test_the_list_is_filtered_by_how_clocks_stand_now(agent: Staff, state: str) -> None:
    waiting(31), waiting(1), answered(30), answered(31)
    paused = waiting(2)
    clocks.waiting(paused, SYSTEM, NOON)
    clocks.merged(waiting(3), waiting(4), SYSTEM, NOON)
    page = text_of(agent.client.get("/admin/support/ticketclock/", {"state": state}))
    labels = ("Running", "Paused", "In time", "Late", "Overdue", "Ended without an answer")
    found = [page.count(f"{label}</span>") for label in labels]
    expected = {"running": 2, "paused": 1, "met": 1, "late": 1, "breached": 1, "ended": 1}
    assert found == ([*expected.values()] if state == "other" else [n * (s == state) for s, n in expected.items()])


def test_spans_are_said_in_their_units() -> None:
    spans = [None, 0, 10_001, 59_999, 60_000, 61_000, 3_600_000, 5_461_000, -90_000, 172_800_000]
    said = ["–", "0 s", "10.001 s", "59.999 s", "1 min", "1 min 1 s", "1 h", "1 h 31 min", "−1 min 30 s", "48 h"]
    assert [shown_span(span) for span in spans] == said


def test_the_ticket_shows_its_clocks_and_the_way_to_a_promise() -> None:
    ticket = waiting(1, type="complaint")
    agent = an_actor(Role.CUSTOMER_SERVICE)
    shown = ticket_panel(ticket, agent, NOON)
    assert [row["state"] for row in shown["clocks"]] == ["running"]
    assert shown["give_url"].endswith(f"/promise/give/{ticket.public_id}/")
    assert shown["grounds_url"].endswith(f"/complaintreview/write/{ticket.public_id}/")
    auditor = ticket_panel(ticket, an_actor(Role.AUDITOR), NOON + 30 * MINUTE + MS)
    assert (auditor["give_url"], auditor["grounds_url"], auditor["clocks"][0]["state"]) == ("", "", "breached")
    assert NOW < NOON
