"""The staffing plan of a holiday through its screen."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from opsdesk.accounts.roles import Role
from opsdesk.inbox.models import WorkItem
from support.models import StaffedHour
from tests.builders import NOW, a_shop
from tests.builders.tickets import a_ticket
from tests.builders.times import SHANGHAI
from tests.kit.browser import Staff, text_of
from tests.kit.duties import run
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")
FESTIVAL = "2026-06-19"  # the Dragon Boat Festival; a year before it began on Saturday 31 May
LAST_YEAR = datetime(2025, 5, 31, 10, 0, tzinfo=SHANGHAI)


@pytest.fixture(autouse=True)
def shop(db: None) -> Any:
    return a_shop()


@pytest.fixture
def lead() -> Staff:
    return Staff(Role.OPERATIONS_SUPERVISOR)


@pytest.mark.sop("S20")
def test_last_years_load_asks_for_staff_and_the_plan_ends_the_work(lead: Staff) -> None:
    for number in range(13):  # 13 contacts of 8 minutes are 104 minutes: of 48 each three agents
        a_ticket(opened_at=LAST_YEAR + timedelta(minutes=number))
    a_ticket(opened_at=LAST_YEAR, is_test=True)
    run("support.ask_for_staff", NOW)
    item = WorkItem.objects.get(kind="support.plan_staff")
    assert (item.subject_id, item.params["gap"]) == (FESTIVAL, 3)
    home = text_of(lead.client.get("/admin/"))
    assert f"/admin/support/staffedhour/day/{FESTIVAL}/" in home
    page = text_of(lead.open("support_staffedhour_day", FESTIVAL))
    assert "Hours of agents that are missing: 3" in page
    assert lead.send("support_staffedhour_day", FESTIVAL, hour_10="2").status_code == 302
    item.refresh_from_db()
    assert item.closed_at is None
    assert lead.send("support_staffedhour_day", FESTIVAL, hour_10="3").status_code == 302
    item.refresh_from_db()
    assert (item.outcome, StaffedHour.objects.get().agents) == ("planned", 3)
    run("support.ask_for_staff", NOW)
    assert WorkItem.objects.filter(kind="support.plan_staff", closed_at=None).count() == 0
    assert FESTIVAL in text_of(lead.open("support_staffedhour_changelist"))


@pytest.mark.sop("S20", refused=True)
def test_a_day_that_is_over_and_numbers_that_are_none_are_refused(lead: Staff) -> None:
    agent, before = Staff(Role.CUSTOMER_SERVICE), row_counts()
    past = lead.send("support_staffedhour_day", "2026-06-10", hour_10="3")
    assert (past.status_code, "This day is over." in text_of(past)) == (422, True)
    assert lead.send("support_staffedhour_day", FESTIVAL, hour_10="-1").status_code == 422
    assert lead.send("support_staffedhour_day", FESTIVAL, hour_10="501").status_code == 422
    assert lead.open("support_staffedhour_day", "2026-13-01").status_code == 404
    assert agent.open("support_staffedhour_day", FESTIVAL).status_code == 200
    assert agent.send("support_staffedhour_day", FESTIVAL, hour_10="3").status_code == 403
    assert row_counts() == before


def test_a_range_of_days_is_shown_and_a_wrong_one_is_told(lead: Staff) -> None:
    page = lead.client.get("/admin/support/staffedhour/", {"first": "2026-11-10", "last": "2026-11-12"})
    assert (page.status_code, text_of(page).count("/day/2026-11-1")) == (200, 3)
    wrong = lead.client.get("/admin/support/staffedhour/", {"first": "2026-11-12", "last": "2026-11-10"})
    assert wrong.status_code == 422
    assert Staff(Role.WAREHOUSE).open("support_staffedhour_changelist").status_code == 403
