"""Submitting a version of a page and judging it: another person than its writers, on exactly what was seen."""

from datetime import datetime

from django.db import transaction

from catalog.enums.pages import PageReason
from catalog.models import PageVersion
from catalog.parameters.pages import PAGE_CORRECT_WITHIN, PAGE_REVIEW_WITHIN
from catalog.services.pages import steps
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Forbidden, Invalid
from opsdesk.common.text import mark
from opsdesk.parameters.queries import value
from opsdesk.reviews import services as reviews
from opsdesk.reviews.enums import ReviewState
from opsdesk.reviews.models import ReviewRequest
from opsdesk.reviews.services import Content, Verdict

STAGE = "page"
_STEPS = {ReviewState.APPROVED: "approve", ReviewState.RETURNED: "return", ReviewState.REJECTED: "reject"}


@transaction.atomic
def submit(*, version_id: int, actor: Actor, now: datetime) -> PageVersion:
    """Hand a version to the operations desk, its content frozen by its hash.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (every error at once).
    SOP: C25
    """
    version = steps.lock_version(version_id, actor)
    step = steps.enter(version, "submit", actor)
    steps.require_clean(version)
    editors = sorted({*version.editor_ids, *([actor.staff_id] if actor.staff_id else [])})
    steps.move(version, step, actor=actor, now=now, editor_ids=editors)
    due_at = now + value(PAGE_REVIEW_WITHIN)
    content = Content(
        kind=steps.KIND,
        subject_kind=steps.KIND,
        subject_id=version.public_id,
        content_hash=version.content_hash,
        author_id=version.author_id,
        last_editor_id=version.last_editor_id,
        shop_id=version.page.shop_id,
    )
    reviews.request(content=content, stage=STAGE, due_at=due_at, actor=actor, now=now)
    steps.raise_work(steps.JUDGE, version, due_at=due_at, now=now)
    return version


@transaction.atomic
def decide(*, version_id: int, verdict: Verdict, actor: Actor, now: datetime) -> PageVersion:
    """Approve a version, return it for changes, or reject it. Nobody who wrote or submitted it decides, superusers included.

    Raises: NotFound, Forbidden, IllegalTransition, Stale (another content than was seen), Invalid (no reason).
    SOP: C25
    """
    version = steps.lock_version(version_id, actor)
    if verdict.state not in _STEPS:
        raise Invalid(mark("Unknown decision."), code="unknown_decision")
    step = steps.enter(version, _STEPS[verdict.state], actor)
    if actor.staff_id in version.editor_ids:
        raise Forbidden(mark("Whoever wrote, edited or submitted a page may not judge it."), code="four_eyes")
    if unknown := [reason for reason in verdict.reasons if reason not in PageReason.values]:
        raise Invalid(mark("Unknown reason: %(reason)s"), code="unknown_reason", reason=", ".join(unknown))
    review = _pending(version)
    reviews.decide(review_id=review.pk, verdict=verdict, permission=step.permission, actor=actor, now=now)
    approved = verdict.state == ReviewState.APPROVED
    columns = {"approved_hash": review.content_hash} if approved else {}
    steps.move(version, step, actor=actor, now=now, reason="; ".join(verdict.reasons), **columns)
    due_at = now + value(PAGE_CORRECT_WITHIN)
    if approved:
        steps.raise_work(steps.PUBLISH, version, due_at=due_at, now=now)
    elif verdict.state == ReviewState.RETURNED:
        steps.raise_work(steps.RETURNED, version, due_at=due_at, now=now)
    return version


@transaction.atomic
def withdraw(*, version_id: int, actor: Actor, now: datetime) -> PageVersion:
    """Take a version back from its review, or from its approval, to work on it.

    Raises: NotFound, Forbidden, IllegalTransition.
    SOP: C25
    """
    version = steps.lock_version(version_id, actor)
    step = steps.enter(version, "withdraw", actor)
    reviews.withdraw(kind=steps.KIND, subject_id=version.public_id)
    steps.move(version, step, actor=actor, now=now, approved_hash="", swap_at=None)
    return version


def _pending(version: PageVersion) -> ReviewRequest:
    pending = ReviewRequest.objects.filter(kind=steps.KIND, subject_id=version.public_id, state=ReviewState.PENDING)
    review = pending.first()
    if review is None:
        raise Conflict(mark("This review is decided already."), code="already_decided")
    return review
