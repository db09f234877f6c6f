"""Sample audits: drawing a sample that anybody can draw again, judging each field of each listing, closing."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import BigIntegerField, CharField, Count, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import MD5, Cast, Coalesce, Concat

from catalog.enums.listings import RevisionState
from catalog.enums.quality import AuditBasis, AuditState, CheckedField, ErrorKind, ErrorSource
from catalog.models import AuditedField, AuditItem, ListingError, ListingRevision, QualityAudit
from catalog.parameters.quality import AUDIT_SIZE, AUDIT_WITHIN
from catalog.queries.listings import revisions_for
from catalog.rules.quality.lifecycles import AUDIT_LIFECYCLE, CHECKED_FIELDS
from catalog.services.quality import ledger
from catalog.services.quality.ledger import Found
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.common.errors import Conflict, Forbidden, Invalid, Issue, NotFound
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from opsdesk.inbox import services as inbox
from opsdesk.inbox.services import Work
from opsdesk.parameters.queries import value

__all__ = ["CHECKED_FIELDS", "Judgement", "close_audit", "draw_audit", "draw_weekly", "judge_item"]

SUBJECT, WORK = "quality_audit", "catalog.quality_audit"
_SEED_BITS = 62


@dataclass(frozen=True)
class Judgement:
    """What somebody found of one field; no kind means that it is right."""

    kind: ErrorKind | None = None
    note: str = ""


def draw_weekly(*, slot: datetime, now: datetime) -> int:
    """Draw the week's random sample, once; returns how many listings are in it. SOP: C17"""
    if QualityAudit.objects.filter(basis=AuditBasis.RANDOM, slot=slot).exists():
        return 0
    try:
        return draw_audit(basis=AuditBasis.RANDOM, size=value(AUDIT_SIZE), slot=slot, actor=SYSTEM, now=now).size
    except Conflict:  # nothing is on sale
        return 0


@transaction.atomic
def draw_audit(
    *, basis: str, size: int, slot: datetime | None = None, seed: int | None = None, actor: Actor, now: datetime
) -> QualityAudit:
    """Draw a sample of the live listings: at random, or those with the most errors of late first.

    The recorded seed and the listings' ids give the same sample again.
    Raises: Forbidden, Invalid (an empty sample), Conflict (nothing is on sale).
    SOP: C17
    """
    actor.require("catalog.open_qualityaudit")
    if size < 1:
        raise Invalid(
            mark("At least one listing."),
            code="out_of_range",
            issues=[Issue("/size", "out_of_range", mark("At least one listing."))],
        )
    live = ListingRevision.objects.filter(state=RevisionState.LISTED)
    population = live.count()
    if not population:
        raise Conflict(mark("No listing is on sale."), code="nothing_live")
    seed = secrets.randbits(_SEED_BITS) if seed is None else seed
    chosen = list(_shuffled(live, AuditBasis(basis), seed)[:size])
    audit = QualityAudit.objects.create(
        basis=basis,
        seed=seed,
        population=population,
        size=len(chosen),
        slot=slot,
        opened_at=now,
        opened_by=actor.label,
        finish_by=now + value(AUDIT_WITHIN),
    )
    AuditItem.objects.bulk_create(AuditItem(audit=audit, revision_id=pk) for pk in chosen)
    inbox.raise_item(Work(WORK, SUBJECT, audit.public_id, audit.finish_by, params={"count": audit.size}), now=now)
    after = {"seed": seed, "size": audit.size, "population": population, "basis": str(basis)}
    record(Change("catalog.audit_drawn", SUBJECT, audit.public_id, after=after), actor=actor, now=now)
    return audit


def _shuffled(live: QuerySet[ListingRevision], basis: AuditBasis, seed: int) -> QuerySet[ListingRevision, int]:
    """The keys in an order that the seed decides; by risk, those with the most known errors come first."""
    place = MD5(Concat(Value(f"{seed}:"), Cast("pk", CharField())))
    if basis == AuditBasis.RANDOM:
        return live.order_by(place).values_list("pk", flat=True)
    errors = ListingError.objects.filter(revision=OuterRef("pk")).order_by().values("revision").annotate(n=Count("pk"))
    risk = Coalesce(Subquery(errors.values("n"), output_field=BigIntegerField()), Value(0))
    return live.annotate(risk=risk).order_by(F("risk").desc(), place).values_list("pk", flat=True)


