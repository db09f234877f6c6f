"""The designer's periodic look at live pages, how fast they load, and putting right what was found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from catalog.enums.pages import FindingState, PageAspect, PageReviewState
from catalog.models import ContentPage, PageFinding, PageMeasurement, PageReview
from catalog.parameters.pages import PAGE_FINDING_WITHIN, PAGE_LOOK_EVERY, PAGE_LOOK_WITHIN
from catalog.queries.pages import newest_measurement, slow_points
from catalog.rules.pages.lifecycle import PAGE_FINDING_LIFECYCLE, PAGE_REVIEW_LIFECYCLE
from opsdesk.audit.services import Change, record, record_many
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.common.errors import Invalid, Issue, NotFound
from opsdesk.common.locking import lock_many, lock_one
from opsdesk.common.text import mark
from opsdesk.inbox import services as inbox
from opsdesk.inbox.services import Work
from opsdesk.parameters.queries import value

LOOK, FINDING = "catalog.page_review", "catalog.page_finding"
REVIEW_SUBJECT, FINDING_SUBJECT = "page_review", "page_finding"
WORST, BEST = 1, 5
MEASURE_EVERY = timedelta(hours=20)  # once a night, whenever in the night the duty comes round


@dataclass(frozen=True)
class Scores:
    """The designer's marks, from 1 (bad) to 5 (good)."""

    layout: int
    colours: int
    speed: int


@dataclass(frozen=True)
class Remark:
    """Something to put right."""

    aspect: str
    text: str


@transaction.atomic
def open_reviews(*, now: datetime) -> int:
    """Ask the designer to look at every live page whose time has come; returns how many. SOP: C25"""
    pages = lock_many(ContentPage.objects.filter(look_by__lte=now, live_version__isnull=False))
    due_at = now + value(PAGE_LOOK_WITHIN)
    reviews = PageReview.objects.bulk_create(PageReview(page=page, due_at=due_at) for page in pages)
    ContentPage.objects.filter(pk__in=[page.pk for page in pages]).update(look_by=None)
    works = [
        Work(LOOK, REVIEW_SUBJECT, review.public_id, due_at, review.page.shop_id, params={"page": review.page.title})
        for review in reviews
    ]
    inbox.raise_many(works, now=now)
    record_many([Change("pages.look_asked", REVIEW_SUBJECT, review.public_id) for review in reviews], actor=SYSTEM, now=now)
    return len(reviews)


@transaction.atomic
def record_review(
    *, review_id: int, scores: Scores, remarks: Sequence[Remark] = (), note: str = "", actor: Actor, now: datetime
) -> PageReview:
    """Keep the designer's marks; what is to be put right, and what makes the page slow, becomes work.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (a mark outside 1 to 5; a bad mark without a remark).
    SOP: C25
    """
    review = lock_one(PageReview.objects.filter(pk=review_id).select_related("page__shop"))
    if not actor.sees_shop(review.page.shop_id):
        raise NotFound()
    step = PAGE_REVIEW_LIFECYCLE.enter("record", review.state, actor)
    _check(scores, remarks)
    review.state, review.reviewed_at, review.reviewed_by_id = PageReviewState.DONE, now, actor.staff_id
    review.layout, review.colours, review.speed, review.note = scores.layout, scores.colours, scores.speed, note
    review.save(update_fields=["state", "reviewed_at", "reviewed_by", "layout", "colours", "speed", "note"])
    ContentPage.objects.filter(pk=review.page_id).update(look_by=now + value(PAGE_LOOK_EVERY))
    inbox.resolve(kind=LOOK, subject_ids=[review.public_id], outcome="done", actor=actor, now=now)
    _raise_findings(review, remarks, now)
    after = {"layout": scores.layout, "colours": scores.colours, "speed": scores.speed, "findings": review.findings.count()}
    change = Change(f"pages.look_{step.name}", REVIEW_SUBJECT, review.public_id, shop=review.page.shop.code, after=after)
    record(change, actor=actor, now=now)
    return review


@transaction.atomic
def finish_finding(*, finding_id: int, done_note: str, actor: Actor, now: datetime) -> PageFinding:
    """Say what was done about a finding.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (nothing was noted).
    SOP: C25
    """
    finding = lock_one(PageFinding.objects.filter(pk=finding_id).select_related("review__page__shop"))
    if not actor.sees_shop(finding.review.page.shop_id):
        raise NotFound()
    PAGE_FINDING_LIFECYCLE.enter("finish", finding.state, actor)
    if not done_note.strip():
        raise Invalid(mark("Note what was done."), code="note_required")
    finding.state, finding.done_note = FindingState.DONE, done_note.strip()
    finding.done_at, finding.done_by_id = now, actor.staff_id
    finding.save(update_fields=["state", "done_note", "done_at", "done_by"])
    inbox.resolve(kind=FINDING, subject_ids=[finding.public_id], outcome="done", actor=actor, now=now)
    shop = finding.review.page.shop.code
    change = Change("pages.finding_done", FINDING_SUBJECT, finding.public_id, shop=shop, reason=finding.done_note)
    record(change, actor=actor, now=now)
    return finding


def to_measure(*, now: datetime, limit: int) -> list[tuple[int, str]]:
    """(page, address) of live pages that were not measured lately."""
    pages = ContentPage.objects.filter(live_version__isnull=False).exclude(address="")
    lately = PageMeasurement.objects.filter(at__gt=now - MEASURE_EVERY).values("page")
    return list(pages.exclude(pk__in=lately).order_by("id").values_list("pk", "address")[:limit])


def record_measurement(
    *, page_id: int, size: int, requests: int, time: timedelta | None, failure: str, now: datetime
) -> PageMeasurement:
    """Keep what loading a page took. SOP: C25"""
    return PageMeasurement.objects.create(page_id=page_id, at=now, size=size, requests=requests, time=time, failure=failure)


def _check(scores: Scores, remarks: Sequence[Remark]) -> None:
    issues = []
    for name in PageAspect.values:
        mark_given = getattr(scores, name)
        if not WORST <= mark_given <= BEST:
            issues.append(Issue(f"/{name}", "out_of_range", mark("A mark lies between 1 and 5.")))
        elif mark_given == WORST and name not in {remark.aspect for remark in remarks}:
            issues.append(Issue("/remarks", "remark_required", mark("Say what is wrong where the mark is 1.")))
    for remark in remarks:
        if remark.aspect not in PageAspect.values or not remark.text.strip():
            issues.append(Issue("/remarks", "remark_required", mark("A remark names its aspect and what is wrong.")))
    if issues:
        raise Invalid(issues=issues)


def _raise_findings(review: PageReview, remarks: Sequence[Remark], now: datetime) -> None:
    due_at = now + value(PAGE_FINDING_WITHIN)
    slow = slow_points(newest_measurement(review.page))
    findings = [PageFinding(review=review, aspect=r.aspect, text=r.text.strip(), due_at=due_at) for r in remarks]
    findings += [
        PageFinding(review=review, aspect=PageAspect.SPEED, text=f.message, params=dict(f.params), due_at=due_at) for f in slow
    ]
    rows = PageFinding.objects.bulk_create(findings)
    params = {"page": review.page.title}
    works = [Work(FINDING, FINDING_SUBJECT, row.public_id, due_at, review.page.shop_id, params=params) for row in rows]
    inbox.raise_many(works, now=now)
