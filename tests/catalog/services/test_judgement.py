"""Submitting and judging: what the doors cannot even ask."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from catalog.models import ListingRevision
from catalog.parameters.listings import TARGET_MARGIN
from catalog.queries.listings import content_of
from catalog.services import drafts, judgement, listing_steps
from catalog.services.post_publish import record_check
from catalog.services.publishing import delist
from catalog.services.vocabulary import CategoryRules, add_category
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.common.errors import Invalid, NotFound, Stale
from opsdesk.inbox.models import WorkItem
from opsdesk.parameters.queries import forget_cached
from opsdesk.parameters.services import override
from opsdesk.reviews.enums import ReviewState
from opsdesk.reviews.models import ReviewRequest
from opsdesk.reviews.services import Verdict
from opsdesk.shops.models import Shop
from opsdesk.webhooks.models import Event
from tests.builders import NOW, a_category, a_draft, a_live_listing, a_shop, a_submitted_listing, an_actor, an_approved_listing

pytestmark = pytest.mark.usefixtures("shop")


@pytest.fixture
def shop(db: None) -> Any:
    return a_shop()


def test_a_withdrawn_listing_is_a_draft_without_review() -> None:
    revision = a_submitted_listing()

    judgement.withdraw(revision_id=revision.pk, actor=an_actor(Role.PRODUCT_SPECIALIST), now=NOW)

    revision.refresh_from_db()
    assert (revision.state, revision.submitted_at) == ("draft", None)
    assert list(ReviewRequest.objects.values_list("state", flat=True)) == ["withdrawn"]


def test_an_approval_that_is_withdrawn_is_gone() -> None:
    revision = an_approved_listing()

    judgement.withdraw(revision_id=revision.pk, actor=SYSTEM, now=NOW)

    revision.refresh_from_db()
    assert (revision.state, revision.approved_hash) == ("draft", "")


@pytest.mark.parametrize("verdict", [ReviewState.PENDING, ReviewState.WITHDRAWN])
def test_only_a_verdict_is_a_decision(verdict: ReviewState) -> None:
    revision = a_submitted_listing()

    with pytest.raises(Invalid) as refusal:
        judgement.decide(
            revision_id=revision.pk,
            stage="material",
            verdict=Verdict(verdict, revision.content_hash),
            actor=an_actor(Role.PRODUCT_SUPERVISOR),
            now=NOW,
        )

    assert refusal.value.error_code == "unknown_decision"


def test_a_waiver_needs_a_reason_and_ends_with_the_next_edit() -> None:
    cheap = [{"sku": "A", "cost": "90.00", "price": "80.00"}]
    revision, supervisor = a_draft(skus=cheap), an_actor(Role.OPERATIONS_SUPERVISOR)
    with pytest.raises(Invalid) as refusal:
        judgement.waive_margin(revision_id=revision.pk, reason="  ", actor=supervisor, now=NOW)
    assert refusal.value.error_code == "reason_required"
    waived = judgement.waive_margin(revision_id=revision.pk, reason="清仓", actor=supervisor, now=NOW)
    assert listing_steps.blocking(listing_steps.examine(waived)) == []

    content = content_of(waived)
    edited = drafts.edit_draft(
        revision_id=waived.pk,
        version=waived.version,
        content=replace(content, usage="改"),
        actor=an_actor(Role.PRODUCT_SPECIALIST),
        now=NOW,
    )

    assert [finding.code for finding in edited.findings if finding.blocks] == ["margin_below_target", "below_cost"]


def test_an_edit_of_another_version_is_refused() -> None:
    revision = a_draft()

    with pytest.raises(Stale):
        drafts.edit_draft(
            revision_id=revision.pk,
            version=revision.version + 1,
            content=content_of(revision),
            actor=SYSTEM,
            now=NOW,
        )


def test_what_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFound):
        judgement.submit(revision_id=0, actor=SYSTEM, now=NOW)
    with pytest.raises(NotFound):
        record_check(check_id=0, category_ok=True, price_ok=True, evidence="x", actor=SYSTEM, now=NOW)


@pytest.mark.parametrize(("target", "blocked"), [(59, False), (60, True)])
def test_the_target_margin_is_a_parameter(target: int, blocked: bool) -> None:
    override(code=TARGET_MARGIN.code, value=target, reason="test", actor=SYSTEM, now=NOW)
    forget_cached()

    assert bool(listing_steps.blocking(listing_steps.examine(a_draft()))) is blocked


@pytest.mark.parametrize(("margin", "blocked"), [(59, False), (60, True)])
def test_a_category_has_a_target_of_its_own_which_those_below_inherit(margin: int, blocked: bool) -> None:
    top = a_category().parent.parent  # type: ignore[union-attr]
    assert top is not None
    top.target_margin = margin
    top.save(update_fields=["target_margin"])

    assert bool(listing_steps.blocking(listing_steps.examine(a_draft()))) is blocked


def test_a_replaced_revision_is_not_edited_any_more() -> None:
    first = a_live_listing(code="CUP")
    second = a_draft(code="CUP")

    assert ListingRevision.objects.filter(product=first.product).count() == 2
    assert second.no == 2
    assert second.product.live_revision_id == first.pk
    assert first.published_at == NOW
    assert first.published_at + timedelta(hours=24) == first.checks.get().check_by


def test_a_decision_whose_review_is_gone_is_refused() -> None:
    revision = a_submitted_listing()
    verdict = Verdict(ReviewState.APPROVED, revision.content_hash)

    with pytest.raises(Invalid) as refusal:
        judgement.decide(
            revision_id=revision.pk, stage="third", verdict=verdict, actor=an_actor(Role.PRODUCT_SUPERVISOR), now=NOW
        )

    assert refusal.value.error_code == "unknown_decision"


def test_an_unknown_reason_is_refused() -> None:
    revision = a_submitted_listing()
    verdict = Verdict(ReviewState.REJECTED, revision.content_hash, ["mood"])

    with pytest.raises(Invalid) as refusal:
        judgement.decide(
            revision_id=revision.pk, stage="material", verdict=verdict, actor=an_actor(Role.PRODUCT_SUPERVISOR), now=NOW
        )

    assert refusal.value.error_code == "unknown_reason"


def test_a_check_needs_what_was_seen() -> None:
    check = a_live_listing().checks.get()

    with pytest.raises(Invalid) as refusal:
        record_check(check_id=check.pk, category_ok=True, price_ok=True, evidence=" ", actor=SYSTEM, now=NOW)

    assert refusal.value.error_code == "evidence_required"


def test_a_fourth_level_and_an_unknown_delist_reason_are_refused() -> None:
    rules = CategoryRules("x")

    with pytest.raises(Invalid) as refusal:
        add_category(code="c4", parent_id=a_category().pk, rules=rules, actor=SYSTEM, now=NOW)
    with pytest.raises(Invalid) as other:
        delist(revision_id=a_live_listing().pk, reason="mood", actor=SYSTEM, now=NOW)

    assert [issue.code for issue in refusal.value.issues] == ["too_deep"]
    assert other.value.error_code == "unknown_reason"


def test_a_listing_of_a_shop_out_of_sight_is_not_found() -> None:
    a_shop("douyin-01")
    stranger = an_actor(Role.PRODUCT_SPECIALIST, shops=Shop.objects.filter(code="douyin-01"))
    revision = a_draft(shops=["tmall-01", "douyin-01"])

    with pytest.raises(NotFound):
        judgement.submit(revision_id=revision.pk, actor=stranger, now=NOW)


def test_work_on_a_listing_of_several_shops_belongs_to_none_of_them() -> None:
    a_shop("douyin-01")
    single, several = a_submitted_listing(), a_submitted_listing(shops=["tmall-01", "douyin-01"])

    shops = dict(WorkItem.objects.values_list("subject_id", "shop__code"))

    assert shops == {single.public_id: "tmall-01", several.public_id: None}
    told = Event.objects.filter(subject_id=several.product.public_id).order_by("sequence")
    assert list(told.values_list("shop__code", "sequence")) == [("douyin-01", 1), ("tmall-01", 2)]


def test_a_program_edits_without_becoming_an_editor() -> None:
    revision = a_draft()
    editors = revision.editor_ids

    edited = drafts.edit_draft(
        revision_id=revision.pk, version=revision.version, content=content_of(revision), actor=SYSTEM, now=NOW
    )

    assert (edited.revision.editor_ids, edited.revision.last_editor_id) == (editors, None)


def test_an_edit_of_a_live_products_next_revision_leaves_the_product_alone() -> None:
    live = a_live_listing(code="CUP")
    second = a_draft(code="CUP", title="保温杯 新")

    live.product.refresh_from_db()
    assert (live.product.title, live.product.latest_revision_id) == (live.title, second.pk)
