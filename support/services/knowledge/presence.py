"""Saying that one is there, and noticing who is not any more."""

from datetime import datetime, timedelta

from django.db import transaction

from opsdesk.audit.services import Change, record, record_many
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.common.errors import Forbidden
from opsdesk.common.text import mark
from opsdesk.parameters.queries import value
from support.enums.knowledge import PresenceState
from support.models import AgentPresence, PresenceSpan
from support.parameters.knowledge import AWAY_AFTER
from support.queries.knowledge.presence import gone_silent

KIND = "presence"
PERMISSION = "support.set_presence"
SIGN = timedelta(seconds=30)  # signs of life nearer than that to the last one write nothing


@transaction.atomic(savepoint=False)
def set_presence(*, state: str, actor: Actor, now: datetime) -> AgentPresence:
    """Say that one is online, busy or offline; saying the same again is a sign of life.

    Raises: Forbidden.
    SOP: S19
    """
    actor.require(PERMISSION)
    if actor.staff_id is None:
        raise Forbidden(mark("Only people are present."))
    new = PresenceState(state)
    defaults = {"state": new, "since": now, "seen_at": now}
    AgentPresence.objects.get_or_create(user_id=actor.staff_id, defaults=defaults | {"state": PresenceState.OFFLINE})
    row = AgentPresence.objects.select_for_update().get(user=actor.staff_id)
    if row.state != new:
        _change(row, new, now)
        record(Change("support.presence_set", KIND, row.public_id, after={"state": new}), actor=actor, now=now)
    row.seen_at = now
    row.save(update_fields=["state", "since", "seen_at"])
    return row


def seen(*, actor: Actor, now: datetime) -> None:
    """A sign of life of whoever is online or busy: their page asks for news. One statement.

    Who has been silent for too long was away, and says anew that they are back.
    SOP: S19
    """
    rows = AgentPresence.objects.filter(user=actor.staff_id, seen_at__lte=now - SIGN, seen_at__gt=now - value(AWAY_AFTER))
    rows.exclude(state=PresenceState.OFFLINE).update(seen_at=now)


@transaction.atomic
def close_silent(*, now: datetime) -> int:
    """Put those offline who have given no sign of life for too long, from their last one on. Returns how many. SOP: S19"""
    rows = gone_silent(now)
    for row in rows:
        _change(row, PresenceState.OFFLINE, row.seen_at)
        row.save(update_fields=["state", "since"])
    changes = [Change("support.presence_lost", KIND, row.public_id, after={"state": row.state}) for row in rows]
    record_many(changes, actor=SYSTEM, now=now)
    return len(rows)


def _change(row: AgentPresence, state: PresenceState, at: datetime) -> None:
    PresenceSpan.objects.filter(user=row.user_id, ended_at=None).update(ended_at=at)
    if state != PresenceState.OFFLINE:
        PresenceSpan.objects.create(user_id=row.user_id, state=state, started_at=at)
    row.state, row.since = state, at
