"""The weekly market research and notes on the market."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from catalog.models import MarketNote, MarketResearch
from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from opsdesk.inbox.models import WorkItem
from tests.builders import NOW, a_category, a_user
from tests.builders.times import at
from tests.kit.browser import Desk, command, text_of
from tests.kit.duties import run
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "db")
DUTY = "catalog.open_research"
NOTE = {"kind": "trend", "text": "Folding flasks rise.", "source": "platform report"}


@pytest.fixture
def desk() -> Desk:
    return Desk(a_user(Role.PRODUCT_SPECIALIST))


@pytest.mark.sop("C1")
def test_every_week_asks_once_and_the_first_note_finishes_it(desk: Desk) -> None:
    category = a_category()
    run(DUTY, NOW)
    run(DUTY, NOW)
    research, item = MarketResearch.objects.get(), WorkItem.objects.get()
    assert (research.week, research.state, research.due_at) == ("2026-W24", "open", at(0))
    assert (item.kind, item.role, item.params, item.due_at) == (
        "catalog.market_research",
        "product_specialist",
        {"week": "2026-W24"},
        at(0),
    )
    assert desk.get("catalog_marketresearch_change", research.public_id).status_code == 200

    form = NOTE | {"category_id": category.pk}
    assert command(desk.client, "catalog_marketresearch", research.pk, "write_note", **form).status_code == 302

    research.refresh_from_db()
    item.refresh_from_db()
    assert (research.state, research.done_at, item.outcome) == ("done", NOW, "done")
    note = MarketNote.objects.get()
    assert (note.research_id, note.category_id, note.kind, note.source) == (
        research.pk,
        category.pk,
        "trend",
        "platform report",
    )
    assert command(desk.client, "catalog_marketresearch", research.pk, "write_note", **NOTE).status_code == 302
    assert (research.notes.count(), AuditEntry.objects.filter(action="selection.research_write_note").count()) == (2, 2)
    run(DUTY, NOW + timedelta(days=7))
    assert list(MarketResearch.objects.order_by("id").values_list("week", flat=True)) == ["2026-W24", "2026-W25"]


@pytest.mark.sop("C1", refused=True)
@pytest.mark.parametrize(
    "changes", [{"text": ""}, {"source": ""}, {"text": "   "}, {"kind": "gossip"}, {"category_id": "9999"}]
)
def test_a_note_that_says_nothing_does_not_finish_the_week(desk: Desk, changes: dict[str, Any]) -> None:
    run(DUTY, NOW)
    research, before = MarketResearch.objects.get(), row_counts()

    answer = command(desk.client, "catalog_marketresearch", research.pk, "write_note", **NOTE | changes)

    assert answer.status_code == 422
    assert "od-alert" in text_of(answer)
    research.refresh_from_db()
    assert (row_counts(), research.state, WorkItem.objects.get().closed_at) == (before, "open", None)


@pytest.mark.sop("C26")
def test_what_is_learned_by_the_way_is_noted_as_well(desk: Desk) -> None:
    answer = desk.post("catalog_marketnote_add", **NOTE | {"kind": "competitor"})
    note = MarketNote.objects.get()
    assert (answer.status_code, note.kind, note.research, note.author_label) == (302, "competitor", None, str(desk.user))
    page = text_of(desk.get("catalog_marketnote_changelist"))
    assert "Folding flasks rise." in page
    assert desk.get("catalog_marketnote_change", note.pk).status_code == 200


@pytest.mark.parametrize("role", [Role.MARKETING, Role.OPERATIONS_MANAGER, Role.WAREHOUSE])
def test_others_read_or_stay_outside(role: Role) -> None:
    run(DUTY, NOW)
    research, desk = MarketResearch.objects.get(), Desk(a_user(role))
    before = row_counts()
    reads = 403 if role == Role.WAREHOUSE else 200
    for name in ("marketresearch", "marketnote"):
        assert desk.get(f"catalog_{name}_changelist").status_code == reads
    assert desk.post("catalog_marketnote_add", **NOTE).status_code == 403
    assert command(desk.client, "catalog_marketresearch", research.pk, "write_note", **NOTE).status_code == 403
    assert desk.client.get(reverse("admin:catalog_marketnote_add")).status_code == 403
    assert row_counts() == before
