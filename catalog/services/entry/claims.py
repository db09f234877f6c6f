"""Patterns of claims that listings must not make."""

from datetime import datetime
from typing import Any

from django.db import transaction

from catalog.models import ClaimPattern
from catalog.rules.entry.claims import UnsafePattern, compiled
from catalog.rules.entry.first_claims import FIRST_CLAIMS
from catalog.services.vocabulary import WordRules
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Invalid, Issue
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark

KIND = "claim_pattern"


@transaction.atomic
def sync_claims() -> None:
    """Make the first patterns known; what somebody has changed since stays. SOP: C13"""
    rows = [
        ClaimPattern(
            pattern=claim.text,
            kind=claim.kind,
            severity=claim.severity,
            allow_phrases=list(claim.allowed_in),
            may_override=claim.may_override,
        )
        for claim in FIRST_CLAIMS
    ]
    ClaimPattern.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def add_pattern(*, pattern: str, rules: WordRules, actor: Actor, now: datetime) -> ClaimPattern:
    """Forbid a manner of claiming.

    Raises: Forbidden, Invalid (no pattern that can be used), Conflict (it is known already).
    SOP: C13
    """
    actor.require("catalog.add_claimpattern")
    try:
        compiled(pattern)
    except UnsafePattern as unsafe:
        raise Invalid(issues=[Issue("/pattern", "unsafe_pattern", str(unsafe))]) from None
    if ClaimPattern.objects.filter(pattern=pattern).exists():
        raise Conflict(issues=[Issue("/pattern", "taken", mark("This pattern is known already."))])
    row = ClaimPattern.objects.create(pattern=pattern, **_columns(rules))
    record(Change("catalog.pattern_added", KIND, pattern[:40], after=_columns(rules)), actor=actor, now=now)
    return row


@transaction.atomic
def change_pattern(*, pattern_id: int, rules: WordRules, actor: Actor, now: datetime) -> ClaimPattern:
    """Judge a pattern otherwise, or put it out of force. Raises: Forbidden, NotFound. SOP: C13"""
    actor.require("catalog.change_claimpattern")
    row = lock_one(ClaimPattern.objects.filter(pk=pattern_id))
    columns = _columns(rules)
    before = {name: getattr(row, name) for name in columns}
    ClaimPattern.objects.filter(pk=pattern_id).update(**columns)
    change = Change("catalog.pattern_changed", KIND, row.pattern[:40], before=before, after=columns)
    record(change, actor=actor, now=now)
    row.refresh_from_db()
    return row


def _columns(rules: WordRules) -> dict[str, Any]:
    return {
        "kind": str(rules.kind),
        "severity": str(rules.severity),
        "category_id": rules.category_id,
        "allow_phrases": list(dict.fromkeys(rules.allow_phrases)),
        "is_active": rules.is_active,
        "may_override": rules.may_override,
    }
