"""The ledger of errors of live listings: written by whoever finds one, closed by whoever corrects it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from catalog.enums.quality import CheckedField, ErrorKind, ErrorSource
from catalog.models import ListingError, ListingRevision
from catalog.parameters.quality import CORRECT_ERROR
from catalog.queries.listings import revisions_for
from catalog.rules.quality.lifecycles import DONE, ERROR_LIFECYCLE, KEPT
from catalog.services import listing_steps as steps
from opsdesk.audit.services import Change, record_many
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Invalid, NotFound
from opsdesk.common.locking import lock_many, lock_one
from opsdesk.common.text import mark
from opsdesk.inbox import services as inbox
from opsdesk.inbox.services import Work
from opsdesk.parameters.queries import value

SUBJECT, WORK = "listing_error", "catalog.listing_error"


@dataclass(frozen=True)
class Found:
    """One wrong field of a live listing."""

    field: CheckedField
    kind: ErrorKind
    note: str = ""


def enter_errors(
    *, revision: ListingRevision, found: Sequence[Found], source: ErrorSource, ref: str, actor: Actor, now: datetime
) -> int:
    """Write errors of a listing into the ledger, with who wrote it and who supplies it; the specialist corrects them.

    One that the same source has reported and nobody has corrected yet stays as it is. What a probe found is work of its
    own already. Returns how many are new.
    SOP: C17
    """
    known = set(
        ListingError.objects.filter(revision=revision, source=source, corrected_at=None).values_list("field", flat=True)
    )
    fresh = [one for one in found if one.field not in known]
    correct_by = now + value(CORRECT_ERROR)
    rows = [
        ListingError(
            revision=revision,
            field=one.field,
            kind=one.kind,
            source=source,
            source_ref=ref,
            note=one.note[:500],
            specialist_id=revision.author_id,
            specialist_label=revision.author_label,
            supplier=revision.supplier,
            found_at=now,
            correct_by=correct_by,
        )
        for one in fresh
    ]
    ListingError.objects.bulk_create(rows)
    shop_id = steps.only_shop(revision)
    params = {"product": revision.product.code}
    if source != ErrorSource.PROBE:
        inbox.raise_many([Work(WORK, SUBJECT, row.public_id, correct_by, shop_id, params=params) for row in rows], now=now)
    changes = [
        Change("catalog.listing_error_found", SUBJECT, row.public_id, after={"field": str(row.field), "by": str(source)})
        for row in rows
    ]
    record_many(changes, actor=actor, now=now)
    return len(rows)


@transaction.atomic
def correct_error(*, error_id: int, correction: str, actor: Actor, now: datetime) -> ListingError:
    """Note how an error was corrected.

    Raises: NotFound, Forbidden, IllegalTransition (it is corrected already), Invalid (nothing was noted).
    SOP: C17
    """
    visible = revisions_for(actor).values("pk")
    error = lock_one(ListingError.objects.filter(pk=error_id, revision__in=visible))
    ERROR_LIFECYCLE.enter("correct", DONE if error.corrected_at else KEPT, actor)
    if not correction.strip():
        raise Invalid(mark("Note what you did."), code="note_required")
    _close([error], correction.strip(), actor, now)
    return error


def close_errors(*, revision_id: int, source: ErrorSource, correction: str, actor: Actor, now: datetime) -> int:
    """Close what one source has reported of a listing and now finds right; returns how many. SOP: C17"""
    errors = lock_many(ListingError.objects.filter(revision=revision_id, source=source, corrected_at=None))
    _close(errors, correction, actor, now)
    return len(errors)


def _close(errors: Iterable[ListingError], correction: str, actor: Actor, now: datetime) -> None:
    rows = list(errors)
    for row in rows:
        row.corrected_at, row.corrected_by, row.correction = now, actor.label, correction[:500]
    ListingError.objects.bulk_update(rows, ["corrected_at", "corrected_by", "correction"])
    ids = [row.public_id for row in rows]
    inbox.resolve(kind=WORK, subject_ids=ids, outcome="corrected", actor=actor, now=now)
    record_many(
        [Change("catalog.listing_error_corrected", SUBJECT, id_, reason=correction[:500]) for id_ in ids], actor=actor, now=now
    )


def live_revision(product_id: int) -> ListingRevision:
    """The listing that a product is sold under. Raises: NotFound."""
    found = ListingRevision.objects.select_related("product").filter(product=product_id, product__live_revision=F("pk")).first()
    if found is None:
        raise NotFound(mark("This product has no live listing."))
    return found