@transaction.atomic
def judge_item(*, item_id: int, judgements: Mapping[str, Judgement], actor: Actor, now: datetime) -> AuditItem:
    """Record what somebody found of every field of one listing; wrong fields go into the error ledger.

    The last listing of a sample closes it.
    Raises: NotFound, Forbidden (also for whoever wrote the listing), Conflict (judged already), Invalid (a field is missing).
    SOP: C17
    """
    actor.require("catalog.work_qualityaudit")
    audit_id = AuditItem.objects.filter(pk=item_id).values_list("audit_id", flat=True).first()
    audit = lock_one(QualityAudit.objects.filter(pk=audit_id or 0))
    item = AuditItem.objects.select_related("revision__product").get(pk=item_id)
    _require_judge(item, audit, actor)
    if issues := [
        Issue(f"/{field}", "required", mark("Say whether it is right.")) for field in CHECKED_FIELDS if field not in judgements
    ]:
        raise Invalid(issues[0].message, code="required", issues=issues)
    item.checked_by_id, item.checked_at = actor.staff_id, now
    item.save(update_fields=["checked_by", "checked_at"])
    _keep(item, audit, judgements, now)
    wrong = [Found(CheckedField(f), j.kind, j.note) for f, j in judgements.items() if j.kind]
    ledger.enter_errors(
        revision=item.revision, found=wrong, source=ErrorSource.AUDIT, ref=audit.public_id, actor=actor, now=now
    )
    if not audit.items.filter(checked_at=None).exists():
        _close(audit, "complete", SYSTEM, now)
    return item


def _require_judge(item: AuditItem, audit: QualityAudit, actor: Actor) -> None:
    if not revisions_for(actor).filter(pk=item.revision_id).exists():
        raise NotFound()
    if actor.staff_id is None or actor.staff_id in item.revision.editor_ids:
        raise Forbidden(mark("Whoever wrote a listing may not audit it."), code="four_eyes")
    if item.checked_at or audit.state != AuditState.OPEN:
        raise Conflict(mark("This listing has been audited already."), code="already_judged")


def _keep(item: AuditItem, audit: QualityAudit, judgements: Mapping[str, Judgement], now: datetime) -> None:
    revision = item.revision
    AuditedField.objects.bulk_create(
        AuditedField(
            item=item,
            revision=revision,
            basis=audit.basis,
            field=field,
            is_right=judgement.kind is None,
            kind=judgement.kind or "",
            note=judgement.note[:300],
            specialist_id=revision.author_id,
            specialist_label=revision.author_label,
            supplier=revision.supplier,
            checked_at=now,
        )
        for field, judgement in judgements.items()
    )


@transaction.atomic
def close_audit(*, audit_id: int, reason: str, actor: Actor, now: datetime) -> QualityAudit:
    """Close a sample before all of it is judged; what is not judged counts for nothing.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (no reason).
    SOP: C17
    """
    audit = lock_one(QualityAudit.objects.filter(pk=audit_id))
    AUDIT_LIFECYCLE.enter("close", audit.state, actor)
    if not reason.strip():
        raise Invalid(mark("A reason is required."), code="reason_required")
    _close(audit, reason.strip(), actor, now)
    return audit


def _close(audit: QualityAudit, reason: str, actor: Actor, now: datetime) -> None:
    audit.state, audit.closed_at = AuditState.CLOSED, now
    audit.save(update_fields=["state", "closed_at"])
    inbox.resolve(kind=WORK, subject_ids=[audit.public_id], outcome="closed", actor=actor, now=now)
    record(Change("catalog.audit_closed", SUBJECT, audit.public_id, reason=reason[:500]), actor=actor, now=now)
