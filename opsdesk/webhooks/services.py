"""Telling the outside world, in the transaction of what is told."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max

from opsdesk.common.inserts import insert
from opsdesk.webhooks.models import Event


@dataclass(frozen=True)
class News:
    """What happened to a subject. `data` is JSON-ready and holds no more than the REST answer would show."""

    type: str
    subject_kind: str
    subject_id: str
    shop_id: int | None
    data: Mapping[str, Any]


def emit(news: News, *, now: datetime) -> None:
    """Write one event; the caller holds the lock of the subject."""
    emit_many([news], now=now)


def emit_many(news: Sequence[News], *, now: datetime, newborn: bool = False) -> None:
    """Write many events with a fixed number of statements; the caller holds the locks of the subjects.

    `newborn` says that the subjects were made in this transaction, so that nothing has to be looked up.
    """
    last = Counter[tuple[str, str]]() if newborn else _last_sequences(news)
    events = []
    for item in news:
        subject = (item.subject_kind, item.subject_id)
        last[subject] += 1
        events.append(
            Event(
                type=item.type,
                occurred_at=now,
                shop_id=item.shop_id,
                subject_kind=item.subject_kind,
                subject_id=item.subject_id,
                sequence=last[subject],
                data=item.data,
            )
        )
    insert(events)


def _last_sequences(news: Sequence[News]) -> Counter[tuple[str, str]]:
    by_kind: dict[str, set[str]] = defaultdict(set)
    for item in news:
        by_kind[item.subject_kind].add(item.subject_id)
    last = Counter[tuple[str, str]]()
    for kind, ids in by_kind.items():
        rows = Event.objects.filter(subject_kind=kind, subject_id__in=ids).values("subject_id").annotate(last=Max("sequence"))
        last.update({(kind, row["subject_id"]): row["last"] for row in rows})
    return last
