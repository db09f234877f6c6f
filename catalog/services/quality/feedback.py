"""Taking in what customers say about goods: handed down by the apps above, imported, or written by a colleague."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from catalog.enums.quality import FeedbackReason, FeedbackSource
from catalog.models import ProductFeedback, Sku
from catalog.queries.listings import products_for
from opsdesk.audit.services import Change, record_many
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Invalid, Issue
from opsdesk.common.text import mark

SUBJECT = "product"


@dataclass(frozen=True)
class Voice:
    """One thing a customer said about a SKU. `ref` names it at its source: a review's, return's or ticket's number."""

    sku: str
    source: FeedbackSource
    reason: FeedbackReason
    ref: str
    happened_at: datetime
    rating: int | None = None
    pieces: int = 1
    text: str = ""


@transaction.atomic
def take_feedback(*, voices: Sequence[Voice], actor: Actor, now: datetime) -> int:
    """Keep what customers said; the same reference of the same source arrives once. Returns how many are new.

    A fixed number of statements.
    Raises: Forbidden, Invalid (unknown SKUs, times to come: all of them are named, nothing is kept).
    SOP: C19, O22
    """
    actor.require("catalog.add_productfeedback")
    skus = Sku.objects.filter(product__in=products_for(actor).values("pk"))
    known = {sku.code: sku for sku in skus.filter(code__in={voice.sku for voice in voices}).select_related("product")}
    if issues := [issue for index, voice in enumerate(voices) for issue in _problems(index, voice, known, now)]:
        raise Invalid(issues[0].message, code=issues[0].code, issues=issues, **dict(issues[0].params))
    refs = {voice.ref for voice in voices}
    there = set(ProductFeedback.objects.filter(ref__in=refs).values_list("source", "ref", "sku_id"))
    fresh = {
        (voice.source, voice.ref, known[voice.sku].pk): voice
        for voice in voices
        if (voice.source, voice.ref, known[voice.sku].pk) not in there
    }
    ProductFeedback.objects.bulk_create(
        [_row(voice, known[voice.sku], actor, now) for voice in fresh.values()], ignore_conflicts=True
    )
    changes = [
        Change("catalog.feedback_taken", SUBJECT, known[voice.sku].product.public_id, after={"reason": str(voice.reason)})
        for voice in fresh.values()
    ]
    record_many(changes, actor=actor, now=now)
    return len(fresh)


def _problems(index: int, voice: Voice, known: dict[str, Sku], now: datetime) -> list[Issue]:
    issues = []
    if voice.sku not in known:
        issues.append(Issue(f"/{index}/sku", "unknown_sku", mark("There is no SKU %(sku)s."), {"sku": voice.sku}))
    if voice.happened_at > now:
        issues.append(Issue(f"/{index}/happened_at", "date_out_of_range", mark("This time lies ahead.")))
    return issues


def _row(voice: Voice, sku: Sku, actor: Actor, now: datetime) -> ProductFeedback:
    return ProductFeedback(
        sku=sku,
        product=sku.product,
        source=voice.source,
        reason=voice.reason,
        rating=voice.rating,
        pieces=voice.pieces,
        text=voice.text,
        ref=voice.ref,
        happened_at=voice.happened_at,
        recorded_at=now,
        recorded_by=actor.label,
    )
