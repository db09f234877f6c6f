"""Looking at a published listing in the shop, and minding that somebody does."""

from datetime import datetime

from django.db import transaction

from catalog.enums.listings import CheckState
from catalog.models import ListingRevision, PostPublishCheck
from catalog.parameters.listings import REPAIR_WITHIN
from catalog.rules.listing_lifecycle import CHECK_LIFECYCLE
from catalog.services import listing_steps as steps
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
    before = check.state
    check.category_ok, check.price_ok, check.evidence = category_ok, price_ok, evidence.strip()
    check.state = CheckState.PASSED if category_ok and price_ok else CheckState.FAILED
    check.checked_at, check.checked_by_id = now, actor.staff_id
    check.save(update_fields=["category_ok", "price_ok", "evidence", "state", "checked_at", "checked_by"])
    _settle_work(check, revision, actor, now)
    after = {"state": check.state, "category_ok": category_ok, "price_ok": price_ok}
    change = Change("listings.checked", CHECK_KIND, check.public_id, before={"state": before}, after=after)
    record_many([change, Change("listings.checked", steps.KIND, revision.public_id, after=after)], actor=actor, now=now)
    return check


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
