"""Raising, claiming, finishing and escalating work."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from opsdesk.accounts.roles import Role
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Forbidden
from opsdesk.common.locking import lock_many, lock_one
from opsdesk.common.text import inner, mark
from opsdesk.inbox import rules
from opsdesk.inbox.kinds import REGISTER
from opsdesk.inbox.models import WorkItem
from opsdesk.inbox.parameters import MANAGER_AT, REMIND_AT
from opsdesk.inbox.queries import due_for_escalation
from opsdesk.notifications.services import Message, Telling, tell_roles
from opsdesk.parameters.queries import value

BREACH = 100  # percent of the time: the due time itself
ESCALATION_BATCH = 500


@dataclass(frozen=True)
class Work:
    """Work to be raised. `role` replaces the kind's role; `dedupe_key` defaults to kind and subject.

    With `owner_id` it is that person's from the start; they may give it back to the desk. Without `climbs` its own
    ladder stays still: whoever raised it escalates it.
    """

    kind: str
    subject_kind: str
    subject_id: str
    due_at: datetime
    shop_id: int | None = None
    role: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    dedupe_key: str = ""
    owner_id: int | None = None
    climbs: bool = True


def raise_item(work: Work, *, now: datetime) -> None:
    """Raise one item, unless it is open already. SOP: G2"""
    raise_many([work], now=now)


def raise_many(works: Sequence[Work], *, now: datetime) -> None:
    """Raise items in one statement; those that are open already stay as they are. SOP: G2"""
    items = []
    for work in works:
        items.append(
            WorkItem(
                kind=work.kind,
                subject_kind=work.subject_kind,
                subject_id=work.subject_id,
                shop_id=work.shop_id,
                role=work.role or REGISTER[work.kind].role,
                params=dict(work.params),
                dedupe_key=work.dedupe_key or f"{work.kind}:{work.subject_id}",
                raised_at=now,
                owner_id=work.owner_id,
                claimed_at=now if work.owner_id else None,
                due_at=work.due_at,
                next_step_at=rules.step_at(raised_at=now, due_at=work.due_at, percents=_percents(), taken=0)
                if work.climbs
                else None,
            )
        )
    WorkItem.objects.bulk_create(items, ignore_conflicts=True)


@transaction.atomic
def claim(*, item_id: str, actor: Actor, now: datetime) -> WorkItem:
    """Take an item of one's own desk; claiming one's own item again changes nothing.

    Raises: NotFound, Forbidden (another desk's), Conflict (closed, or somebody else has it).
    """
    item = lock_one(WorkItem.objects.filter(public_id=item_id))
    if actor.staff_id is None or item.role not in actor.roles or not (item.shop_id is None or actor.sees_shop(item.shop_id)):
        raise Forbidden()
    if item.closed_at:
        raise Conflict(mark("This work is finished already."), code="already_closed")
    if item.owner_id not in (None, actor.staff_id):
        raise Conflict(mark("A colleague has claimed this."), code="already_claimed")
    if item.owner_id is None:
        item.owner_id, item.claimed_at = actor.staff_id, now
        item.save(update_fields=["owner", "claimed_at"])
    return item


@transaction.atomic
def give_back(*, item_id: str, actor: Actor) -> WorkItem:
    """Return a claimed item to its desk.

    Raises: NotFound, Forbidden (it is not the actor's).
    """
    item = lock_one(WorkItem.objects.filter(public_id=item_id, closed_at=None))
    if actor.staff_id is None or item.owner_id != actor.staff_id:
        raise Forbidden()
    item.owner_id, item.claimed_at = None, None
    item.save(update_fields=["owner", "claimed_at"])
    return item


def pass_on(*, item_ids: Sequence[int], giver_id: int, receiver_id: int, now: datetime) -> int:
    """Give what one person has claimed and not finished to another; returns how many. SOP: G2"""
    items = WorkItem.objects.filter(pk__in=item_ids, owner=giver_id, closed_at=None)
    return items.update(owner=receiver_id, claimed_at=now)


def resolve(*, kind: str, subject_ids: Sequence[str], outcome: str, actor: Actor, now: datetime, dedupe_key: str = "") -> int:
    """Close the open items of a kind on these subjects; returns how many were open. SOP: G2"""
    items = WorkItem.objects.filter(kind=kind, subject_id__in=subject_ids, closed_at=None)
    if dedupe_key:
        items = items.filter(dedupe_key=dedupe_key)
    return items.update(closed_at=now, closed_by=actor.label, outcome=outcome, next_step_at=None)


def move_due(*, kind: str, subject_id: str, due_at: datetime, climbs: bool = True) -> None:
    """Give the open items of a subject another due time; the ladder, if it climbs one, starts again."""
    for item in WorkItem.objects.filter(kind=kind, subject_id=subject_id, closed_at=None):
        item.due_at, item.steps_taken = due_at, 0
        first = rules.step_at(raised_at=item.raised_at, due_at=due_at, percents=_percents(), taken=0)
        item.next_step_at = first if climbs else None
        item.save(update_fields=["due_at", "steps_taken", "next_step_at"])


def escalate(*, now: datetime) -> int:
    """Take every step of the ladder that is due: remind the desk, tell the supervisor, tell the manager.

    Each step is taken once in an episode, however late the sweep comes and whenever it is cut off: a batch is one
    transaction. Returns the number of steps.
    SOP: G2
    """
    steps = 0
    while batch := _escalate_batch(now):
        steps += batch
    return steps


@transaction.atomic
def _escalate_batch(now: datetime) -> int:
    items = lock_many(due_for_escalation(now), limit=ESCALATION_BATCH)
    percents, tellings = _percents(), []
    for item in items:
        while item.next_step_at and item.next_step_at <= now:
            tellings.append(_telling(item))
            item.steps_taken += 1
            item.next_step_at = rules.step_at(
                raised_at=item.raised_at, due_at=item.due_at, percents=percents, taken=item.steps_taken
            )
    tell_roles(tellings, now=now)
    WorkItem.objects.bulk_update(items, ["steps_taken", "next_step_at"])
    return len(tellings)


def _percents() -> list[int]:
    return [value(REMIND_AT), BREACH, value(MANAGER_AT)]


def _telling(item: WorkItem) -> Telling:
    kind, step = REGISTER[item.kind], item.steps_taken
    text = (
        mark("Due soon: %(title)s"),
        mark("Overdue: %(title)s"),
        mark("Long overdue: %(title)s"),
    )[step]
    message = Message(
        kind=f"escalation.{item.kind}",
        key=f"{item.public_id}:{item.due_at.isoformat()}:{step}",
        text=text,
        subject_kind=item.subject_kind,
        subject_id=item.subject_id,
        params={"title": inner(kind.title, item.params)},
    )
    return Telling(message, (item.role, kind.supervisor, Role.OPERATIONS_MANAGER)[step], item.shop_id)
