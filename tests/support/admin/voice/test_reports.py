"""The archive and the periodic reports in the browser."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opsdesk.accounts.roles import Role
from opsdesk.inbox.kinds import REGISTER
from opsdesk.inbox.models import WorkItem
from support.models import ArchiveEntry, ReportTask, Ticket, VoiceReport
from tests.builders import NOW, a_shop
from tests.builders.tickets import a_ticket
from tests.builders.times import SHANGHAI
from tests.kit.browser import Staff, text_of
from tests.kit.duties import run
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "shop")
DAY = timedelta(days=1)
MONDAY = datetime(2026, 6, 8, 7, 30, tzinfo=SHANGHAI)


def archived(said: str = "杯子尺码不符，想换货", **columns: Any) -> Ticket:
    given = {
        "state": "archived",
        "archived_at": NOW,
        "resolved_at": NOW - DAY,
        "solution_type": "exchange",
        "solution": "已换货",
    }
    ticket = a_ticket(**(given | columns))
    ticket.messages.create(direction="in", author_kind="customer", body=said, said_at=NOW)
    return ticket


def found(staff: Staff, **query: str) -> str:
    return text_of(staff.client.get("/admin/support/archiveentry/", query))


@pytest.mark.sop("S13")
def test_archived_tickets_are_filed_and_found_by_what_was_said(agent: Staff) -> None:
    size, slow = archived(), archived("The parcel is late", type="logistics", subject="Where is my parcel")
    run("support.file_archived", NOW)
    run("support.file_archived", NOW)
    assert ArchiveEntry.objects.count() == 2
    for words, ticket, other in (
        ("尺码", size, slow), ("PARCEL late", slow, size), (size.number, size, slow), ("已换货 尺码不符", size, slow)
    ):  # fmt: skip
        page = found(agent, q=words)
        assert (ticket.number in page, other.number in page) == (True, words.startswith("已换货") and False), words
    assert slow.number in found(agent, type__exact="logistics")
    assert size.number not in found(agent, type__exact="logistics")
    opened = agent.client.get(f"/admin/support/archiveentry/{ArchiveEntry.objects.get(ticket=size).pk}/change/")
    assert opened["Location"] == f"/admin/support/ticket/{size.pk}/change/"
    assert "尺码不符" in text_of(agent.client.get(opened["Location"]))


@pytest.mark.sop("S13", refused=True)
def test_the_archive_is_closed_to_others_and_to_other_shops(agent: Staff) -> None:
    ticket = archived()
    run("support.file_archived", NOW)
    elsewhere = Staff(Role.CUSTOMER_SERVICE, shops=[a_shop(code="other")])
    picker, before = Staff(Role.WAREHOUSE), row_counts()
    assert picker.client.get("/admin/support/archiveentry/").status_code == 403
    assert ticket.number not in found(elsewhere, q="尺码")
    entry = ArchiveEntry.objects.get()
    assert elsewhere.client.get(f"/admin/support/archiveentry/{entry.pk}/change/").status_code == 404
    assert ticket.number not in found(agent, q="码")
    assert ticket.number not in found(agent, q="!!")
    assert row_counts() == before


def test_the_search_goes_by_the_index() -> None:
    archived()
    run("support.file_archived", NOW)
    with connection.cursor() as cursor:
        cursor.execute("SET enable_seqscan = off")
        plan = ArchiveEntry.objects.filter(terms__contains=["尺码"]).explain()
        cursor.execute("RESET enable_seqscan")
    assert "archive_terms" in plan


def test_filing_costs_the_same_for_many() -> None:
    def cost(count: int) -> int:
        for _ in range(count):
            archived()
        with CaptureQueriesContext(connection) as log:
            run("support.file_archived", NOW)
        return len(log)

    cost(1)  # what is made once
    assert cost(2) == cost(20)


def a_week() -> VoiceReport:
    for _ in range(4):
        a_ticket(opened_at=MONDAY - 3 * DAY, type="logistics", channel="chat")
    a_ticket(opened_at=MONDAY - 10 * DAY, type="logistics", channel="phone")
    a_ticket(opened_at=datetime(2026, 6, 8, 0, 0, tzinfo=SHANGHAI))  # belongs to the next week
    run("support.report_week", MONDAY)
    run("support.report_week", MONDAY)
    return VoiceReport.objects.get()


@pytest.mark.sop("S21")
def test_a_report_is_counted_concluded_and_followed_by_tasks(supervisor: Staff) -> None:
    report = a_week()
    assert (report.first, report.last, report.kind) == (date(2026, 6, 1), date(2026, 6, 7), "week")
    assert report.facts["type"] == [{"key": "logistics", "name": "logistics", "now": 4, "before": 1}]
    assert [(row["key"], row["now"], row["before"]) for row in report.facts["channel"]] == [("chat", 4, 0), ("phone", 0, 1)]
    item = WorkItem.objects.get(kind="support.conclude_report")
    page = text_of(supervisor.client.get(REGISTER[item.kind].url(item.subject_id)))
    for text in ("Publish with conclusions", "Logistics: 300 % more tickets (4 instead of 1).", "▲ 300 %"):
        assert text in page
    command = "support_voicereport_command"
    task = {"text": "Ship with two couriers", "role": "logistics", "due_at": "2026-06-20 18:00"}
    assert supervisor.send(command, report.pk, "add_task", **task).status_code == 302
    assert supervisor.send(command, report.pk, "publish", conclusions="Two couriers").status_code == 302
    report.refresh_from_db()
    item.refresh_from_db()
    assert (report.state, report.conclusions, item.closed_at) == ("published", "Two couriers", NOW)
    row, work = ReportTask.objects.get(), WorkItem.objects.get(kind="support.finish_report_task")
    assert (work.role, work.due_at) == ("logistics", row.due_at)
    carrier = Staff(Role.LOGISTICS)
    assert "Task is done" in text_of(carrier.client.get(REGISTER[work.kind].url(work.subject_id)))
    assert carrier.send("support_reporttask_command", row.pk, "finish", result="Signed with ZTO").status_code == 302
    row.refresh_from_db()
    work.refresh_from_db()
    assert (row.state, row.result, work.closed_at) == ("done", "Signed with ZTO", NOW)
    assert "Signed with ZTO" in text_of(supervisor.open("support_voicereport_change", report.pk))


@pytest.mark.sop("S21", refused=True)
def test_a_report_is_not_published_without_conclusions_nor_tasks_made_of_nothing(supervisor: Staff, agent: Staff) -> None:
    report, command, picker = a_week(), "support_voicereport_command", Staff(Role.WAREHOUSE)
    task = {"text": "Ship with two couriers", "role": "logistics", "due_at": "2026-06-20 18:00"}
    before = row_counts()
    assert supervisor.send(command, report.pk, "publish", conclusions=" ").status_code == 422
    assert agent.send(command, report.pk, "publish", conclusions="x").status_code == 403
    late = supervisor.send(command, report.pk, "add_task", **(task | {"due_at": "2026-06-11 08:59"}))
    assert (late.status_code, "The time lies ahead." in text_of(late)) == (422, True)
    assert supervisor.send(command, report.pk, "add_task", **(task | {"text": " "})).status_code == 422
    assert supervisor.send(command, report.pk, "add_task", **(task | {"role": "finance"})).status_code == 422
    assert row_counts() == before
    supervisor.send(command, report.pk, "add_task", **task)
    row = ReportTask.objects.get()
    before = row_counts()
    other = picker.send("support_reporttask_command", row.pk, "finish", result="x")
    assert (other.status_code, "Another desk was asked." in text_of(other)) == (422, True)
    assert supervisor.send("support_reporttask_command", row.pk, "finish", result=" ").status_code == 422
    assert row_counts() == before


def test_what_is_not_done_stands_in_the_next_report(supervisor: Staff) -> None:
    report = a_week()
    task = {"text": "Ship with two couriers", "role": "logistics", "due_at": "2026-06-20 18:00"}
    supervisor.send("support_voicereport_command", report.pk, "add_task", **task)
    run("support.report_week", MONDAY + 7 * DAY)
    following = VoiceReport.objects.latest("pk")
    page = text_of(supervisor.open("support_voicereport_change", following.pk))
    assert "Still open from earlier reports" in page
    assert "Ship with two couriers" in page
    assert "The last periods" in page
    assert page.count("2026-06-01 – 2026-06-07") == 1
    run("support.report_month", datetime(2026, 7, 1, 7, 40, tzinfo=SHANGHAI))
    month = VoiceReport.objects.get(kind="month")
    assert (month.first, month.last, month.facts["now"]["tickets"]) == (date(2026, 6, 1), date(2026, 6, 30), 5)
