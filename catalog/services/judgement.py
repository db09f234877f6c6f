"""Submitting a listing, judging it in two stages by two people, withdrawing it, waiving its margin."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from catalog.enums.listings import ReviewReason, RevisionState
from catalog.errors import ListingBlocked
from catalog.models import ListingRevision
from catalog.parameters.listings import CORRECT_WITHIN, PUBLISH_WITHIN, REVIEW_WITHIN
from catalog.queries.listings import content_of
from catalog.queries.prices.moments import with_lasting_prices
from catalog.rules.listing_lifecycle import LISTING_LIFECYCLE
from catalog.services import listing_steps as steps
from catalog.services.draft_columns import columns_of
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Forbidden, Invalid
from opsdesk.common.lifecycle import Transition
from opsdesk.common.text import mark
from opsdesk.parameters.queries import value
from opsdesk.reviews import services as reviews
from opsdesk.reviews.enums import ReviewState
from opsdesk.reviews.models import ReviewRequest
from opsdesk.reviews.services import Content, Verdict

_STEPS = {
    ("material", ReviewState.APPROVED): "pass_material",
    ("material", ReviewState.RETURNED): "return_material",
    ("material", ReviewState.REJECTED): "reject_material",
    ("final", ReviewState.APPROVED): "release",
    ("final", ReviewState.RETURNED): "return_final",
    ("final", ReviewState.REJECTED): "reject_final",
}


@transaction.atomic
def submit(*, revision_id: int, actor: Actor, now: datetime) -> ListingRevision:
    """Hand a listing to the material review, its content frozen by its hash.

    What came from a table keeps the prices of goods on sale.
    Raises: NotFound, Forbidden, IllegalTransition, ListingBlocked (every error at once).
    SOP: C4, C10, C13
    """
    revision = steps.lock_revision(revision_id, actor)
    step = steps.enter(revision, "submit", actor)
    if revision.keeps_prices:
        _keep_prices(revision, actor, now)
    if issues := steps.blocking(steps.examine(revision)):
        raise ListingBlocked(issues=issues)
    steps.finish_work(revision, "submitted", actor=actor, now=now)
    editors = sorted({*revision.editor_ids, *([actor.staff_id] if actor.staff_id else [])})
    steps.move(revision, step, actor=actor, now=now, submitted_at=now, editor_ids=editors)
    _open_stage(revision, "material", steps.MATERIAL, None, actor, now)
    steps.tell(revision, "submitted", now=now)
    return revision


@transaction.atomic
def decide(*, revision_id: int, stage: str, verdict: Verdict, actor: Actor, now: datetime) -> ListingRevision:
    """Judge one stage of a listing, material or final: approve, return for changes, or reject.

    The stage is the one that was on the reviewer's screen: a second click never decides the next one.
    Nobody who wrote, edited or submitted it decides, and nobody decides both stages; no role and no superuser is exempt.
    Raises: NotFound, Forbidden, IllegalTransition, Stale (another content than was seen), Invalid (no reason).
    SOP: C4, C13
    """
    revision = steps.lock_revision(revision_id, actor)
    step = _step(revision, stage, verdict.state, actor)
    if actor.staff_id in revision.editor_ids:
        raise Forbidden(mark("Whoever wrote, edited or submitted a listing may not judge it."), code="four_eyes")
    if unknown := [reason for reason in verdict.reasons if reason not in ReviewReason.values]:
        raise Invalid(mark("Unknown reason: %(reason)s"), code="unknown_reason", reason=", ".join(unknown))
    review = _pending(revision)
    reviews.decide(review_id=review.pk, verdict=verdict, permission=step.permission, actor=actor, now=now)
    steps.finish_work(revision, str(verdict.state), actor=actor, now=now)
    approved = step.target == RevisionState.APPROVED
    columns = {"approved_hash": review.content_hash} if approved else {}
    steps.move(revision, step, actor=actor, now=now, reason="; ".join(verdict.reasons), **columns)
    _follow_up(revision, verdict.reasons, actor, now)
    return revision


@transaction.atomic
def withdraw(*, revision_id: int, actor: Actor, now: datetime) -> ListingRevision:
    """Take a listing back from its review, or from its approval, to work on it.

    Raises: NotFound, Forbidden, IllegalTransition.
    SOP: C13
    """
    revision = steps.lock_revision(revision_id, actor)
    step = steps.enter(revision, "withdraw", actor)
    reviews.withdraw(kind=steps.KIND, subject_id=revision.public_id)
    steps.finish_work(revision, "withdrawn", actor=actor, now=now)
    steps.move(revision, step, actor=actor, now=now, approved_hash="", publish_at=None, submitted_at=None)
    return revision


@transaction.atomic
def waive_margin(*, revision_id: int, reason: str, actor: Actor, now: datetime) -> ListingRevision:
    """Allow exactly this content to be sold below the target margin or below cost.

    Raises: NotFound, Forbidden (also for whoever wrote it), IllegalTransition, Invalid (no reason).
    SOP: C10
    """
    revision = steps.lock_revision(revision_id, actor)
    step = steps.enter(revision, "waive_margin", actor)
    if actor.staff_id is None or actor.staff_id in revision.editor_ids:
        raise Forbidden(mark("Whoever wrote a listing may not waive its margin."), code="four_eyes")
    if not reason.strip():
        raise Invalid(mark("A reason is required."), code="reason_required")
    columns = {"waived_hash": revision.content_hash, "waived_by_id": actor.staff_id, "waiver_reason": reason.strip()}
    steps.move(revision, step, actor=actor, now=now, reason=reason, **columns)
    steps.examine(revision)
    return revision


def _keep_prices(revision: ListingRevision, actor: Actor, now: datetime) -> None:
    """A table may be older than the prices: goods that are on sale keep theirs; price changes are for changing them."""
    content = with_lasting_prices(content_of(revision))
    columns = columns_of(content)
    if columns["content_hash"] == revision.content_hash:
        return
    before, after = ({"content_hash": found} for found in (revision.content_hash, columns["content_hash"]))
    for name, found in columns.items():
        setattr(revision, name, found)
    revision.save(update_fields=list(columns))
    change = Change("listings.prices_kept", steps.KIND, revision.public_id, before=before, after=after)
    record(change, actor=actor, now=now)


def _step(revision: ListingRevision, stage: str, verdict: ReviewState, actor: Actor) -> Transition:
    """The lifecycle's step of this verdict in this stage."""
    if (stage, verdict) not in _STEPS:
        raise Invalid(mark("Unknown decision."), code="unknown_decision")
    return LISTING_LIFECYCLE.enter(_STEPS[stage, verdict], revision.state, actor)


