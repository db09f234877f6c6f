"""Keeping suppliers: adding, changing, suspending and judging them."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from catalog.enums.selection import AssessmentAspect, SupplierStatus
from catalog.models import Supplier, SupplierAssessment
from catalog.rules.selection.lifecycles import SUPPLIER_LIFECYCLE
from catalog.rules.selection.scoring import BEST, LOWEST
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Invalid, Issue
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from opsdesk.duties.definitions import SHOP_TIME

KIND = "supplier"


@dataclass(frozen=True)
class SupplierDetails:
    """What is known of a supplier beside its code."""

    name: str
    contact: str = ""
    note: str = ""


@transaction.atomic
def add_supplier(*, code: str, details: SupplierDetails, actor: Actor, now: datetime) -> Supplier:
    """Make a supplier known; it can be chosen once its documents are recorded.

    Raises: Forbidden, Conflict (code or name are taken).
    SOP: C2
    """
    actor.require("catalog.add_supplier")
    issues = _taken(code, details.name, None)
    if issues:
        raise Conflict(issues[0].message, code="taken", issues=issues)
    try:
        with transaction.atomic():
            supplier = Supplier.objects.create(code=code, **asdict(details))
    except IntegrityError:
        raise Conflict(mark("There is a supplier of this code or name."), code="taken") from None
    record(Change("selection.supplier_added", KIND, supplier.public_id, after={"code": code}), actor=actor, now=now)
    return supplier


@transaction.atomic
def change_supplier(*, supplier_id: int, details: SupplierDetails, actor: Actor, now: datetime) -> Supplier:
    """Change what is known of a supplier. Raises: NotFound, Forbidden, Conflict (the name is taken). SOP: C2"""
    supplier = lock_one(Supplier.objects.filter(pk=supplier_id))
    SUPPLIER_LIFECYCLE.enter("edit", supplier.status, actor)
    issues = _taken("", details.name, supplier.pk)
    if issues:
        raise Conflict(issues[0].message, code="taken", issues=issues)
    before = {"name": supplier.name}
    Supplier.objects.filter(pk=supplier_id).update(**asdict(details))
    change = Change("selection.supplier_changed", KIND, supplier.public_id, before=before, after={"name": details.name})
    record(change, actor=actor, now=now)
    supplier.refresh_from_db()
    return supplier


def suspend_supplier(*, supplier_id: int, reason: str, actor: Actor, now: datetime) -> Supplier:
    """Let nobody choose the supplier until further notice.

    Raises: NotFound, Forbidden, IllegalTransition.
    SOP: C2
    """
    return _move("suspend", supplier_id, reason, actor, now)


def resume_supplier(*, supplier_id: int, reason: str, actor: Actor, now: datetime) -> Supplier:
    """Let the supplier be chosen again. Raises: NotFound, Forbidden, IllegalTransition. SOP: C2"""
    return _move("resume", supplier_id, reason, actor, now)


@transaction.atomic
def assess_supplier(
    *, supplier_id: int, aspect: str, score: int, reason: str, assessed_on: date, actor: Actor, now: datetime
) -> SupplierAssessment:
    """Judge a supplier with 1 (poor) to 5 (very good) for one aspect, with the reason.

    Raises: NotFound, Forbidden, Invalid (no such score or aspect, a day to come).
    SOP: C2
    """
    supplier = lock_one(Supplier.objects.filter(pk=supplier_id))
    SUPPLIER_LIFECYCLE.enter("assess", supplier.status, actor)
    issues = []
    if aspect not in AssessmentAspect.values:
        issues.append(Issue("/aspect", "unknown", mark("There is no such aspect.")))
    if not LOWEST <= score <= BEST:
        bounds = {"minimum": LOWEST, "maximum": BEST}
        issues.append(Issue("/score", "out_of_range", mark("It must lie between %(minimum)s and %(maximum)s."), bounds))
    if assessed_on > now.astimezone(SHOP_TIME).date():
        issues.append(Issue("/assessed_on", "date_out_of_range", mark("This day has not come yet.")))
    if issues:
        raise Invalid(issues=issues)
    row = SupplierAssessment.objects.create(
        supplier=supplier, aspect=aspect, score=score, reason=reason, assessed_on=assessed_on, assessed_by=actor.label
    )
    after = {"aspect": aspect, "score": score}
    record(Change("selection.supplier_assessed", KIND, supplier.public_id, after=after, reason=reason), actor=actor, now=now)
    return row


@transaction.atomic
def _move(name: str, supplier_id: int, reason: str, actor: Actor, now: datetime) -> Supplier:
    supplier = lock_one(Supplier.objects.filter(pk=supplier_id))
    step = SUPPLIER_LIFECYCLE.enter(name, supplier.status, actor)
    before, supplier.status = supplier.status, SupplierStatus(step.target or supplier.status)
    supplier.save(update_fields=["status"])
    change = Change(
        f"selection.supplier_{name}",
        KIND,
        supplier.public_id,
        before={"status": before},
        after={"status": supplier.status},
        reason=reason,
    )
    record(change, actor=actor, now=now)
    return supplier


def _taken(code: str, name: str, own: int | None) -> list[Issue]:
    others = Supplier.objects.exclude(pk=own or 0)
    issues = []
    if code and others.filter(code=code).exists():
        issues.append(Issue("/code", "taken", mark("There is a supplier of this code.")))
    if others.filter(name=name).exists():
        issues.append(Issue("/name", "taken", mark("There is a supplier of this name.")))
    return issues
