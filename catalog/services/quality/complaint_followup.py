"""What follows from a quality complaint beside its answer: evidence, the check of the stock, the decision to delist."""

from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from catalog.enums.listings import DelistReason
from catalog.enums.quality import ComplaintOutcome, ComplaintState
from catalog.models import QualityComplaint
from catalog.rules.quality.lifecycles import COMPLAINT_LIFECYCLE
from catalog.services.publishing import delist
from catalog.services.quality import complaint_steps as steps
from catalog.services.quality.complaint_steps import DELISTING, FAULTY_STOCK
from catalog.services.quality.ledger import live_revision
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Invalid, Issue
from opsdesk.common.text import mark
from opsdesk.files.kinds import IMAGES, MP4, PDF
from opsdesk.files.services import MEGABYTE, Terms, keep_file
from opsdesk.inbox import services as inbox

EVIDENCE = Terms("catalog.complaint_evidence", (*IMAGES, MP4, PDF), 20 * MEGABYTE)  # a technical limit: a short video
MOST_FILES = 9


@transaction.atomic
def attach_evidence(
    *, complaint_id: int, uploads: Sequence["UploadedFile[bytes]"], actor: Actor, now: datetime
) -> QualityComplaint:
    """Keep photos, videos or papers that show what is wrong with the goods.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (no file, too many), and what `keep_file` raises.
    SOP: C27, S8
    """
    row = steps.lock(complaint_id, actor)
    COMPLAINT_LIFECYCLE.enter("attach", row.state, actor)
    if not uploads or row.files.count() + len(uploads) > MOST_FILES:
        text = mark("Choose one to %(most)s files.")
        raise Invalid(text, code="out_of_range", issues=[Issue("/uploads", "out_of_range", text, {"most": MOST_FILES})])
    kept = [keep_file(upload=upload, terms=EVIDENCE, actor=actor, now=now) for upload in uploads]
    row.files.add(*kept)
    steps.note("attach", row, actor, now, files=str(len(kept)))
    return row


@transaction.atomic
def decide_delisting(*, complaint_id: int, take_off: bool, note: str, actor: Actor, now: datetime) -> QualityComplaint:
    """Take faulty goods off sale at once, or leave them on sale with the reason.

    Raises: NotFound, Forbidden, IllegalTransition, Conflict (nobody asked for it), Invalid (no reason).
    SOP: C20, C27
    """
    row = steps.lock(complaint_id, actor)
    COMPLAINT_LIFECYCLE.enter("decide_delisting", row.state, actor)
    if row.outcome != ComplaintOutcome.DELIST or row.delist_decided_at:
        raise Conflict(mark("No decision is waiting."), code="not_asked")
    if not note.strip():
        raise Invalid(mark("A reason is required."), code="reason_required")
    if take_off:
        live = live_revision(row.product_id)
        delist(revision_id=live.pk, reason=DelistReason.QUALITY, note=note.strip()[:300], actor=actor, now=now)
    outcome = "taken off" if take_off else "kept"
    inbox.resolve(kind=DELISTING, subject_ids=[row.public_id], outcome=outcome, actor=actor, now=now)
    columns = {"delist_decided_at": now, "delist_note": note.strip()[:500]}
    return steps.move(row, "decide_delisting", ComplaintState(row.state), actor, now, reason=note, **columns)


@transaction.atomic
def confirm_stock(*, complaint_id: int, finding: str, actor: Actor, now: datetime) -> QualityComplaint:
    """Note what the warehouse found among the stock of faulty goods.

    Raises: NotFound, Forbidden, IllegalTransition, Conflict (nobody asked for it), Invalid (nothing was noted).
    SOP: C27
    """
    row = steps.lock(complaint_id, actor)
    COMPLAINT_LIFECYCLE.enter("confirm_stock", row.state, actor)
    if row.outcome != ComplaintOutcome.STOCK_CHECK or row.stock_checked_at:
        raise Conflict(mark("No stock check is waiting."), code="not_asked")
    if not finding.strip():
        raise Invalid(mark("Note what you found."), code="note_required")
    inbox.resolve(kind=FAULTY_STOCK, subject_ids=[row.public_id], outcome="checked", actor=actor, now=now)
    return steps.move(
        row, "confirm_stock", ComplaintState(row.state), actor, now, stock_checked_at=now, stock_finding=finding.strip()[:500]
    )