def _pending(revision: ListingRevision) -> ReviewRequest:
    pending = ReviewRequest.objects.filter(kind=steps.KIND, subject_id=revision.public_id, state=ReviewState.PENDING)
    review = pending.first()
    if review is None:
        raise Conflict(mark("This review is decided already."), code="already_decided")
    return review


def _open_stage(revision: ListingRevision, stage: str, work: str, previous: int | None, actor: Actor, now: datetime) -> None:
    due_at = now + value(REVIEW_WITHIN)
    content = Content(
        kind=steps.KIND,
        subject_kind=steps.KIND,
        subject_id=revision.public_id,
        content_hash=revision.content_hash,
        author_id=revision.author_id,
        last_editor_id=revision.last_editor_id,
        previous_reviewer_id=previous,
        shop_id=steps.only_shop(revision),
    )
    reviews.request(content=content, stage=stage, due_at=due_at, actor=actor, now=now)
    steps.raise_work(work, revision, due_at=due_at, now=now)


def _follow_up(revision: ListingRevision, reasons: Sequence[str], actor: Actor, now: datetime) -> None:
    """What comes after a decision: the second stage, publishing, or correcting."""
    if revision.state == RevisionState.FINAL_REVIEW:
        _open_stage(revision, "final", steps.FINAL, actor.staff_id, actor, now)
    elif revision.state == RevisionState.APPROVED:
        steps.raise_work(steps.PUBLISH, revision, due_at=now + value(PUBLISH_WITHIN), now=now)
        steps.tell(revision, "approved", now=now)
    elif revision.state == RevisionState.CHANGES_REQUESTED:
        steps.raise_work(steps.RETURNED, revision, due_at=now + value(CORRECT_WITHIN), now=now)
    else:
        steps.tell(revision, "rejected", now=now, reasons=list(reasons))
