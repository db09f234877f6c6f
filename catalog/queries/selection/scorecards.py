"""The figures of a supplier's scorecard, each with the rows behind it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count, Q, QuerySet

from catalog.enums.inbound import PurchaseStatus, ReceiptStatus
from catalog.enums.listings import DelistReason, RevisionState
from catalog.enums.selection import AssessmentAspect, LineDecision
from catalog.models import ListingRevision, QualityComplaint, SelectionLine, Supplier, SupplierAssessment
from catalog.rules.selection.market import share_percent
from opsdesk.audit.models import AuditEntry

_ORDERED = (PurchaseStatus.SENT, PurchaseStatus.PARTLY_RECEIVED, PurchaseStatus.RECEIVED)
_DELIVERIES = """
SELECT count(*), count(*) FILTER (WHERE g.pieces >= l.quantity),
    coalesce(sum(l.quantity), 0), coalesce(sum(least(l.received, l.quantity)), 0)
FROM catalog_purchaseorderline l JOIN catalog_purchaseorder o ON o.id = l.order_id
CROSS JOIN LATERAL (
    SELECT coalesce(sum(rl.good), 0) AS pieces
    FROM catalog_goodsreceiptline rl JOIN catalog_goodsreceipt r ON r.id = rl.receipt_id
    WHERE r.purchase_order_id = o.id AND rl.sku_id = l.sku_id AND r.status = %(posted)s
        AND (r.opened_at AT TIME ZONE %(zone)s)::date <= l.expected_on
) g
WHERE o.supplier_name = %(name)s AND o.status = ANY(%(ordered)s) AND (l.expected_on < %(today)s OR l.received >= l.quantity)
"""


@dataclass(frozen=True)
class Deliveries:
    """What came of the order lines that are due: `punctual` came complete by their day; pieces as ordered and received."""

    lines: int
    punctual: int
    ordered: int
    received: int

    @property
    def punctuality(self) -> Decimal | None:
        """The share of due lines that came complete by their day, in percent; None without any."""
        return share_percent(part=self.punctual, whole=self.lines)

    @property
    def fill_rate(self) -> Decimal | None:
        """The share of ordered pieces that came in good order, in percent; None without any."""
        return share_percent(part=self.received, whole=self.ordered)


@dataclass(frozen=True)
class Scorecard:
    """What the database tells of a supplier. `scores` are the newest assessment of each aspect that has one."""

    live: int
    listings: int
    quality_delists: int
    complaints: int
    deliveries: Deliveries
    selected: int
    accepted: int
    scores: dict[str, SupplierAssessment]
    average: Decimal | None


def listings_of(supplier: Supplier) -> QuerySet[ListingRevision]:
    """The revisions of listings that name the supplier."""
    return ListingRevision.objects.filter(supplier=supplier.name)


def quality_delists(supplier: Supplier) -> list[ListingRevision]:
    """The listings of the supplier's goods that were taken off sale for their quality, newest first."""
    revisions = {revision.public_id: revision for revision in listings_of(supplier).select_related("product")}
    entries = AuditEntry.objects.filter(
        subject_kind="listing",
        subject_id__in=revisions,
        action="listings.delist",
        reason__startswith=DelistReason.QUALITY.value,
    )
    ids = entries.order_by("-id").values_list("subject_id", flat=True)
    return [revisions[subject] for subject in dict.fromkeys(ids)]


def deliveries_of(supplier: Supplier, *, today: date) -> Deliveries:
    """How the supplier has delivered what was ordered and is due; one statement."""
    params: dict[str, Any] = {
        "name": supplier.name,
        "ordered": [str(status) for status in _ORDERED],
        "posted": str(ReceiptStatus.POSTED),
        "zone": settings.TIME_ZONE,
        "today": today,
    }
    with connection.cursor() as cursor:
        cursor.execute(_DELIVERIES, params)
        [row] = cursor.fetchall()
    return Deliveries(*(int(figure) for figure in row))


def scorecard(supplier: Supplier, *, today: date) -> Scorecard:
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
        complaints=QualityComplaint.objects.filter(supplier=supplier.name).count(),
        deliveries=deliveries_of(supplier, today=today),
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
    return (Decimal(sum(scores)) / len(scores)).quantize(Decimal("0.1"), ROUND_HALF_UP) if scores else None
