"""Judging a price change, and waiving the margin it has to earn: by somebody who did not write it."""

from datetime import datetime

from django.db import transaction

from catalog.enums.prices import PriceReason
from catalog.models import PriceChange
from catalog.parameters.prices import PRICE_REVIEW_WITHIN
from catalog.queries.prices.facts import problems_of
from catalog.services.prices import steps
from catalog.services.prices.applying import apply_change
from catalog.services.prices.writing import require_free, require_possible
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Forbidden, Invalid
from opsdesk.common.text import mark
from opsdesk.inbox import services as inbox
from opsdesk.inbox.services import Work
from opsdesk.parameters.queries import value
from opsdesk.reviews import services as reviews
from opsdesk.reviews.enums import ReviewState
from opsdesk.reviews.models import ReviewRequest
from opsdesk.reviews.services import Verdict

STEPS = {ReviewState.APPROVED: "approve", ReviewState.RETURNED: "return", ReviewState.REJECTED: "reject"}


@transaction.atomic
def decide(*, change_id: int, verdict: Verdict, actor: Actor, now: datetime) -> PriceChange:
    """Approve a price change, return it or reject it. What is approved and whose time has come holds at once.

    Nobody who wrote, edited or submitted it decides; no role and no superuser is exempt.
    Raises: NotFound, Forbidden, IllegalTransition, Stale (another content than was seen), Invalid (no reason; the margin is
    below the target and not waived; prices that have become wrong), Conflict (another change of that time).
    SOP: C10
    """
    change = steps.lock_change(change_id, actor)
    if verdict.state not in STEPS:
        raise Invalid(mark("Unknown decision."), code="unknown_decision")
    step = steps.enter(change, STEPS[verdict.state], actor)
    if actor.staff_id is None or actor.staff_id in change.editor_ids:
        raise Forbidden(mark("Whoever wrote, edited or submitted a price change may not judge it."), code="four_eyes")
    if unknown := [reason for reason in verdict.reasons if reason not in PriceReason.values]:
        raise Invalid(mark("Unknown reason: %(reason)s"), code="unknown_reason", reason=", ".join(unknown))
    if verdict.state == ReviewState.APPROVED:
        _require_approvable(change, now)
    reviews.decide(review_id=_pending(change).pk, verdict=verdict, permission=step.permission, actor=actor, now=now)
    outcome = str(verdict.state)
    inbox.resolve(kind=steps.REVIEW, subject_ids=[change.public_id], outcome=outcome, actor=actor, now=now)
    steps.move(change, step, actor=actor, now=now, reason="; ".join(verdict.reasons), decided_at=now)
    if verdict.state == ReviewState.RETURNED:
        due_at = now + value(PRICE_REVIEW_WITHIN)
        work = Work(steps.RETURNED, steps.KIND, change.public_id, due_at, params={"change": str(change)})
        inbox.raise_item(work, now=now)
    elif verdict.state == ReviewState.APPROVED and change.effective_from <= now:
        apply_change(change, actor=actor, now=now)
    return change


@transaction.atomic
def waive_margin(*, change_id: int, reason: str, actor: Actor, now: datetime) -> PriceChange:
    """Allow exactly these prices although they earn less than the target; never a price below cost.

    Raises: NotFound, Forbidden (also for whoever wrote it), IllegalTransition, Invalid (no reason).
    SOP: C10
    """
    change = steps.lock_change(change_id, actor)
    step = steps.enter(change, "waive", actor)
    if actor.staff_id is None or actor.staff_id in change.editor_ids:
        raise Forbidden(mark("Whoever wrote a price change may not waive its margin."), code="four_eyes")
    if not reason.strip():
        raise Invalid(mark("A reason is required."), code="reason_required")
    columns = {"waived_hash": change.content_hash, "waived_by_id": actor.staff_id, "waiver_reason": reason.strip()}
    steps.move(change, step, actor=actor, now=now, reason=reason, **columns)
    return change


def _require_approvable(change: PriceChange, now: datetime) -> None:
    require_possible(change, now)
    if issues := steps.as_issues(problems_of(change)):
        text = mark("The margin is below the target; operations must waive it first.")
        raise Invalid(text, code="margin_not_waived", issues=issues)
    require_free(change)


def _pending(change: PriceChange) -> ReviewRequest:
    rows = ReviewRequest.objects.filter(kind=steps.KIND, subject_id=change.public_id, state=ReviewState.PENDING)
    review = rows.first()
    if review is None:
        raise Conflict(mark("This review is decided already."), code="already_decided")
    return review
