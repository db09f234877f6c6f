"""Policies are written as versions; open clocks follow; what a version would change is seen beforehand."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import InternalError, transaction

from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from opsdesk.common.actors import SYSTEM
from opsdesk.common.errors import Invalid, NotFound
from opsdesk.inbox.models import WorkItem
from opsdesk.parameters.queries import forget_cached
from opsdesk.parameters.services import override
from opsdesk.workcalendar.enums import DayType
from opsdesk.workcalendar.services import load_days
from support.enums.sla import ClockKind
from support.models import SlaBasis, SlaPolicy, TicketClock
from support.services.sla import clocks
from support.services.sla.policies import PolicyText, dry_run, withdraw_policy, write_policy
from tests.builders import NOW, a_shop
from tests.builders.tickets import a_ticket
from tests.kit.browser import Staff, text_of
from tests.kit.duties import run
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")
MINUTE = timedelta(minutes=1)
SWEEP = "support.sweep_clocks"


@pytest.fixture(autouse=True)
def shop(db: None) -> Any:
    return a_shop()


@pytest.fixture
def lead() -> Staff:
    return Staff(Role.OPERATIONS_SUPERVISOR)


def form(**changes: Any) -> dict[str, Any]:
    fields = {
        "code": "vip",
        "name": "Urgent",
        "rank": "10",
        "priority": ["urgent"],
        "first_response_workday": "10m",
        "next_response_workday": "10m",
        "from_at": "",
        "reason": "Agreed with the platform",
        **{f"frames_{day}": "00:00-24:00" for day in DayType},
    }
    return fields | changes


def opened(**columns: Any) -> TicketClock:
    ticket = a_ticket(**columns)
    clocks.ticket_opened(ticket, SYSTEM, ticket.opened_at)
    return TicketClock.objects.get(ticket=ticket, kind=ClockKind.FIRST_RESPONSE)


@pytest.mark.sop("S4a")
def test_a_policy_moves_the_open_clocks_of_its_tickets_within_a_minute(lead: Staff) -> None:
    urgent, other = opened(priority="urgent"), opened()
    run(SWEEP, NOW)
    assert lead.send("support_slapolicy_write", **form()).status_code == 302
    run(SWEEP, NOW + MINUTE)
    urgent.refresh_from_db()
    other.refresh_from_db()
    assert (urgent.due_at, urgent.policy) == (NOW + 10 * MINUTE, SlaPolicy.objects.get())
    assert (other.due_at, other.policy) == (NOW + 30 * MINUTE, None)
    entry = AuditEntry.objects.get(action="support.clock_recomputed")
    assert (entry.subject_id, entry.after["target_ms"]) == (urgent.ticket.public_id, 600_000)
    run(SWEEP, NOW + 2 * MINUTE)
    assert AuditEntry.objects.filter(action="support.clock_recomputed").count() == 1


@pytest.mark.sop("S4a", refused=True)
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"first_response_workday": "soon"}, "Write a time such as"),
        ({"first_response_workday": "0s"}, "Write a time such as"),
        ({"first_response_workday": "", "next_response_workday": ""}, "Give at least one target"),
        ({"first_response_workday": "", "first_response_holiday": "1h"}, "Working days need a target"),
        ({"frames_workday": "13:00-12:00"}, "Write frames such as"),
        ({"frames_workday": "09:00-12:00 11:00-18:00"}, "Write frames such as"),
        ({f"frames_{day}": "" for day in DayType}, "never be due"),
        ({"reason": ""}, "This field is required"),
        ({"from_at": "2020-01-01 00:00"}, "from now on"),
    ],
)
def test_an_unclear_policy_is_refused(lead: Staff, changes: dict[str, str], said: str) -> None:
    before = row_counts()
    page = lead.send("support_slapolicy_write", **form(**changes))
    assert (page.status_code, row_counts()) == (422, before)
    assert said in text_of(page)


@pytest.mark.sop("S4b")
def test_a_day_that_the_company_makes_a_holiday_gives_open_clocks_an_hour() -> None:
    row = opened()
    run(SWEEP, NOW)
    load_days(days={NOW.date(): (DayType.HOLIDAY, "Company day")}, actor=SYSTEM, now=NOW)
    run(SWEEP, NOW + MINUTE)
    row.refresh_from_db()
    assert row.due_at == NOW + 60 * MINUTE


@pytest.mark.sop("S4b", refused=True)
def test_a_holiday_target_alone_is_refused(lead: Staff) -> None:
    before = row_counts()
    page = lead.send("support_slapolicy_write", **form(first_response_workday="", first_response_holiday="1h"))
    assert (page.status_code, row_counts()) == (422, before)


def test_a_number_of_the_sop_moves_open_clocks_and_overdue_ones_stay() -> None:
    late, fresh = opened(opened_at=NOW - 40 * MINUTE), opened()
    run(SWEEP, NOW)
    override(code="support.response_time", value=45, reason="winter", actor=SYSTEM, now=NOW)
    forget_cached()
    run(SWEEP, NOW + MINUTE)
    late.refresh_from_db()
    fresh.refresh_from_db()
    assert (late.due_at, late.breached_at) == (NOW - 10 * MINUTE, NOW - 10 * MINUTE)
    assert fresh.due_at == NOW + 45 * MINUTE


def test_the_dry_run_shows_what_would_move_and_writes_nothing(lead: Staff) -> None:
    urgent = opened(priority="urgent")
    opened()
    before = row_counts()
    page = lead.send("support_slapolicy_write", **form(), **{"try": "1"})
    assert (page.status_code, row_counts()) == (200, before)
    text = text_of(page)
    assert "2 open clocks were looked at." in text
    assert (urgent.ticket.number in text, "2026-06-11 09:09:30" in text) == (True, True)
    refused = lead.send("support_slapolicy_write", **form(first_response_workday="", next_response_workday=""), **{"try": "1"})
    assert (refused.status_code, row_counts()) == (422, before)


@pytest.mark.sop("S8")
def test_a_shorter_time_for_solutions_moves_the_tickets_after_the_sale(lead: Staff) -> None:
    ticket = a_ticket(stage="after_sale")
    clocks.ticket_opened(ticket, SYSTEM, NOW)
    run(SWEEP, NOW)
    solution = {"solution_48h_workday": "24h", "priority": [], "always": ["solution_48h"], "frames_workday": "09:00-18:00"}
    assert lead.send("support_slapolicy_write", **form(**solution)).status_code == 302
    run(SWEEP, NOW + MINUTE)
    row = TicketClock.objects.get(kind=ClockKind.SOLUTION)
    assert row.due_at == NOW + timedelta(hours=24)
    assert TicketClock.objects.get(kind=ClockKind.FIRST_RESPONSE).due_at == NOW.replace(hour=9, minute=10, second=0)


@pytest.mark.sop("S8", refused=True)
def test_a_solution_in_a_year_is_no_target(lead: Staff) -> None:
    before = row_counts()
    page = lead.send("support_slapolicy_write", **form(solution_48h_workday="90d"))
    assert (page.status_code, row_counts()) == (422, before)
    assert "Write a time such as" in text_of(page)


def test_the_page_of_a_version_shows_what_the_calendar_makes_of_it(lead: Staff) -> None:
    lead.send("support_slapolicy_write", **form(first_response_holiday="1h", frames_holiday="10:00-16:00"))
    page = text_of(lead.open("support_slapolicy_change", SlaPolicy.objects.get().pk))
    festival = page[page.index("2026-06-19") :][:400]
    assert ("Public holiday" in festival, "10:00-16:00" in festival, ">1 h<" in festival) == (True, True, True)


def test_a_conversation_under_a_policy_keeps_its_ten_seconds(lead: Staff) -> None:
    lead.send("support_slapolicy_write", **form())
    row = opened(priority="urgent", channel="chat")
    live = TicketClock.objects.get(ticket=row.ticket, kind=ClockKind.FIRST_RESPONSE_LIVE)
    assert (live.due_at, live.policy, row.due_at) == (NOW + timedelta(seconds=10), SlaPolicy.objects.get(), NOW + 10 * MINUTE)


def test_versions_follow_one_another_and_an_end_is_a_version(lead: Staff, clock: Any) -> None:
    lead.send("support_slapolicy_write", **form())
    first = SlaPolicy.objects.get()
    assert "Next version" in text_of(lead.open("support_slapolicy_change", first.pk))
    page = lead.client.get(f"/admin/support/slapolicy/write/?like={first.public_id}")
    assert 'value="10m"' in text_of(page)
    clock.move_to(NOW + MINUTE)
    lead = Staff(Role.OPERATIONS_SUPERVISOR)
    assert lead.send("support_slapolicy_write", **form(first_response_workday="20m")).status_code == 302
    assert opened(priority="urgent", opened_at=NOW + MINUTE).due_at == NOW + 21 * MINUTE
    assert lead.send("support_slapolicy_end", "vip", reason="").status_code == 422
    assert lead.send("support_slapolicy_end", "vip", reason="Over").status_code == 302
    assert opened(priority="urgent", opened_at=NOW + MINUTE).due_at == NOW + 31 * MINUTE
    assert list(SlaPolicy.objects.order_by("number").values_list("number", "active")) == [(1, True), (2, True), (3, False)]
    listed = text_of(lead.open("support_slapolicy_changelist"))
    assert ("replaced" in listed, "ended" in listed) == (True, True)
    assert lead.send("support_slapolicy_end", "vip", reason="Again").status_code == 422
    assert lead.open("support_slapolicy_end", "nothing").status_code == 404


def test_a_version_is_never_changed_in_place(lead: Staff) -> None:
    lead.send("support_slapolicy_write", **form())
    with pytest.raises(InternalError), transaction.atomic():
        SlaPolicy.objects.update(rank=1)
    with pytest.raises(InternalError), transaction.atomic():
        SlaPolicy.objects.all().delete()


def test_only_leads_write_policies() -> None:
    agent = Staff(Role.CUSTOMER_SERVICE)
    assert agent.open("support_slapolicy_write").status_code == 403
    assert agent.send("support_slapolicy_write", **form()).status_code == 403
    assert agent.send("support_slapolicy_end", "vip", reason="x").status_code == 403
    assert Staff(Role.WAREHOUSE).open("support_slapolicy_changelist").status_code == 403
    assert SlaPolicy.objects.count() == 0


def test_two_do_not_reckon_at_once_and_a_dead_one_is_followed(lead: Staff) -> None:
    row = opened(priority="urgent")
    run(SWEEP, NOW)
    lead.send("support_slapolicy_write", **form())
    SlaBasis.objects.update(claimed_at=NOW)
    run(SWEEP, NOW + 6 * MINUTE)
    row.refresh_from_db()
    assert row.due_at == NOW + 30 * MINUTE
    run(SWEEP, NOW + 7 * MINUTE)
    row.refresh_from_db()
    assert (row.due_at, SlaBasis.objects.get().claimed_at) == (NOW + 10 * MINUTE, None)


def test_what_a_version_says_is_checked_wherever_it_comes_from() -> None:
    target: dict[str, dict[str, int]] = {"first_response": {"workday": 60_000}}
    frames = {day.value: {"*": ((0, 1440),)} for day in DayType}
    good = PolicyText("P", 1, {}, target, frames)
    before = row_counts()
    for text, reason in ((replace(good, name=" "), "r"), (good, " ")):
        with pytest.raises(Invalid), transaction.atomic():
            write_policy(code="p", text=text, from_at=None, reason=reason, actor=SYSTEM, now=NOW)
    with pytest.raises(NotFound), transaction.atomic():
        withdraw_policy(code="p", reason="r", actor=SYSTEM, now=NOW)
    assert row_counts() == before
    write_policy(code="p", text=good, from_at=None, reason="r", actor=SYSTEM, now=NOW)
    with pytest.raises(Invalid), transaction.atomic():
        withdraw_policy(code="p", reason=" ", actor=SYSTEM, now=NOW)
    later = write_policy(code="q", text=good, from_at=NOW + MINUTE, reason="r", actor=SYSTEM, now=NOW)
    assert "from later on" in text_of(Staff(Role.AUDITOR).open("support_slapolicy_change", later.pk))
    assert dry_run(code="new", text=good, actor=SYSTEM, now=NOW).looked_at == 0


def test_work_that_was_raised_moves_with_its_clock(lead: Staff) -> None:
    opened(priority="urgent", opened_at=NOW - 16 * MINUTE)
    run(SWEEP, NOW)
    lead.send("support_slapolicy_write", **form(first_response_workday="60m"))
    run(SWEEP, NOW + MINUTE)
    item = WorkItem.objects.get(kind="support.answer")
    assert (item.due_at, item.next_step_at) == (NOW + 44 * MINUTE, None)
