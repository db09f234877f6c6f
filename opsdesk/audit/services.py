"""Recording what was done, in the transaction that does it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from opsdesk.audit.models import AuditEntry
from opsdesk.common.actors import Actor
from opsdesk.common.inserts import insert


@dataclass(frozen=True)
class Change:
    """A state change to be recorded. `shop` is the shop's code; before and after hold what changed, no personal data."""

    action: str
    subject_kind: str
    subject_id: str
    shop: str = ""
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""


def record(change: Change, *, actor: Actor, now: datetime) -> None:
    """Write one entry. SOP: G16"""
    record_many([change], actor=actor, now=now)


def record_many(changes: Iterable[Change], *, actor: Actor, now: datetime) -> None:
    """Write one entry for each change, in one statement. SOP: G16"""
    insert(
        AuditEntry(
            at=now,
            actor_kind=actor.kind,
            actor_id=actor.id,
            actor_label=actor.label,
            request_id=actor.request_id,
            shop=change.shop,
            action=change.action,
            subject_kind=change.subject_kind,
            subject_id=change.subject_id,
            before=change.before,
            after=change.after,
            reason=change.reason,
        )
        for change in changes
    )
