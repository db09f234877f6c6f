"""Who is there to answer customers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Sum
from django.db.models.functions import Coalesce, Greatest, Least

from opsdesk.parameters.queries import value
from support.enums.knowledge import PresenceState
from support.models import AgentPresence, PresenceSpan
from support.parameters.knowledge import AWAY_AFTER
from support.rules.knowledge import wording


@dataclass(frozen=True)
class Standing:
    """An agent, whether they are there now, since when, and how long they were there today."""

    row: AgentPresence
    state: PresenceState
    today: timedelta


def present(now: datetime) -> set[int]:
    """The keys of the agents who take conversations now: online, with a fresh sign of life. One statement. SOP: S19"""
    fresh = AgentPresence.objects.filter(state=PresenceState.ONLINE, seen_at__gt=now - value(AWAY_AFTER))
    return set(fresh.values_list("user", flat=True))


def state_of(user_id: int | None, now: datetime) -> PresenceState:
    """Whether an agent is there now; who has never said so is not. One statement. SOP: S19"""
    row = AgentPresence.objects.filter(user=user_id).first()
    return wording.presence(row.state, row.seen_at, now, value(AWAY_AFTER)) if row else PresenceState.OFFLINE


def board(*, midnight: datetime, now: datetime) -> Sequence[Standing]:
    """Every agent who has ever been there, with the time since `midnight` in which they were. Two statements. SOP: S19"""
    rows = AgentPresence.objects.select_related("user").order_by("user__username")
    spans = PresenceSpan.objects.filter(started_at__lt=now).exclude(ended_at__lte=midnight)
    length = Least(Coalesce("ended_at", now), now) - Greatest(F("started_at"), midnight)
    times = dict(spans.values("user").annotate(there=Sum(length)).values_list("user", "there"))
    away = value(AWAY_AFTER)
    return [
        Standing(row, wording.presence(row.state, row.seen_at, now, away), times.get(row.user_id) or timedelta(0))
        for row in rows
    ]


def gone_silent(now: datetime) -> Sequence[AgentPresence]:
    """Agents who say that they are there, but have given no sign of life for too long."""
    rows = AgentPresence.objects.exclude(state=PresenceState.OFFLINE).filter(seen_at__lte=now - value(AWAY_AFTER))
    return list(rows.select_for_update(of=("self",)).order_by("pk"))
