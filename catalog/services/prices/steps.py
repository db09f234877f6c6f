"""Taking a step with a price change: locking it and moving it. The one place that changes its state."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from catalog.models import PriceChange
from catalog.queries.prices.facts import changes_for
from catalog.rules.findings import Finding
from catalog.rules.prices.lifecycle import PRICE_LIFECYCLE
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Issue
from opsdesk.common.lifecycle import Transition
from opsdesk.common.locking import lock_one

KIND = "price_change"
REVIEW, RETURNED = "catalog.price_review", "catalog.price_change_returned"


def lock_change(change_id: int, actor: Actor) -> PriceChange:
    """Lock a change. Raises: NotFound, also for another shop's."""
    known = changes_for(actor).filter(pk=change_id).values("pk")
    return lock_one(PriceChange.objects.filter(pk__in=known))


def enter(change: PriceChange, name: str, actor: Actor) -> Transition:
    """Leave to take the step. Raises: Forbidden, IllegalTransition."""
    return PRICE_LIFECYCLE.enter(name, change.state, actor)


def move(change: PriceChange, step: Transition, *, actor: Actor, now: datetime, reason: str = "", **columns: Any) -> None:
    """Put a locked change into the step's target state, with its audit entry."""
    before = change.state
    columns["state"] = step.target or before
    for name, found in columns.items():
        setattr(change, name, found)
    PriceChange.objects.filter(pk=change.pk).update(**columns)
    change.refresh_from_db(fields=["version"])
    after = {"state": change.state, "content_hash": change.content_hash}
    record(
        Change(f"prices.{step.name}", KIND, change.public_id, before={"state": before}, after=after, reason=reason[:500]),
        actor=actor,
        now=now,
    )


def as_issues(findings: Sequence[Finding]) -> list[Issue]:
    """The findings that stop a change, as a refusal names them."""
    return [Issue(one.pointer, one.code, one.message, one.params) for one in findings if one.blocks]
