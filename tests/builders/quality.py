"""Storefronts, sample audits, feedback and complaints."""

from datetime import datetime
from typing import Any

from catalog.enums.quality import ComplaintKind, FeedbackReason, FeedbackSource, PageFormat
from catalog.models import ListingRevision, QualityComplaint, Sku, Storefront
from catalog.queries.quality.expected import expected_of
from catalog.services.quality.complaints import Complaint, file_complaint
from catalog.services.quality.feedback import Voice, take_feedback
from catalog.services.quality.storefronts import Reading, set_storefront
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.shops.models import Shop
from tests.builders.times import NOW

PARTS = {
    "category": "category",
    "sku": "skus",
    "sku_code": "sku",
    "price": "price",
    "commitments": "services",
    "title": "title",
}


def a_storefront(shop: Shop, url: str, **parts: str) -> Storefront:
    """A storefront in use that answers JSON at ``/p/<code>``."""
    reading = Reading(f"{url}/p/{{code}}", PageFormat.JSON, PARTS | parts)
    return set_storefront(shop_id=shop.pk, reading=reading, actor=SYSTEM, now=NOW)


def a_page_of(revision: ListingRevision, **changes: Any) -> dict[str, Any]:
    """What a storefront shows of a live listing when all is right."""
    expected = expected_of([revision.pk])[revision.pk]
    page = {
        "category": list(expected.category),
        "title": expected.title,
        "skus": [
            {"sku": code, "price": str(price), "stock": expected.available[code]} for code, price in expected.prices.items()
        ],
        "services": list(expected.commitments),
    }
    return page | changes


def some_feedback(
    sku: Sku,
    count: int,
    *,
    source: FeedbackSource = FeedbackSource.RETURN,
    reason: FeedbackReason = FeedbackReason.SIZE,
    rating: int | None = None,
    at: datetime = NOW,
    start: str = "R",
) -> None:
    """So many customers say the same of a SKU."""
    voices = [Voice(sku.code, source, reason, f"{start}-{number}", at, rating=rating) for number in range(count)]
    take_feedback(voices=voices, actor=SYSTEM, now=at)


def a_complaint(sku: Sku, actor: Actor = SYSTEM, **changes: Any) -> QualityComplaint:
    """A quality complaint about a SKU."""
    plain: dict[str, Any] = {"sku": sku.code, "kind": ComplaintKind.DEFECT, "text": "The lid leaks."}
    return file_complaint(complaint=Complaint(**plain | changes), actor=actor, now=NOW)
