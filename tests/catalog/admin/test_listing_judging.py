"""Judging listings in the browser: two stages, two people, and nobody who wrote it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from catalog.models import ListingRevision
from opsdesk.accounts.models import User
from opsdesk.accounts.roles import Role
from opsdesk.inbox.models import WorkItem
from opsdesk.reviews.models import ReviewRequest
from opsdesk.webhooks.models import Event
from tests.builders import (
    a_draft,
    a_listing_in_final_review,
    a_live_listing,
    a_shop,
    a_submitted_listing,
    a_user,
)
from tests.kit.browser import signed_in
from tests.kit.listing_screens import ADD, do, judge, sheet, state_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "shop")


@pytest.fixture
def shop(db: None) -> Any:
    return a_shop()


@pytest.fixture
def specialist(shop: Any) -> Client:
    return signed_in(a_user(Role.PRODUCT_SPECIALIST))


@pytest.mark.sop("C4")
def test_material_is_judged_by_the_product_supervisor_before_it_goes_on(specialist: Client) -> None:
    revision = a_draft()
    do(specialist, revision, "submit")
    assert state_of(revision) == "material_review"
    item = WorkItem.objects.get(kind="catalog.material_review")
    assert (item.role, item.subject_id, item.closed_at) == ("product_supervisor", revision.public_id, None)
    assert (item.due_at - item.raised_at).total_seconds() == 24 * 3600

    response = judge(signed_in(a_user(Role.PRODUCT_SUPERVISOR)), revision)

    assert (response.status_code, state_of(revision)) == (302, "final_review")
    item.refresh_from_db()
    assert item.outcome == "approved"
    assert WorkItem.objects.get(kind="catalog.final_review").role == "operations_supervisor"


@pytest.mark.sop("C13")
def test_two_people_release_a_listing() -> None:
    revision = a_listing_in_final_review()

    judge(signed_in(a_user(Role.OPERATIONS_SUPERVISOR)), revision)

    revision.refresh_from_db()
    assert (revision.state, revision.approved_hash) == ("approved", revision.content_hash)
    stages = ReviewRequest.objects.order_by("id").values_list("stage", "state")
    assert list(stages) == [("material", "approved"), ("final", "approved")]
    assert len(set(ReviewRequest.objects.values_list("decided_by", flat=True))) == 2
    assert list(Event.objects.order_by("id").values_list("type", flat=True)) == ["listing.submitted", "listing.approved"]


def test_a_listing_is_returned_with_reasons_and_comes_back(specialist: Client) -> None:
    revision = a_submitted_listing()
    supervisor = signed_in(a_user(Role.PRODUCT_SUPERVISOR))

    judge(supervisor, revision, "return", reasons=["price", "images"], note="看价格")

    assert state_of(revision) == "changes_requested"
    assert ReviewRequest.objects.get().reasons == ["price", "images"]
    assert WorkItem.objects.get(closed_at=None).kind == "catalog.listing_returned"
    html = specialist.get(f"/admin/catalog/listingrevision/{revision.public_id}/change/").content.decode()
    assert "Price or margin, Images 看价格" in html
    do(specialist, revision, "submit")
    assert state_of(revision) == "material_review"
    assert WorkItem.objects.get(closed_at=None).kind == "catalog.material_review"


def test_a_listing_is_rejected_for_good(specialist: Client) -> None:
    revision = a_listing_in_final_review()

    judge(signed_in(a_user(Role.OPERATIONS_SUPERVISOR)), revision, "reject", reasons=["duplicate"])

    assert state_of(revision) == "rejected"
    assert Event.objects.order_by("id").last().data["reasons"] == ["duplicate"]  # type: ignore[union-attr]
    assert WorkItem.objects.filter(closed_at=None).count() == 0


@pytest.mark.parametrize("data", [{}, {"reasons": ["nonsense"]}])
def test_a_refusal_needs_a_reason(data: dict[str, Any]) -> None:
    revision, supervisor = a_submitted_listing(), signed_in(a_user(Role.PRODUCT_SUPERVISOR))
    before = row_counts()

    response = judge(supervisor, revision, "reject", **data)

    assert (response.status_code, state_of(revision), row_counts()) == (422, "material_review", before)


def test_only_the_content_that_was_seen_can_be_approved() -> None:
    revision, supervisor = a_submitted_listing(), signed_in(a_user(Role.PRODUCT_SUPERVISOR))
    before = row_counts()

    response = judge(supervisor, revision, seen_hash="0" * 64)

    assert (response.status_code, state_of(revision), row_counts()) == (412, "material_review", before)


def test_a_second_click_does_not_decide_the_next_stage() -> None:
    revision, colleague = a_listing_in_final_review(), signed_in(a_user(Role.PRODUCT_SUPERVISOR))
    before = row_counts()

    response = judge(colleague, revision, stage="material")

    assert (response.status_code, state_of(revision), row_counts()) == (409, "final_review", before)


@pytest.fixture
def boss(shop: Any) -> User:
    """A superuser with every role: nothing but the four-eyes rule stands in the way."""
    return a_user(*Role, superuser=True)


@pytest.mark.sop("C13", refused=True)
def test_a_superuser_never_approves_what_they_wrote_by_any_path(boss: User) -> None:
    client = signed_in(boss)
    client.post(ADD, sheet())
    revision = ListingRevision.objects.get()
    do(client, revision, "submit")
    before = row_counts()
    address = f"/admin/catalog/listingrevision/{revision.pk}"

    answers = [
        judge(client, revision),  # the form
        client.post(f"{address}/do/pass_material/", {}),  # a guessed command
        client.post(f"{address}/do/release/", {}),
        client.post("/admin/catalog/listingrevision/", {"action": "approve", "_selected_action": [revision.pk]}),  # bulk
        client.post("/admin/catalog/listingrevision/", {"action": "delete_selected", "_selected_action": [revision.pk]}),
        client.post(f"{address}/change/", {"state": "approved"}),  # in place
        client.post(f"/api/v1/product-drafts/{revision.public_id}/approve/", content_type="application/json"),  # REST
        client.post(f"/api/v1/product-drafts/{revision.public_id}/release/", content_type="application/json"),
    ]

    assert [answer.status_code for answer in answers] == [403, 404, 404, 200, 200, 403, 404, 404]
    assert answers[0].context["form"].non_field_errors() == ["Whoever wrote, edited or submitted a listing may not judge it."]
    assert (state_of(revision), row_counts()) == ("material_review", before)


@pytest.mark.parametrize("part", ["author", "editor", "submitter", "first reviewer"])
def test_nobody_judges_what_they_had_a_hand_in(boss: User, part: str) -> None:
    client, other = signed_in(boss), signed_in(a_user(Role.PRODUCT_SPECIALIST))
    (client if part == "author" else other).post(ADD, sheet())
    revision = ListingRevision.objects.get()
    if part == "editor":
        client.post(f"/admin/catalog/listingrevision/{revision.pk}/write/", sheet(version=revision.version, detail="x"))
        revision.refresh_from_db()
        other.post(f"/admin/catalog/listingrevision/{revision.pk}/write/", sheet(version=revision.version, detail="y"))
        revision.refresh_from_db()
    do(client if part == "submitter" else other, revision, "submit")
    if part == "first reviewer":
        judge(client, revision)
    state, before = state_of(revision), row_counts()

    response = judge(client, revision)

    assert (response.status_code, state_of(revision), row_counts()) == (403, state, before)


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.PRODUCT_SUPERVISOR,)])
def test_material_is_judged_by_nobody_else(role: Role) -> None:
    revision, client = a_submitted_listing(), signed_in(a_user(role))
    before = row_counts()

    response = judge(client, revision)

    assert response.status_code == 403
    assert (state_of(revision), row_counts()) == ("material_review", before)


def test_the_queue_shows_what_waits_by_stage_and_is_claimed() -> None:
    first, second = a_submitted_listing(code="A"), a_listing_in_final_review(code="B")
    user = a_user(Role.PRODUCT_SUPERVISOR)
    client = signed_in(user)

    page = client.get(reverse("admin:catalog_listingrevision_queue"))

    stages = [(title, [row.revision.pk for row in found]) for title, found in page.context["stages"]]
    assert stages == [("Material review", [first.pk]), ("Release review", [second.pk])]
    item = WorkItem.objects.get(subject_id=first.public_id, closed_at=None)
    claimed = client.post(f"/admin/catalog/listingrevision/review-queue/{item.public_id}/claim/")
    item.refresh_from_db()
    assert (claimed["Location"], item.owner) == (f"/admin/catalog/listingrevision/{first.public_id}/review/", user)
    others = WorkItem.objects.get(subject_id=second.public_id, closed_at=None)
    client.post(f"/admin/catalog/listingrevision/review-queue/{others.public_id}/claim/")
    others.refresh_from_db()
    assert others.owner is None
    specialist = signed_in(a_user(Role.CUSTOMER_SERVICE))
    assert specialist.get(reverse("admin:catalog_listingrevision_queue")).status_code == 403


def test_the_review_page_marks_the_words_that_differ(specialist: Client) -> None:
    live = a_live_listing(code="CUP", title="晨光 保温杯 旧款")
    specialist.post(f"{ADD}?from={live.public_id}", sheet(title="晨光 保温杯 新款"))
    second = ListingRevision.objects.get(no=2)
    do(specialist, second, "submit")

    page = signed_in(a_user(Role.PRODUCT_SUPERVISOR)).get(f"/admin/catalog/listingrevision/{second.pk}/review/")

    title = page.context["rows"][0].sides
    assert [(piece.text, piece.changed) for piece in title.old] == [("晨光 保温杯 ", False), ("旧", True), ("款", False)]
    assert [(piece.text, piece.changed) for piece in title.new] == [("晨光 保温杯 ", False), ("新", True), ("款", False)]
    html = page.content.decode()
    assert "<del>旧</del>" in html
    assert "<ins>新</ins>" in html


@pytest.mark.sop("C4", refused=True)
def test_an_incomplete_listing_is_not_submitted_and_every_error_is_named(specialist: Client) -> None:
    revision = a_draft(usage="", images=[])
    before = row_counts()

    response = do(specialist, revision, "submit")

    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == [
        "Usage: This field is required.",
        "Images: At least one main image is needed.",
    ]
    assert (state_of(revision), row_counts()) == ("draft", before)
