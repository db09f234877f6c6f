"""Which suppliers may be chosen, and the figures of their scorecards."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet

from catalog.enums.listings import RevisionState
from catalog.enums.selection import AssessmentAspect, DocumentKind, DocumentState, LineDecision, SupplierStatus
from catalog.models import ListingRevision, SelectionLine, Supplier, SupplierAssessment, SupplierDocument
from catalog.parameters.selection import (
    REQUIRES_BRAND_AUTHORISATION,
    REQUIRES_BUSINESS_LICENCE,
    REQUIRES_PRODUCTION_LICENCE,
    REQUIRES_QUALITY_REPORT,
)
from catalog.rules.selection.qualification import lacking
from opsdesk.audit.models import AuditEntry
from opsdesk.parameters.queries import value

_SWITCHES = {
    DocumentKind.BUSINESS_LICENCE: REQUIRES_BUSINESS_LICENCE,
    DocumentKind.PRODUCTION_LICENCE: REQUIRES_PRODUCTION_LICENCE,
    DocumentKind.QUALITY_REPORT: REQUIRES_QUALITY_REPORT,
    DocumentKind.BRAND_AUTHORISATION: REQUIRES_BRAND_AUTHORISATION,
}
_QUALITY = "quality"


@dataclass(frozen=True)
class Scorecard:
    """What the database tells of a supplier. `scores` are the newest assessment of each aspect that has one."""

    live: int
    listings: int
    quality_delists: int
    selected: int
    accepted: int
    scores: dict[str, SupplierAssessment]
    average: Decimal | None


def required_kinds() -> list[DocumentKind]:
    """The kinds of document that every supplier must have. SOP: C2"""
    return [kind for kind, switch in _SWITCHES.items() if value(switch)]


def lacking_of(documents: Iterable[SupplierDocument], *, today: date) -> list[DocumentKind]:
    """The required kinds of which there is no valid one among a supplier's documents. SOP: C2"""
    held = [(document.kind, document.expires_on) for document in documents if document.state == DocumentState.CURRENT]
    return [DocumentKind(kind) for kind in lacking(required=required_kinds(), held=held, today=today)]


def active_suppliers(*, today: date) -> list[tuple[Supplier, list[DocumentKind]]]:
    """Active suppliers by name, each with the required documents that it lacks; two statements. SOP: C2"""
    rows = Supplier.objects.filter(status=SupplierStatus.ACTIVE).prefetch_related("documents").order_by("name")
    return [(supplier, lacking_of(supplier.documents.all(), today=today)) for supplier in rows]


def listings_of(supplier: Supplier) -> QuerySet[ListingRevision]:
    """The revisions of listings that name the supplier."""
    return ListingRevision.objects.filter(supplier=supplier.name)


def quality_delists(supplier: Supplier) -> list[ListingRevision]:
    """The listings of the supplier's goods that were taken off sale for their quality, newest first."""
    revisions = {revision.public_id: revision for revision in listings_of(supplier).select_related("product")}
    entries = AuditEntry.objects.filter(
        subject_kind="listing", subject_id__in=revisions, action="listings.delist", reason__startswith=_QUALITY
    )
    ids = entries.order_by("-id").values_list("subject_id", flat=True)
    return [revisions[subject] for subject in dict.fromkeys(ids)]


def scorecard(supplier: Supplier) -> Scorecard:
    """The supplier's figures. SOP: C2"""
    counted = listings_of(supplier).aggregate(
        products=Count("product", distinct=True),
        live=Count("product", distinct=True, filter=Q(state=RevisionState.LISTED)),
    )
    lines = SelectionLine.objects.filter(supplier=supplier).aggregate(
        all=Count("pk"), accepted=Count("pk", filter=Q(decision=LineDecision.ACCEPTED))
    )
    newest = newest_assessments([supplier.pk]).get(supplier.pk, {})
    return Scorecard(
        live=counted["live"],
        listings=counted["products"],
        quality_delists=len(quality_delists(supplier)),
        selected=lines["all"],
        accepted=lines["accepted"],
        scores=newest,
        average=average_of(newest.values()),
    )


def newest_assessments(supplier_ids: Collection[int]) -> dict[int, dict[str, SupplierAssessment]]:
    """The newest assessment of each aspect by supplier, aspects in their own order; one statement."""
    rows = SupplierAssessment.objects.filter(supplier__in=supplier_ids)
    rows = rows.order_by("supplier", "aspect", "-assessed_on", "-id").distinct("supplier", "aspect")
    found: dict[int, dict[str, SupplierAssessment]] = {}
    for row in rows:
        found.setdefault(row.supplier_id, {})[row.aspect] = row
    order: list[Any] = list(AssessmentAspect)
    return {pk: {name: by[name] for name in order if name in by} for pk, by in found.items()}


def average_of(assessments: Iterable[SupplierAssessment]) -> Decimal | None:
    """The mean of scores with one decimal, None without any."""
    scores = [assessment.score for assessment in assessments]
    return (Decimal(sum(scores)) / len(scores)).quantize(Decimal("0.1")) if scores else None
