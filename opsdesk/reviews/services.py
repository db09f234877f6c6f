"""Asking for a judgement and giving it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Forbidden, Invalid, Stale
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from opsdesk.reviews.enums import ReviewState
from opsdesk.reviews.models import ReviewRequest
from opsdesk.reviews.rules import is_independent

VERDICTS = frozenset({ReviewState.APPROVED, ReviewState.RETURNED, ReviewState.REJECTED})


@dataclass(frozen=True)
class Content:
    """What is to be judged, pinned by its hash, and who may not judge it."""

    kind: str
    subject_kind: str
    subject_id: str
    content_hash: str
    author_id: int | None
    last_editor_id: int | None
    previous_reviewer_id: int | None = None
    shop_id: int | None = None


@dataclass(frozen=True)
class Verdict:
    """A decision on the content that the reviewer saw; anything but an approval gives reasons."""

    state: ReviewState
    seen_hash: str
    reasons: Sequence[str] = ()
    note: str = ""


@transaction.atomic
def request(*, content: Content, stage: str, due_at: datetime, actor: Actor, now: datetime) -> ReviewRequest:
    """Open one stage of judgement. SOP: C13"""
    review = ReviewRequest.objects.create(
        kind=content.kind,
        stage=stage,
        subject_kind=content.subject_kind,
        subject_id=content.subject_id,
        shop_id=content.shop_id,
        content_hash=content.content_hash,
        requested_at=now,
        due_at=due_at,
        author_id=content.author_id,
        last_editor_id=content.last_editor_id,
        previous_reviewer_id=content.previous_reviewer_id,
    )
    after = {"stage": stage, "content_hash": content.content_hash}
    record(Change("reviews.requested", content.subject_kind, content.subject_id, after=after), actor=actor, now=now)
    return review


@transaction.atomic
def decide(*, review_id: int, verdict: Verdict, permission: str, actor: Actor, now: datetime) -> ReviewRequest:
    """Give the judgement of a stage.

    Raises: Forbidden (no permission; author, last editor or reviewer of the stage before, superusers included),
    Conflict (decided already), Stale (another content than the one that was seen), Invalid (no reason given).
    SOP: C13
    """
    actor.require(permission)
    review = lock_one(ReviewRequest.objects.filter(pk=review_id))
    if not is_independent(
        reviewer=actor.staff_id,
        author=review.author_id,
        last_editor=review.last_editor_id,
        previous=review.previous_reviewer_id,
    ):
        raise Forbidden(mark("Author, last editor and the reviewer of the stage before may not decide."), code="four_eyes")
    if review.state != ReviewState.PENDING:
        raise Conflict(mark("This review is decided already."), code="already_decided")
    if verdict.seen_hash != review.content_hash:
        raise Stale(mark("The content has changed since you opened it; look at it again."))
    if verdict.state not in VERDICTS:
        raise Invalid(mark("Unknown decision."), code="unknown_decision")
    if verdict.state != ReviewState.APPROVED and not verdict.reasons:
        raise Invalid(mark("A reason is required."), code="reason_required")
    review.state, review.decided_by_id, review.decided_at = verdict.state, actor.staff_id, now
    review.reasons, review.note = list(verdict.reasons), verdict.note
    review.save(update_fields=["state", "decided_by", "decided_at", "reasons", "note"])
    change = Change(
        f"reviews.{verdict.state}",
        review.subject_kind,
        review.subject_id,
        before={"state": ReviewState.PENDING},
        after={"state": verdict.state, "stage": review.stage, "content_hash": review.content_hash},
        reason="; ".join(verdict.reasons),
    )
    record(change, actor=actor, now=now)
    return review


def withdraw(*, kind: str, subject_id: str) -> int:
    """Close pending reviews whose content is no longer up for judgement; returns how many."""
    pending = ReviewRequest.objects.filter(kind=kind, subject_id=subject_id, state=ReviewState.PENDING)
    return pending.update(state=ReviewState.WITHDRAWN)
