"""Publishing at its time, and what stands in the way."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from catalog.errors import ListingBlocked, NotAsApproved
from catalog.models import BannedWord, ListingRevision, PostPublishCheck, Product, Sku
from catalog.rules.findings import Finding
from catalog.services import listing_steps as steps
from catalog.services import publishing
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.common.errors import Conflict, Forbidden, IllegalTransition
from opsdesk.duties.services import run_at
from opsdesk.inbox.models import WorkItem
from opsdesk.reviews.enums import ReviewState
from opsdesk.reviews.models import ReviewRequest
from tests.builders import (
    NOW,
    a_draft,
    a_listing_in_final_review,
    a_live_listing,
    a_product,
    a_shop,
    a_submitted_listing,
    an_actor,
    an_approved_listing,
    approve,
)
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("shop")
AT = NOW + timedelta(hours=1)


@pytest.fixture
def shop(db: None) -> Any:
    return a_shop()


def scheduled(**changes: Any) -> ListingRevision:
    return publishing.schedule(revision_id=an_approved_listing(**changes).pk, publish_at=AT, actor=SYSTEM, now=NOW)


@pytest.mark.parametrize(("seconds", "state"), [(-1, "approved"), (0, "listed"), (3600, "listed")])
def test_a_scheduled_listing_is_published_when_its_time_has_come(seconds: int, state: str) -> None:
    revision = scheduled()

    done = run_at(name="catalog.publish_due", now=AT + timedelta(seconds=seconds))

    revision.refresh_from_db()
    assert (done, revision.state) == (int(state == "listed"), state)
    assert run_at(name="catalog.publish_due", now=AT + timedelta(hours=2)) == int(state != "listed")
    assert PostPublishCheck.objects.count() == 1


def test_one_that_cannot_be_published_goes_back_to_a_person_and_the_others_go_on() -> None:
    bad, good = scheduled(code="BAD", detail="全网最低价"), scheduled(code="GOOD")
    BannedWord.objects.create(word="全网最低价")

    assert publishing.publish_due(now=AT) == 1

    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, bad.publish_at, good.state) == ("approved", None, "listed")
    item = WorkItem.objects.get(kind="catalog.publish_listing", closed_at=None)
    assert (item.subject_id, item.due_at) == (bad.public_id, AT + timedelta(hours=24))
    assert publishing.publish_due(now=AT) == 0


def test_content_that_was_changed_behind_our_back_is_not_published() -> None:
    revision = an_approved_listing()
    ListingRevision.objects.filter(pk=revision.pk).update(title="保温杯 其他")
    before = row_counts()

    with pytest.raises(NotAsApproved), transaction.atomic():
        publishing.publish(revision_id=revision.pk, actor=SYSTEM, now=NOW)

    assert row_counts() == before
    assert Product.objects.get().status == "draft"


@pytest.mark.parametrize("state", ["approved", "listed", "delisted"])
def test_the_database_refuses_a_release_without_approval(state: str) -> None:
    revision = a_submitted_listing()

    with (
        pytest.raises(IntegrityError, match="revision_released_as_approved"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE catalog_listingrevision SET state = %s WHERE id = %s", [state, revision.pk])


@pytest.mark.parametrize(
    ("column", "constraint"), [("author_id", "review_not_by_author"), ("last_editor_id", "review_not_by_last_editor")]
)
def test_the_database_refuses_a_judge_who_wrote_it(column: str, constraint: str) -> None:
    a_submitted_listing()
    review = ReviewRequest.objects.get()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE reviews_reviewrequest SET state = 'approved', decided_by_id = {column}, {_other(column)} = NULL "
            "WHERE id = %s",
            [review.pk],
        )


def _other(column: str) -> str:
    return "last_editor_id" if column == "author_id" else "author_id"


def test_the_database_refuses_one_person_in_both_stages() -> None:
    a_listing_in_final_review()

    with pytest.raises(IntegrityError, match="review_two_people"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE reviews_reviewrequest SET state = 'approved', decided_by_id = previous_reviewer_id WHERE stage = 'final'"
        )


def test_system_and_programs_judge_nothing() -> None:
    revision = a_submitted_listing()

    with pytest.raises(Forbidden):
        approve(revision, SYSTEM)


def test_one_person_never_judges_both_stages() -> None:
    both = an_actor(Role.PRODUCT_SUPERVISOR, Role.OPERATIONS_SUPERVISOR)
    revision = approve(a_submitted_listing(), both)

    with pytest.raises(Forbidden) as refusal:
        approve(revision, both)

    assert refusal.value.error_code == "four_eyes"


def test_a_decided_stage_is_not_decided_again() -> None:
    revision = a_submitted_listing()
    ReviewRequest.objects.update(state=ReviewState.WITHDRAWN)

    with pytest.raises(Conflict) as refusal:
        approve(revision, an_actor(Role.PRODUCT_SUPERVISOR))

    assert refusal.value.error_code == "already_decided"


def test_a_sku_code_that_was_taken_meanwhile_blocks_the_release() -> None:
    revision = an_approved_listing()
    Sku.objects.create(product=a_product(), code=revision.skus[0]["sku"], price=1)

    with pytest.raises(ListingBlocked) as refusal:
        publishing.publish(revision_id=revision.pk, actor=SYSTEM, now=NOW)

    assert [issue.code for issue in refusal.value.issues] == ["duplicate_sku"]


def test_delisting_ends_the_open_check_and_relisting_opens_another() -> None:
    revision = a_live_listing()

    publishing.delist(revision_id=revision.pk, reason="out_of_stock", actor=SYSTEM, now=NOW)

    assert PostPublishCheck.objects.get().state == "cancelled"
    assert WorkItem.objects.filter(closed_at=None).count() == 0
    publishing.relist(revision_id=revision.pk, actor=SYSTEM, now=AT)
    assert list(PostPublishCheck.objects.order_by("id").values_list("state", flat=True)) == ["cancelled", "pending"]


def test_a_live_listing_is_not_published_twice() -> None:
    revision = a_live_listing()

    with pytest.raises(IllegalTransition):
        publishing.publish(revision_id=revision.pk, actor=SYSTEM, now=NOW)


def test_a_product_has_one_revision_in_work() -> None:
    first = a_draft(code="CUP")
    second = a_draft(code="CUP")

    first.refresh_from_db()
    assert (first.state, second.no) == ("archived", 2)
    with pytest.raises(IntegrityError, match="revision_one_open"), transaction.atomic():
        ListingRevision.objects.filter(pk=first.pk).update(state="draft")


def test_a_sku_code_that_is_taken_at_the_very_moment_is_a_conflict(monkeypatch: pytest.MonkeyPatch) -> None:
    revision = an_approved_listing()
    examine = steps.examine

    def overtaken(checked: ListingRevision) -> list[Finding]:
        found = examine(checked)
        Sku.objects.create(product=a_product(), code=revision.skus[0]["sku"], price=1)
        return found

    monkeypatch.setattr(steps, "examine", overtaken)

    with pytest.raises(Conflict) as refusal:
        publishing.publish(revision_id=revision.pk, actor=SYSTEM, now=NOW)

    assert refusal.value.error_code == "duplicate_sku"
    assert Product.objects.get(pk=revision.product_id).status == "draft"
