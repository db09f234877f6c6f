"""What the services of store pages refuse behind the doors, and that nothing is written then."""

from collections.abc import Callable
from typing import Any

import pytest

from catalog.models import PageFinding, PageReview, PageVersion
from catalog.rules.pages.blocks import Block
from catalog.rules.pages.placing import FIRST, Spot
from catalog.services.pages import judging, looking, placing, steps, swapping, writing
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.common.errors import Conflict, DomainError, Invalid, NotFound, Stale
from opsdesk.reviews.enums import ReviewState
from opsdesk.reviews.models import ReviewRequest
from opsdesk.reviews.services import Verdict
from tests.builders import NOW, a_shop, an_actor
from tests.builders.media import an_asset
from tests.builders.pages import BANNER, a_live_page, a_page, a_page_draft, an_approved_page
from tests.kit.rows import row_counts

pytestmark = [pytest.mark.usefixtures("shop"), pytest.mark.django_db]


@pytest.fixture
def shop(db: None) -> Any:
    return a_shop()


def refused(error: type[DomainError], code: str, call: Callable[[], object]) -> None:
    before, states = row_counts(), list(PageVersion.objects.values_list("state", "version"))
    with pytest.raises(error) as caught:
        call()
    assert caught.value.error_code == code
    assert (row_counts(), list(PageVersion.objects.values_list("state", "version"))) == (before, states)


def in_review() -> PageVersion:
    return judging.submit(version_id=a_page_draft().pk, actor=SYSTEM, now=NOW)


def decide(version: PageVersion, state: ReviewState, *reasons: str, actor: Actor) -> PageVersion:
    verdict = Verdict(state, version.content_hash, reasons)
    return judging.decide(version_id=version.pk, verdict=verdict, actor=actor, now=NOW)


@pytest.mark.parametrize(
    ("changes", "error", "code"),
    [
        ({"shop_code": "nowhere"}, NotFound, "not_found"),
        ({"kind": "blog"}, Invalid, "unknown_kind"),
        ({}, Conflict, "duplicate_page"),
    ],
)
def test_a_page_is_opened_in_a_known_shop_of_a_known_kind_and_once(
    changes: dict[str, str], error: type[DomainError], code: str
) -> None:
    a_page()
    values = {"shop_code": "tmall-01", "kind": "home", "slug": "home", "title": "首页"} | changes
    refused(error, code, lambda: writing.create_page(**values, actor=SYSTEM, now=NOW))


def test_a_page_has_at_most_fifty_blocks() -> None:
    page = a_page()
    a_page_draft(page, *[BANNER] * 50)
    version = PageVersion.objects.get().version

    def write() -> object:
        return writing.write_version(page_id=page.pk, version=version, title="x", blocks=[BANNER] * 51, actor=SYSTEM, now=NOW)

    refused(Invalid, "too_many_items", write)


def test_pages_of_other_shops_are_not_there() -> None:
    live = a_live_page()
    looking.open_reviews(now=live.page.look_by or NOW.replace(year=2030))
    review = PageReview.objects.get()
    looking.record_review(
        review_id=review.pk,
        scores=looking.Scores(3, 3, 3),
        remarks=[looking.Remark("layout", "乱")],
        actor=SYSTEM,
        now=NOW,
    )
    stranger = an_actor(Role.DESIGNER, shops=[a_shop("douyin-01")])
    finding = PageFinding.objects.get()

    refused(NotFound, "not_found", lambda: steps.lock_page(live.page_id, stranger))
    refused(NotFound, "not_found", lambda: look(review.pk, actor=stranger))
    refused(NotFound, "not_found", lambda: finish(finding.pk, "x", actor=stranger))
    refused(Invalid, "note_required", lambda: finish(finding.pk, "  "))


def look(review_id: int, *remarks: looking.Remark, score: int = 3, actor: Actor = SYSTEM) -> object:
    scores = looking.Scores(score, 3, 3)
    return looking.record_review(review_id=review_id, scores=scores, remarks=remarks, actor=actor, now=NOW)


def finish(finding_id: int, note: str, *, actor: Actor = SYSTEM) -> object:
    return looking.finish_finding(finding_id=finding_id, done_note=note, actor=actor, now=NOW)


def test_marks_and_remarks_make_sense() -> None:
    a_live_page()
    looking.open_reviews(now=NOW.replace(year=2030))
    review = PageReview.objects.get().pk
    for score in (0, 6):
        refused(Invalid, "invalid", lambda score=score: look(review, score=score))  # type: ignore[misc]
    for remark in (looking.Remark("smell", "x"), looking.Remark("layout", " ")):
        refused(Invalid, "invalid", lambda remark=remark: look(review, remark))  # type: ignore[misc]


def test_only_known_decisions_and_reasons_count() -> None:
    version, judge = in_review(), an_actor(Role.OPERATIONS_SUPERVISOR)
    refused(Invalid, "unknown_decision", lambda: decide(version, ReviewState.PENDING, actor=judge))
    refused(Invalid, "unknown_reason", lambda: decide(version, ReviewState.RETURNED, "ugly", actor=judge))


def test_a_review_that_is_gone_is_not_decided_again() -> None:
    version, judge = in_review(), an_actor(Role.OPERATIONS_SUPERVISOR)
    ReviewRequest.objects.update(state=ReviewState.WITHDRAWN)
    refused(Conflict, "already_decided", lambda: decide(version, ReviewState.APPROVED, actor=judge))


def test_a_rejected_version_is_nobodys_work_and_the_next_one_begins_anew() -> None:
    version = decide(in_review(), ReviewState.REJECTED, "layout", actor=an_actor(Role.OPERATIONS_SUPERVISOR))
    assert version.state == "rejected"
    assert [row.no for row in (a_page_draft(version.page), version)] == [2, 1]


def test_an_approved_version_is_taken_back_and_needs_a_new_approval() -> None:
    version = judging.withdraw(version_id=an_approved_page().pk, actor=SYSTEM, now=NOW)
    version.refresh_from_db()
    assert (version.state, version.approved_hash, version.swap_at) == ("draft", "", None)


def test_only_what_was_approved_goes_live() -> None:
    version = an_approved_page()
    PageVersion.objects.filter(pk=version.pk).update(blocks=[vars(Block("text", text="other"))])
    refused(Conflict, "not_as_approved", lambda: swapping.publish(version_id=version.pk, actor=SYSTEM, now=NOW))


def test_an_image_is_placed_on_what_is_there_as_it_was_seen() -> None:
    asset, draft = an_asset(), a_page_draft()

    def place(asset_id: int, page: str, seen: str = draft.content_hash) -> object:
        spot = Spot(page, seen, FIRST)
        return placing.place_on_page(asset_id=asset_id, spot=spot, image_alt="x", origin="http://x", actor=SYSTEM, now=NOW)

    refused(NotFound, "not_found", lambda: place(0, draft.page.public_id))
    refused(NotFound, "not_found", lambda: place(asset.pk, "pag_0"))
    refused(Stale, "stale_version", lambda: place(asset.pk, draft.page.public_id, seen=""))
