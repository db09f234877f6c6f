"""Selection lists: begun, submitted, returned and closed."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from catalog.enums.selection import LineDecision, SelectionState
from catalog.models import SelectionLine, SelectionList
from catalog.parameters.selection import CORRECT_SELECTION, DECIDE_SELECTION
from catalog.rules.selection.lifecycles import SELECTION_LIFECYCLE
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Invalid, Issue, Stale
from opsdesk.common.lifecycle import Transition
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from opsdesk.inbox.services import Work, raise_item, resolve
from opsdesk.parameters.queries import value

KIND = "selection_list"
DECIDE, CORRECT, DRAFTS = "catalog.decide_selection", "catalog.correct_selection", "catalog.draft_selection"


@dataclass(frozen=True)
class ListDetails:
    """What a selection list is for: `sales_target` is the revenue that the selected goods are to bring in the period."""

    title: str
    starts_on: date
    ends_on: date
    sales_target: Decimal


@transaction.atomic
def create_list(*, details: ListDetails, actor: Actor, now: datetime) -> SelectionList:
    """Begin a selection list. Raises: Forbidden, Invalid (period the wrong way round, no target). SOP: C1"""
    actor.require("catalog.add_selectionlist")
    _check(details)
    row = SelectionList.objects.create(
        **asdict(details), author_id=actor.staff_id, author_label=actor.label, writer_ids=_with(actor, [])
    )
    after = {"title": row.title, "sales_target": f"{row.sales_target:.2f}"}
    record(Change("selection.list_created", KIND, row.public_id, after=after), actor=actor, now=now)
    return row


@transaction.atomic
def change_list(*, list_id: int, version: int, details: ListDetails, actor: Actor, now: datetime) -> SelectionList:
    """Change what a list is for, while it is a draft.

    Raises: NotFound, Forbidden, IllegalTransition, Stale, Invalid.
    SOP: C1
    """
    row = lock_list(list_id)
    step = SELECTION_LIFECYCLE.enter("edit", row.state, actor)
    if row.version != version:
        raise Stale()
    _check(details)
    for name, found in asdict(details).items():
        setattr(row, name, found)
    row.writer_ids = _with(actor, row.writer_ids)
    move(row, step, actor=actor, now=now, columns=[*asdict(details), "writer_ids"])
    return row


@transaction.atomic
def submit_list(*, list_id: int, actor: Actor, now: datetime) -> SelectionList:
    """Hand a list to the product supervisor for decision, within the time allowed.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (it has no lines).
    SOP: C1
    """
    row = lock_list(list_id)
    step = SELECTION_LIFECYCLE.enter("submit", row.state, actor)
    if not SelectionLine.objects.filter(selection=row).exists():
        raise Invalid(mark("The list has no lines yet; add one first."), code="no_lines")
    row.submitted_at, row.decide_by = now, now + value(DECIDE_SELECTION)
    row.writer_ids = _with(actor, row.writer_ids)
    move(row, step, actor=actor, now=now, columns=["submitted_at", "decide_by", "writer_ids"])
    resolve(kind=CORRECT, subject_ids=[row.public_id], outcome="submitted", actor=actor, now=now)
    raise_item(Work(DECIDE, KIND, row.public_id, row.decide_by, params={"title": row.title}), now=now)
    return row


@transaction.atomic
def return_list(*, list_id: int, reason: str, actor: Actor, now: datetime) -> SelectionList:
    """Give a list back to be corrected; decisions that were taken already stay.

    Raises: NotFound, Forbidden (also who wrote it), IllegalTransition.
    SOP: C1
    """
    row = lock_list(list_id)
    step = SELECTION_LIFECYCLE.enter("return", row.state, actor)
    require_independent(row, actor)
    row.submitted_at = row.decide_by = None
    move(row, step, actor=actor, now=now, reason=reason, columns=["submitted_at", "decide_by"])
    resolve(kind=DECIDE, subject_ids=[row.public_id], outcome="returned", actor=actor, now=now)
    work = Work(CORRECT, KIND, row.public_id, now + value(CORRECT_SELECTION), params={"title": row.title})
    raise_item(work, now=now)
    return row


@transaction.atomic
def close_list(*, list_id: int, reason: str, actor: Actor, now: datetime) -> SelectionList:
    """Put a list aside: a draft that is given up, or a decided one of which nothing more will be drafted.

    Raises: NotFound, Forbidden, IllegalTransition.
    SOP: C1
    """
    row = lock_list(list_id)
    step = SELECTION_LIFECYCLE.enter("close", row.state, actor)
    move(row, step, actor=actor, now=now, reason=reason)
    for kind in (CORRECT, DRAFTS):
        resolve(kind=kind, subject_ids=[row.public_id], outcome="closed", actor=actor, now=now)
    return row


def lock_list(list_id: int) -> SelectionList:
    """Lock a list. Raises: NotFound."""
    return lock_one(SelectionList.objects.filter(pk=list_id))


def lock_line(line_id: int) -> SelectionLine:
    """Lock a line and its list, the list first. Raises: NotFound."""
    list_id = SelectionLine.objects.filter(pk=line_id).values_list("selection_id", flat=True).first()
    selection = lock_list(list_id or 0)
    line = lock_one(SelectionLine.objects.filter(pk=line_id))
    line.selection = selection
    return line


def require_independent(row: SelectionList, actor: Actor) -> None:
    """Nobody decides on what they have written. Raises: Conflict (superusers included). SOP: C1"""
    if actor.staff_id is None or actor.staff_id == row.author_id or actor.staff_id in row.writer_ids:
        raise Conflict(mark("Whoever wrote the list may not decide on it."), code="four_eyes")


def wrote(row: SelectionList, actor: Actor) -> None:
    """Remember that the actor wrote part of a locked list."""
    row.writer_ids = _with(actor, row.writer_ids)
    SelectionList.objects.filter(pk=row.pk).update(writer_ids=row.writer_ids)


def move(row: SelectionList, step: Transition, *, actor: Actor, now: datetime, reason: str = "", columns: Any = ()) -> None:
    """Take a step with a locked list and keep its changed columns, with the audit entry."""
    before, row.state = row.state, SelectionState(step.target or row.state)
    row.save(update_fields=["state", *columns])
    row.refresh_from_db(fields=["version"])
    change = Change(
        f"selection.list_{step.name}",
        KIND,
        row.public_id,
        before={"state": before},
        after={"state": str(row.state)},
        reason=reason,
    )
    record(change, actor=actor, now=now)


def undecided(row: SelectionList) -> bool:
    """True when a line of the list waits for its decision."""
    return SelectionLine.objects.filter(selection=row, decision=LineDecision.OPEN).exists()


def _check(details: ListDetails) -> None:
    issues = []
    if details.ends_on < details.starts_on:
        issues.append(Issue("/ends_on", "date_out_of_range", mark("The period ends before it starts.")))
    if details.sales_target <= 0:
        issues.append(Issue("/sales_target", "out_of_range", mark("It must be above zero.")))
    if issues:
        raise Invalid(issues=issues)


def _with(actor: Actor, writers: list[int]) -> list[int]:
    return sorted({*writers, *([actor.staff_id] if actor.staff_id else [])})
