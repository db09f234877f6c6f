"""My work: what is due, by role, red when it is late, and gone when it is done."""

from datetime import timedelta

import pytest

from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.common.text import mark
from opsdesk.duties.models import DutyState
from opsdesk.duties.queries import TICK
from opsdesk.inbox import kinds
from opsdesk.inbox.kinds import Kind
from opsdesk.inbox.models import WorkItem
from opsdesk.inbox.services import Work, raise_many, resolve
from tests.builders import NOW, a_user
from tests.kit.browser import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
KIND = Kind(
    "tests.call",
    mark("Customers to call"),
    mark("Call the customer"),
    Role.CUSTOMER_SERVICE,
    lambda subject: f"/admin/tests/{subject}/",
    "G2",
)


@pytest.fixture(autouse=True)
def _work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(kinds.REGISTER, KIND.code, KIND)
    raise_many(
        [
            Work("tests.call", "test", "t_later", due_at=NOW + timedelta(hours=2)),
            Work("tests.call", "test", "t_late", due_at=NOW - timedelta(minutes=5)),
            Work("tests.call", "test", "t_other", due_at=NOW, role="warehouse"),
        ],
        now=NOW,
    )


def test_the_work_of_ones_desk_is_listed_by_due_time_and_the_late_is_red() -> None:
    browser = signed_in(a_user(Role.CUSTOMER_SERVICE))
    rows = browser.get("/admin/").context["rows"]
    assert [(row.item.subject_id, row.title, row.url, row.breached) for row in rows] == [
        ("t_late", "Call the customer", "/admin/tests/t_late/", True),
        ("t_later", "Call the customer", "/admin/tests/t_later/", False),
    ]


def test_the_piles_are_counted_by_kind() -> None:
    context = signed_in(a_user(Role.CUSTOMER_SERVICE)).get("/admin/").context
    assert (context["counts"], context["breached"]) == ([("Customers to call", 2)], 1)


def test_finished_work_is_gone() -> None:
    resolve(kind="tests.call", subject_ids=["t_late"], outcome="done", actor=SYSTEM, now=NOW)
    rows = signed_in(a_user(Role.CUSTOMER_SERVICE)).get("/admin/").context["rows"]
    assert [row.item.subject_id for row in rows] == ["t_later"]


def test_claiming_and_giving_back_from_the_home_page() -> None:
    agent = a_user(Role.CUSTOMER_SERVICE)
    browser, item = signed_in(agent), WorkItem.objects.get(subject_id="t_late")

    browser.post(f"/admin/work/{item.public_id}/claim/")
    item.refresh_from_db()
    assert item.owner == agent

    other = signed_in(a_user(Role.CUSTOMER_SERVICE)).post(f"/admin/work/{item.public_id}/claim/", follow=True)
    assert "A colleague has claimed this." in other.content.decode()
    browser.post(f"/admin/work/{item.public_id}/give-back/")
    item.refresh_from_db()
    assert item.owner is None
    assert browser.get(f"/admin/work/{item.public_id}/claim/").status_code == 405


def test_a_schedule_that_stands_still_is_seen_by_everybody() -> None:
    DutyState.objects.create(name=TICK, since=NOW - timedelta(minutes=11))
    assert "The schedule has stood still" in signed_in(a_user(Role.WAREHOUSE)).get("/admin/").content.decode()
    DutyState.objects.filter(name=TICK).update(since=NOW - timedelta(minutes=9))
    assert "The schedule has stood still" not in signed_in(a_user(Role.WAREHOUSE)).get("/admin/").content.decode()


def test_the_home_page_is_for_staff_only() -> None:
    outsider = a_user()
    outsider.is_staff = False
    outsider.save()
    assert signed_in(outsider).get("/admin/").status_code == 302


def test_the_page_costs_the_same_statements_however_much_is_due(django_assert_max_num_queries: object) -> None:
    browser = signed_in(a_user(Role.CUSTOMER_SERVICE))
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def statements() -> int:
        with CaptureQueriesContext(connection) as seen:
            browser.get("/admin/")
        return len(seen)

    few = statements()
    raise_many([Work("tests.call", "test", f"t_{n}", due_at=NOW) for n in range(50)], now=NOW)
    assert statements() == few
    assert few <= 12
