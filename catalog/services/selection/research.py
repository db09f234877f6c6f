"""Looking at the market every week, and writing down what was learned."""

from datetime import date, datetime, time

from django.db import transaction

from catalog.enums.selection import NoteKind, ResearchState
from catalog.models import Category, MarketNote, MarketResearch
from catalog.parameters.selection import RESEARCH_WITHIN
from catalog.rules.selection.lifecycles import RESEARCH_LIFECYCLE
from catalog.rules.selection.market import week_of
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.common.errors import Invalid, Issue
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from opsdesk.duties.definitions import SHOP_TIME
from opsdesk.inbox.services import Work, raise_item, resolve
from opsdesk.parameters.queries import value

RESEARCH, NOTE = "market_research", "market_note"
DUE = "catalog.market_research"


@transaction.atomic
def open_research(*, slot: datetime, now: datetime) -> int:
    """Ask the product desk for the market research of the slot's week; returns how many weeks were opened, 0 or 1.

    SOP: C1
    """
    week = week_of(slot.astimezone(SHOP_TIME).date())
    due_at = datetime.combine(week.starts_on, time(), tzinfo=SHOP_TIME) + value(RESEARCH_WITHIN)
    research, created = MarketResearch.objects.get_or_create(
        week=week.label, defaults={"starts_on": week.starts_on, "ends_on": week.ends_on, "due_at": due_at}
    )
    if not created:
        return 0
    raise_item(Work(DUE, RESEARCH, research.public_id, due_at, params={"week": week.label}), now=now)
    after = {"week": week.label}
    record(Change("selection.research_opened", RESEARCH, research.public_id, after=after), actor=SYSTEM, now=now)
    return 1


@transaction.atomic
def write_note(
    *, research_id: int, kind: str, category_id: int | None, text: str, source: str, actor: Actor, now: datetime
) -> MarketNote:
    """Write down what the research of a week found; the first note finishes the week's work, more may follow.

    Raises: NotFound, Forbidden, Invalid.
    SOP: C1, C26
    """
    research = lock_one(MarketResearch.objects.filter(pk=research_id))
    step = RESEARCH_LIFECYCLE.enter("write_note", research.state, actor)
    note = _create(research, kind, category_id, text, source, actor, now)
    before = research.state
    if before == ResearchState.OPEN:
        research.state, research.done_at, research.done_by = ResearchState(step.target or before), now, actor.label
        research.save(update_fields=["state", "done_at", "done_by"])
        resolve(kind=DUE, subject_ids=[research.public_id], outcome="done", actor=actor, now=now)
    after = {"state": str(research.state), "kind": kind}
    change = Change("selection.research_write_note", RESEARCH, research.public_id, before={"state": before}, after=after)
    record(change, actor=actor, now=now)
    return note


@transaction.atomic
def add_note(*, kind: str, category_id: int | None, text: str, source: str, actor: Actor, now: datetime) -> MarketNote:
    """Write down something learned by the way, outside the weekly research. Raises: Forbidden, Invalid. SOP: C26"""
    actor.require("catalog.add_marketnote")
    note = _create(None, kind, category_id, text, source, actor, now)
    record(Change("selection.note_written", NOTE, str(note.pk), after={"kind": kind}), actor=actor, now=now)
    return note


def _create(
    research: MarketResearch | None,
    kind: str,
    category_id: int | None,
    text: str,
    source: str,
    actor: Actor,
    now: datetime,
) -> MarketNote:
    issues = []
    if kind not in NoteKind.values:
        issues.append(Issue("/kind", "unknown", mark("There is no such kind of note.")))
    if category_id is not None and not Category.objects.filter(pk=category_id).exists():
        issues.append(Issue("/category_id", "unknown_category", mark("There is no such category.")))
    for name, written in (("text", text), ("source", source)):
        if not written.strip():
            issues.append(Issue(f"/{name}", "required", mark("This field is required.")))
    if issues:
        raise Invalid(issues=issues)
    noted_on: date = now.astimezone(SHOP_TIME).date()
    return MarketNote.objects.create(
        research=research,
        kind=kind,
        category_id=category_id,
        text=text.strip(),
        source=source.strip(),
        noted_on=noted_on,
        author_label=actor.label,
    )
