"""Taking a step with a quality complaint: locking it, moving it, writing it into the trail."""

from datetime import datetime
from typing import Any

from catalog.enums.quality import ComplaintState
from catalog.models import QualityComplaint
from catalog.queries.listings import products_for
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.locking import lock_one

SUBJECT = "quality_complaint"
COMPLAINT, ANSWER = "catalog.quality_complaint", "catalog.complaint_answered"
FAULTY_STOCK, DELISTING = "catalog.faulty_stock", "catalog.faulty_listing"


def lock(complaint_id: int, actor: Actor) -> QualityComplaint:
    """Raises: NotFound."""
    rows = QualityComplaint.objects.filter(pk=complaint_id, product__in=products_for(actor).values("pk"))
    return lock_one(rows.select_related("sku", "product"))


def move(
    row: QualityComplaint, step: str, state: ComplaintState, actor: Actor, now: datetime, reason: str = "", **columns: Any
) -> QualityComplaint:
    before = row.state
    for name, new in {"state": state, **columns}.items():
        setattr(row, name, new)
    row.save(update_fields=["state", *columns])
    note(step, row, actor, now, before=before, reason=reason)
    return row


def note(
    step: str, row: QualityComplaint, actor: Actor, now: datetime, before: str = "", reason: str = "", **after: str
) -> None:
    change = Change(
        f"catalog.complaint_{step}",
        SUBJECT,
        row.public_id,
        before={"state": before} if before else {},
        after={"state": str(row.state), **after},
        reason=reason[:500],
    )
    record(change, actor=actor, now=now)
