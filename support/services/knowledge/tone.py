"""Picking conversations, scoring how the agent spoke, and talking it over."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from opsdesk.audit.services import Change, record, record_many
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.common.errors import Forbidden, Invalid, Issue, NotFound
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from opsdesk.inbox import services as inbox
from opsdesk.parameters.queries import value
from support.enums.knowledge import ToneState
from support.models import Ticket, ToneScore
from support.parameters.knowledge import TONE_POINTS, TONE_SHARE, TONE_TIME
from support.queries.knowledge.tone import spoken
from support.rules.knowledge.lifecycle import TONE_LIFECYCLE
from support.rules.knowledge.wording import is_drawn, state_after

KIND = "tone"
SCORE, TALK = "support.tone_to_score", "support.tone_to_talk_over"
POINTS = ("politeness", "clarity", "helpfulness")
BEST = 5


@transaction.atomic
def pick(*, start: datetime, end: datetime, now: datetime) -> int:
    """Pick the share of the period's conversations that is scored, and one of each agent at least; picking again adds
    nothing. Returns how many.

    SOP: S19
    """
    share = value(TONE_SHARE)
    ended = list(spoken(start, end).select_related("assignee")) if share else []
    drawn = {ticket.pk for ticket in ended if is_drawn(ticket.public_id, share)}
    heard = {ticket.assignee_id for ticket in ended if ticket.pk in drawn} | _heard(start, end)
    for ticket in ended:
        if ticket.assignee_id not in heard:
            heard.add(ticket.assignee_id)
            drawn.add(ticket.pk)
    due = now + value(TONE_TIME)
    rows = [ToneScore(ticket=t, agent=t.assignee, due_at=due) for t in ended if t.pk in drawn and t.assignee]
    ToneScore.objects.bulk_create(rows)
    inbox.raise_many([_work(SCORE, row.ticket, row, due) for row in rows], now=now)
    record_many([_change("picked", row, {}) for row in rows], actor=SYSTEM, now=now)
    return len(rows)


@transaction.atomic(savepoint=False)
def score(
    *,
    score_id: int,
    politeness: int,
    clarity: int,
    helpfulness: int,
    note: str = "",
    actor: Actor,
    now: datetime,
) -> ToneScore:
    """Give the points, 1 to 5 each; a conversation that is not good is talked over with its agent.

    Raises: NotFound, Forbidden (one's own conversation, superusers included), IllegalTransition, Invalid (points, no word
    about a low one).
    SOP: S19
    """
    row = _enter(score_id, "score", actor)
    if actor.staff_id is not None and row.agent_id == actor.staff_id:
        raise Forbidden(mark("Somebody else scores your conversations."))
    points = dict(zip(POINTS, (politeness, clarity, helpfulness), strict=True))
    state = state_after(_judged(points, note), value(TONE_POINTS))
    columns = points | {"state": state, "note": note.strip(), "scorer_id": actor.staff_id}
    _write(row, **columns, scored_by=actor.label, scored_at=now)
    inbox.resolve(kind=SCORE, subject_ids=[row.public_id], outcome=state, actor=actor, now=now)
    if state is ToneState.COACHING:
        inbox.raise_item(_work(TALK, row.ticket, row, now + value(TONE_TIME)), now=now)
    record(_change("scored", row, points), actor=actor, now=now)
    return row


@transaction.atomic(savepoint=False)
def talk_over(*, score_id: int, advice: str, actor: Actor, now: datetime) -> ToneScore:
    """Write down what was agreed with the agent.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (nothing written).
    SOP: S19
    """
    row = _enter(score_id, "talk_over", actor)
    if not advice.strip():
        message = mark("Write down what was agreed.")
        raise Invalid(message, code="required", issues=[Issue("/advice", "required", message)])
    _write(row, state=ToneState.DONE, advice=advice.strip(), talked_at=now)
    inbox.resolve(kind=TALK, subject_ids=[row.public_id], outcome="talked_over", actor=actor, now=now)
    record(_change("talked_over", row, {}), actor=actor, now=now)
    return row


def _heard(start: datetime, end: datetime) -> set[int]:
    picked = ToneScore.objects.filter(ticket__resolved_at__gte=start, ticket__resolved_at__lt=end)
    return set(picked.values_list("agent", flat=True))


def _judged(points: Mapping[str, int], note: str) -> list[int]:
    message = mark("Between 1 and 5.")
    issues = [Issue(f"/{name}", "out_of_range", message) for name, one in points.items() if not 1 <= one <= BEST]
    if issues:
        raise Invalid(message, code="out_of_range", issues=issues)
    if min(points.values()) < value(TONE_POINTS) and not note.strip():
        message = mark("Say what was not good.")
        raise Invalid(message, code="required", issues=[Issue("/note", "required", message)])
    return list(points.values())


def _enter(score_id: int, step: str, actor: Actor) -> ToneScore:
    row = lock_one(ToneScore.objects.filter(pk=score_id).select_related("ticket"))
    if not actor.sees_shop(row.ticket.shop_id):
        raise NotFound()
    TONE_LIFECYCLE.enter(step, row.state, actor)
    return row


def _write(row: ToneScore, **columns: Any) -> None:
    for name, one in columns.items():
        setattr(row, name, one)
    row.save(update_fields=[name.removesuffix("_id") for name in columns])


def _work(kind: str, ticket: Ticket, row: ToneScore, due: datetime) -> inbox.Work:
    return inbox.Work(kind, KIND, row.public_id, due, shop_id=ticket.shop_id, params={"number": ticket.number})


def _change(what: str, row: ToneScore, after: Mapping[str, Any]) -> Change:
    return Change(f"support.tone_{what}", KIND, row.public_id, after={"state": row.state, **after})
