"""Looking at a published listing in the shop, and minding that somebody does."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from catalog.enums.listings import CheckState
from catalog.enums.quality import CheckedField, ErrorSource, ProbeOutcome
from catalog.models import ListingRevision, PostPublishCheck, ProbeRun
from catalog.parameters.listings import REPAIR_WITHIN
from catalog.parameters.quality import PERSON_CONFIRMS
from catalog.rules.listing_lifecycle import CHECK_LIFECYCLE
from catalog.services import listing_steps as steps
from catalog.services.quality.accuracy import enter_probe_errors
from catalog.services.quality.ledger import close_errors
from opsdesk.accounts.roles import Role
from opsdesk.audit.services import Change, record_many
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.common.errors import Invalid
from opsdesk.common.locking import lock_many, lock_one
from opsdesk.common.text import mark
from opsdesk.inbox import services as inbox
from opsdesk.inbox.services import Work
from opsdesk.parameters.queries import value

CHECK_KIND = "post_publish_check"


@transaction.atomic
def record_check(
    *, check_id: int, category_ok: bool, price_ok: bool, evidence: str, actor: Actor, now: datetime
) -> PostPublishCheck:
    """Record what somebody saw in the shop. A failure becomes urgent work; the repaired listing is checked again.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (nothing was noted).
    SOP: C15
    """
    found = PostPublishCheck.objects.filter(pk=check_id).values_list("revision_id", flat=True).first()
    revision = steps.lock_revision(found or 0, actor)
    check = lock_one(PostPublishCheck.objects.filter(pk=check_id))
    CHECK_LIFECYCLE.enter("record", check.state, actor)
    if not evidence.strip():
        raise Invalid(mark("Note what you saw: page and prices."), code="evidence_required")
    check.category_ok, check.price_ok, check.evidence = category_ok, price_ok, evidence.strip()
    _settle(check, revision, passed=category_ok and price_ok, actor=actor, now=now)
    return check


@transaction.atomic
def ask_for_probe(*, check_id: int, actor: Actor, now: datetime) -> PostPublishCheck:
    """Have the storefront read as soon as possible, such as after a repair.

    Raises: NotFound, Forbidden, IllegalTransition.
    SOP: C15
    """
    found = PostPublishCheck.objects.filter(pk=check_id).values_list("revision_id", flat=True).first()
    steps.lock_revision(found or 0, actor)
    check = lock_one(PostPublishCheck.objects.filter(pk=check_id))
    CHECK_LIFECYCLE.enter("probe", check.state, actor)
    check.probe_at = now
    check.save(update_fields=["probe_at"])
    record_many([Change("listings.probe_asked", CHECK_KIND, check.public_id)], actor=actor, now=now)
    return check


def settle_by_probe(*, revision: ListingRevision, runs: Sequence[ProbeRun], now: datetime) -> None:
    """Pass or fail a check by what the shop's pages showed; the caller holds the listing's lock.

    A page that could not be read decides nothing: the check stays open and is probed again.
    SOP: C15
    """
    check = lock_one(PostPublishCheck.objects.filter(pk=runs[0].check_after_id or 0))
    if check.state not in (CheckState.PENDING, CheckState.FAILED):
        return
    found = [difference for run in runs for difference in run.differences]
    if found:
        wrong = {one["field"] for one in found}
        check.category_ok, check.price_ok = CheckedField.CATEGORY not in wrong, CheckedField.PRICE not in wrong
        check.evidence = _evidence(runs)
        if check.state == CheckState.PENDING:
            _settle(check, revision, passed=False, actor=SYSTEM, now=now)
        enter_probe_errors(revision=revision, found=found, ref=check.public_id, now=now)
    elif all(run.outcome == ProbeOutcome.EQUAL for run in runs):
        check.evidence = _evidence(runs)
        if value(PERSON_CONFIRMS):
            PostPublishCheck.objects.filter(pk=check.pk).update(evidence=check.evidence, probe_at=None)
        else:
            check.category_ok = check.price_ok = check.by_probe = True
            _settle(check, revision, passed=True, actor=SYSTEM, now=now)


def _settle(check: PostPublishCheck, revision: ListingRevision, *, passed: bool, actor: Actor, now: datetime) -> None:
    before, check.state = check.state, CheckState.PASSED if passed else CheckState.FAILED
    check.checked_at, check.checked_by_id = now, actor.staff_id
    columns = ["category_ok", "price_ok", "evidence", "state", "checked_at", "checked_by", "by_probe", "probe_at"]
    if passed:
        check.probe_at = None
        close_errors(revision_id=revision.pk, source=ErrorSource.PROBE, correction=check.evidence, actor=actor, now=now)
    check.save(update_fields=columns)
    _settle_work(check, revision, actor, now)
    after = {"state": check.state, "category_ok": check.category_ok, "price_ok": check.price_ok}
    change = Change("listings.checked", CHECK_KIND, check.public_id, before={"state": before}, after=after)
    record_many([change, Change("listings.checked", steps.KIND, revision.public_id, after=after)], actor=actor, now=now)


def _evidence(runs: Sequence[ProbeRun]) -> str:
    return "\n\n".join(f"{run.address}\n{run.excerpt}" for run in runs)


@transaction.atomic
def escalate_overdue(*, now: datetime) -> int:
    """Hand every check that was not done in time to the product supervisor, once; returns how many. SOP: C15"""
    overdue = PostPublishCheck.objects.filter(state=CheckState.PENDING, escalated_at=None, check_by__lt=now)
    checks = lock_many(overdue.select_related("revision__product"))
    PostPublishCheck.objects.filter(pk__in=[check.pk for check in checks]).update(escalated_at=now)
    inbox.raise_many([_work(steps.CHECK_OVERDUE, check, check.revision, now) for check in checks], now=now)
    changes = [Change("listings.check_overdue", CHECK_KIND, check.public_id) for check in checks]
    record_many(changes, actor=SYSTEM, now=now)
    return len(checks)


def _settle_work(check: PostPublishCheck, revision: ListingRevision, actor: Actor, now: datetime) -> None:
    done = [steps.CHECK, steps.CHECK_OVERDUE]
    if check.state == CheckState.PASSED:
        done.append(steps.CHECK_FAILED)
    for kind in done:
        inbox.resolve(kind=kind, subject_ids=[check.public_id], outcome=check.state, actor=actor, now=now)
    if check.state == CheckState.FAILED:
        inbox.raise_item(_work(steps.CHECK_FAILED, check, revision, now + value(REPAIR_WITHIN)), now=now)
        wrong = {"category_ok": check.category_ok, "price_ok": check.price_ok, "check": check.public_id}
        steps.tell(revision, "check_failed", now=now, **wrong)


def _work(kind: str, check: PostPublishCheck, revision: ListingRevision, due_at: datetime) -> Work:
    role = Role.PRODUCT_SUPERVISOR if kind == steps.CHECK_OVERDUE else Role.PRODUCT_SPECIALIST
    params = {"product": revision.product.code}
    return Work(kind, CHECK_KIND, check.public_id, due_at, steps.only_shop(revision), role=role, params=params)
