"""The periodic check of live listings: by probe in turn, and by a person in turn."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from catalog.enums.listings import ProductStatus, RevisionState
from catalog.enums.quality import AccuracyState, CheckedField, ErrorKind, ErrorSource, ProbeOutcome
from catalog.models import AccuracyCheck, ListingRevision, ProbeRun, Product
from catalog.parameters.quality import ACCURACY_BATCH, ACCURACY_EVERY, REVIEW_ACCURACY, REVIEW_BATCH, SETTLE_DIFFERENCE
from catalog.queries.listings import products_for
from catalog.rules.quality.lifecycles import ACCURACY_LIFECYCLE
from catalog.services.quality import ledger
from catalog.services.quality.ledger import Found
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.common.errors import Invalid
from opsdesk.common.locking import lock_many, lock_one
from opsdesk.common.text import mark
from opsdesk.inbox import services as inbox
from opsdesk.inbox.services import Work
from opsdesk.parameters.queries import value

SUBJECT = "accuracy_check"
DIFFERS, REVIEW = "catalog.accuracy_differs", "catalog.accuracy_review"

NEW_AT_ONCE = 1000


def claim(*, now: datetime) -> list[ListingRevision]:
    """The live listings whose probe is due, the oldest first; each is due again after the period. SOP: C18"""
    _join_rotation(now)
    due = AccuracyCheck.objects.filter(probe_by__lte=now)
    ids = list(due.order_by("probe_by", "id").values_list("pk", flat=True)[: value(ACCURACY_BATCH)])
    checks = lock_many(due.filter(pk__in=ids))
    AccuracyCheck.objects.filter(pk__in=[check.pk for check in checks]).update(probe_by=now + value(ACCURACY_EVERY))
    products = [check.product_id for check in checks]
    live = ListingRevision.objects.filter(product__in=products, product__live_revision=F("pk"), state=RevisionState.LISTED)
    return list(live.select_related("product").order_by("pk"))


def settle_by_probe(*, revision: ListingRevision, runs: Sequence[ProbeRun], now: datetime) -> None:
    """Keep what the storefronts showed. A difference is the specialist's work; what is right again closes it.

    SOP: C18
    """
    check = lock_one(AccuracyCheck.objects.filter(product=revision.product_id))
    found = [difference for run in runs for difference in run.differences]
    read = [run for run in runs if run.outcome in (ProbeOutcome.EQUAL, ProbeOutcome.DIFFERENT)]
    if found:
        _differs(check, revision, found, now)
    elif len(read) == len(runs):
        if check.state == AccuracyState.DIFFERENT:
            _move(check, AccuracyState.CURRENT, SYSTEM, now, "the shop shows it right again")
            ledger.close_errors(revision_id=revision.pk, source=ErrorSource.PROBE, correction="probe", actor=SYSTEM, now=now)
        AccuracyCheck.objects.filter(pk=check.pk).update(probed_at=now, differences=[])


@transaction.atomic
def pick_reviews(*, now: datetime) -> int:
    """Give the listings that no person has looked at for the longest time to the specialists; returns how many.

    SOP: C18
    """
    _join_rotation(now)
    live = AccuracyCheck.objects.filter(state=AccuracyState.CURRENT, product__status=ProductStatus.LIVE, review_by=None)
    oldest = live.order_by(F("reviewed_at").asc(nulls_first=True), "id")
    asked = AccuracyCheck.objects.filter(state=AccuracyState.TO_REVIEW).count()
    ids = list(oldest.values_list("pk", flat=True)[: max(value(REVIEW_BATCH) - asked, 0)])
    checks = lock_many(live.filter(pk__in=ids).select_related("product"))
    review_by = now + value(REVIEW_ACCURACY)
    AccuracyCheck.objects.filter(pk__in=[check.pk for check in checks]).update(
        state=AccuracyState.TO_REVIEW, review_by=review_by
    )
    inbox.raise_many([_work(REVIEW, check, check.product.code, review_by) for check in checks], now=now)
    return len(checks)


@transaction.atomic
def review(*, accuracy_id: int, wrong_field: str, note: str, actor: Actor, now: datetime) -> AccuracyCheck:
    """Record that a person compared price, stock and description of a live listing; one wrong field goes into the ledger.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (nothing was noted).
    SOP: C18
    """
    check, revision = _lock(accuracy_id, actor)
    ACCURACY_LIFECYCLE.enter("review", check.state, actor)
    _require(note)
    AccuracyCheck.objects.filter(pk=check.pk).update(
        reviewed_at=now, reviewed_by=actor.staff_id, review_by=None, note=note.strip()
    )
    _move(check, AccuracyState.CURRENT, actor, now, note)
    if wrong_field:
        found = [Found(CheckedField(wrong_field), ErrorKind.WRONG, note)]
        ledger.enter_errors(
            revision=revision, found=found, source=ErrorSource.REVIEW, ref=check.public_id, actor=actor, now=now
        )
    return check


@transaction.atomic
def settle(*, accuracy_id: int, note: str, actor: Actor, now: datetime) -> AccuracyCheck:
    """Say what was done about a difference; the shop is read again at once.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (nothing was noted).
    SOP: C18
    """
    check, revision = _lock(accuracy_id, actor)
    ACCURACY_LIFECYCLE.enter("settle", check.state, actor)
    _require(note)
    AccuracyCheck.objects.filter(pk=check.pk).update(probe_by=now, note=note.strip())
    _move(check, AccuracyState.CURRENT, actor, now, note)
    ledger.close_errors(revision_id=revision.pk, source=ErrorSource.PROBE, correction=note, actor=actor, now=now)
    return check


def _join_rotation(now: datetime) -> None:
    """Take in the live products that are not in the rotation yet."""
    known = AccuracyCheck.objects.filter(product=OuterRef("pk"))
    live = Product.objects.filter(~Exists(known), status=ProductStatus.LIVE, live_revision__isnull=False).order_by("pk")
    fresh = [AccuracyCheck(product_id=pk, probe_by=now) for pk in live.values_list("pk", flat=True)[:NEW_AT_ONCE]]
    AccuracyCheck.objects.bulk_create(fresh, ignore_conflicts=True)


def _differs(check: AccuracyCheck, revision: ListingRevision, found: list[dict[str, Any]], now: datetime) -> None:
    AccuracyCheck.objects.filter(pk=check.pk).update(probed_at=now, differences=found)
    if check.state != AccuracyState.DIFFERENT:
        _move(check, AccuracyState.DIFFERENT, SYSTEM, now, "probe")
    inbox.raise_item(_work(DIFFERS, check, revision.product.code, now + value(SETTLE_DIFFERENCE)), now=now)
    enter_probe_errors(revision=revision, found=found, ref=check.public_id, now=now)


def enter_probe_errors(*, revision: ListingRevision, found: Sequence[dict[str, Any]], ref: str, now: datetime) -> None:
    """Write the fields in which the shop differs into the ledger. SOP: C17"""
    kinds = {one["field"]: ErrorKind.WRONG if one["seen"] else ErrorKind.MISSING for one in found}
    errors = [Found(CheckedField(field), kind, _note(found, field)) for field, kind in kinds.items()]
    ledger.enter_errors(revision=revision, found=errors, source=ErrorSource.PROBE, ref=ref, actor=SYSTEM, now=now)


def _note(found: Sequence[dict[str, Any]], field: str) -> str:
    return "; ".join(f"{one['sku']} {one['expected']} ≠ {one['seen']}".strip() for one in found if one["field"] == field)


def _lock(accuracy_id: int, actor: Actor) -> tuple[AccuracyCheck, ListingRevision]:
    """The check with its product's live listing, the product locked first. Raises: NotFound."""
    visible = products_for(actor).values("pk")
    rows = AccuracyCheck.objects.filter(pk=accuracy_id, product__in=visible)
    product_id = rows.values_list("product_id", flat=True).first()
    lock_one(Product.objects.filter(pk=product_id or 0))
    return lock_one(rows), ledger.live_revision(product_id or 0)


def _require(note: str) -> None:
    if not note.strip():
        raise Invalid(mark("Note what you saw."), code="note_required")


def _move(check: AccuracyCheck, state: AccuracyState, actor: Actor, now: datetime, reason: str) -> None:
    before, check.state = check.state, state
    AccuracyCheck.objects.filter(pk=check.pk).update(state=state, review_by=None)
    kinds = (REVIEW,) if state == AccuracyState.DIFFERENT else (REVIEW, DIFFERS)
    for kind in kinds:
        inbox.resolve(kind=kind, subject_ids=[check.public_id], outcome=str(state), actor=actor, now=now)
    after = {"state": str(state)}
    change = Change(
        "catalog.accuracy_checked", SUBJECT, check.public_id, before={"state": str(before)}, after=after, reason=reason[:500]
    )
    record(change, actor=actor, now=now)


def _work(kind: str, check: AccuracyCheck, product: str, due_at: datetime) -> Work:
    return Work(kind, SUBJECT, check.public_id, due_at, params={"product": product})
