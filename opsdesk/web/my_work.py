"""What the home page shows: the actor's open work by due time, and what the schedule owes."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from opsdesk.common.actors import Actor
from opsdesk.doors.blocks import shown_to
from opsdesk.doors.words import say
from opsdesk.duties.queries import gaps, heartbeat
from opsdesk.inbox.kinds import REGISTER
from opsdesk.inbox.models import WorkItem
from opsdesk.inbox.queries import queue_for
from opsdesk.inbox.rules import is_breached

SHOWN = 200
SILENT_AFTER = timedelta(minutes=10)  # a schedule that has not ticked for so long stands still


@dataclass(frozen=True)
class Row:
    """One item as the page shows it."""

    item: WorkItem
    label: str
    title: str
    url: str
    breached: bool


def my_work(actor: Actor, *, now: datetime) -> dict[str, Any]:
    """The template's context: rows, counts by kind, gaps of the schedule."""
    items = list(queue_for(actor)[: SHOWN + 1])
    rows = [_row(item, now) for item in items[:SHOWN] if item.kind in REGISTER]
    counts = Counter(row.label for row in rows)
    beat = heartbeat()
    return {
        "rows": rows,
        "more": len(items) > SHOWN,
        "breached": sum(row.breached for row in rows),
        "counts": counts.most_common(),
        "gaps": gaps(now) if actor.can("duties.view_dutyrun") else [],
        "beat_silent_since": beat if beat and now - beat > SILENT_AFTER else None,
        "blocks": shown_to(actor, now),
        "now": now,
    }


def _row(item: WorkItem, now: datetime) -> Row:
    kind = REGISTER[item.kind]
    return Row(
        item=item,
        label=say(kind.label, {}),
        title=say(kind.title, item.params),
        url=kind.url(item.subject_id),
        breached=is_breached(due_at=item.due_at, now=now),
    )
