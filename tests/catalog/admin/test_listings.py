"""Listings in the browser: writing, submitting, publishing, taking off sale; and who may not."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from catalog.models import ListingRevision, Product, ProductShop, Sku
from opsdesk.accounts.roles import Role
from opsdesk.inbox.models import WorkItem
from opsdesk.webhooks.models import Event
from tests.builders import (
    a_category,
    a_draft,
    a_listing_in_final_review,
    a_live_listing,
    a_shop,
    a_submitted_listing,
    a_user,
    an_approved_listing,
)
from tests.kit.browser import signed_in
from tests.kit.browser_forms import rows
from tests.kit.listing_screens import ADD, do, judge, sheet, state_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "shop")


@pytest.fixture
def shop(db: None) -> Any:
    return a_shop()


@pytest.fixture
def specialist(shop: Any) -> Client:
    return signed_in(a_user(Role.PRODUCT_SPECIALIST))


@pytest.mark.sop("C5")
def test_a_listing_is_written_on_the_prescribed_form(specialist: Client) -> None:
    response = specialist.post(ADD, sheet())

    revision = ListingRevision.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/admin/catalog/listingrevision/{revision.pk}/write/")
    assert [str(message) for message in get_messages(response.wsgi_request)] == ["Saved. It can be submitted."]
    assert (revision.title, revision.spec) == ("晨光保温杯", {"容量": "500ml", "材质": "316不锈钢"})
    assert revision.selling_points == ["双层真空", "一键开盖"]
    assert [(sku["sku"], sku["options"], sku["price"]) for sku in revision.skus] == [
        ("CUP-RED", {"颜色": "红", "尺码": "M"}, "99.00")
    ]
    assert revision.images == [{"url": "https://img.example.com/1.jpg", "kind": "main", "width": 800, "height": 800}]
    page = specialist.get(response["Location"])
    assert page.status_code == 200
    assert page.context["form"].initial["version"] == revision.version


@pytest.mark.sop("C5", refused=True)
def test_what_cannot_be_read_is_refused_beside_its_field(specialist: Client) -> None:
    form = sheet(spec="no colon here", category="nowhere", **rows("skus", {"sku": "", "price": "abc"}))
    before = row_counts()

    response = specialist.post(ADD, form)

    assert response.status_code == 422
    assert response.context["form"].errors == {
        "spec": ["Write “name: value”, not “no colon here”."],
        "category": ["Select a valid choice. nowhere is not one of the available choices."],
    }
    assert response.context["skus"].errors == [{"price": ["Enter a number."]}]
    assert row_counts() == before


def test_all_problems_stand_beside_their_fields(specialist: Client) -> None:
    form = sheet(title="杯子", usage="", **rows("skus", {"sku": "A", "cost": "90", "price": "99", "discount_price": "100"}))

    page = specialist.post(ADD, form, follow=True)

    groups = {cell.field.name: cell.remarks for _title, cells in page.context["groups"] for cell in cells}
    texts = {name: [remark.text for remark in remarks] for name, remarks in groups.items() if remarks}
    assert texts == {
        "title": ["The title does not contain the core keyword 保温杯."],
        "usage": ["This field is required."],
    }
    cells = {cell.field.name: [remark.text for remark in cell.remarks] for cell in page.context["sku_rows"][0] if cell.remarks}
    assert cells == {
        "price": ["The margin is 9.1 %, the target is 20 %."],
        "discount_price": ["It must not be above the sale price."],
    }


def test_a_stale_page_does_not_overwrite(specialist: Client) -> None:
    revision = a_draft(code="CUP")
    address = f"/admin/catalog/listingrevision/{revision.pk}/write/"
    first = specialist.post(address, sheet(version=revision.version, title="保温杯 A"))
    before = row_counts()

    second = specialist.post(address, sheet(version=revision.version, title="保温杯 B"))

    assert (first.status_code, second.status_code) == (302, 422)
    assert second.context["form"].non_field_errors() == ["It was changed in the meantime; load it again."]
    assert ListingRevision.objects.get().title == "保温杯 A"
    assert row_counts() == before


@pytest.mark.sop("C14")
def test_an_approved_listing_is_published_as_it_was_approved(specialist: Client) -> None:
    revision = an_approved_listing(code="CUP")

    response = do(specialist, revision, "publish")

    assert (response.status_code, state_of(revision)) == (302, "listed")
    product = Product.objects.get(code="CUP")
    assert (product.status, product.title, product.live_revision_id) == ("live", revision.title, revision.pk)
    assert product.category == a_category()
    assert list(ProductShop.objects.values_list("shop__code", flat=True)) == ["tmall-01"]
    sku = Sku.objects.get()
    assert (sku.code, str(sku.price), str(sku.cost), sku.is_listed) == (revision.skus[0]["sku"], "99.00", "40.00", True)
    assert WorkItem.objects.get(closed_at=None).kind == "catalog.post_publish_check"
    assert Event.objects.order_by("id").last().type == "listing.published"  # type: ignore[union-attr]


@pytest.mark.sop("C14", refused=True)
@pytest.mark.parametrize("make", [a_draft, a_submitted_listing, a_listing_in_final_review])
def test_nothing_is_published_without_approval(specialist: Client, make: Any) -> None:
    revision = make()
    state, before = revision.state, row_counts()

    response = do(specialist, revision, "publish")

    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == [f"publish is not possible in state {state}."]
    assert (state_of(revision), row_counts(), Product.objects.get().status) == (state, before, "draft")


def test_any_edit_kills_the_approval(specialist: Client) -> None:
    revision = an_approved_listing(code="CUP")
    revision.refresh_from_db()

    specialist.post(f"/admin/catalog/listingrevision/{revision.pk}/write/", sheet(version=revision.version))

    revision.refresh_from_db()
    assert (revision.state, revision.approved_hash) == ("draft", "")
    assert do(specialist, revision, "publish").status_code == 422
    assert WorkItem.objects.filter(closed_at=None).count() == 0


def test_a_live_listing_stays_live_while_its_next_revision_is_judged(specialist: Client) -> None:
    live = a_live_listing(code="CUP")
    specialist.post(f"{ADD}?from={live.public_id}", sheet(title="新 保温杯"))
    second = ListingRevision.objects.get(no=2)
    do(specialist, second, "submit")
    product = Product.objects.get(code="CUP")
    assert (product.status, product.title, product.live_revision_id) == ("live", live.title, live.pk)

    judge(signed_in(a_user(Role.PRODUCT_SUPERVISOR)), second)
    judge(signed_in(a_user(Role.OPERATIONS_SUPERVISOR)), second)
    do(specialist, second, "publish")

    product.refresh_from_db()
    assert (product.status, product.title, product.live_revision_id) == ("live", "新 保温杯", second.pk)
    assert (state_of(live), state_of(second)) == ("archived", "listed")
    old, new = Sku.objects.get(code=live.skus[0]["sku"]), Sku.objects.get(code="CUP-RED")
    assert (old.is_listed, new.is_listed) == (False, True)


@pytest.mark.sop("C20")
def test_a_listing_is_taken_off_sale_with_its_reason_and_put_back_unchanged(specialist: Client) -> None:
    revision = a_live_listing(code="CUP")

    do(specialist, revision, "delist", reason="quality", note="杯盖松动")

    assert (state_of(revision), Product.objects.get().status) == ("delisted", "delisted")
    event = Event.objects.order_by("id").last()
    assert event is not None
    assert (event.type, event.data["reason"]) == ("listing.delisted", "quality")
    do(specialist, revision, "relist")
    assert (state_of(revision), Product.objects.get().status) == ("listed", "live")


@pytest.mark.sop("C20", refused=True)
def test_taking_off_sale_needs_a_known_reason(specialist: Client) -> None:
    revision = a_live_listing()
    before = row_counts()

    response = do(specialist, revision, "delist", reason="mood")

    assert (response.status_code, state_of(revision), row_counts()) == (422, "listed", before)


@pytest.mark.sop("C10")
def test_a_supervisor_waives_the_margin_of_exactly_this_content(specialist: Client) -> None:
    revision = a_draft(skus=[{"sku": "A", "cost": "90.00", "price": "80.00"}])
    assert do(specialist, revision, "submit").status_code == 422

    do(signed_in(a_user(Role.OPERATIONS_SUPERVISOR)), revision, "waive_margin", reason="清仓")

    assert do(specialist, revision, "submit").status_code == 302
    assert state_of(revision) == "material_review"
    assert set(revision.issues.values_list("code", "severity")) == {
        ("margin_below_target", "warning"),
        ("below_cost", "warning"),
    }


@pytest.mark.sop("C10", refused=True)
def test_who_wrote_a_listing_does_not_waive_its_margin() -> None:
    boss = a_user(Role.PRODUCT_SPECIALIST, Role.OPERATIONS_SUPERVISOR)
    client = signed_in(boss)
    client.post(ADD, sheet(**rows("skus", {"sku": "A", "cost": "90", "price": "80"})))
    revision = ListingRevision.objects.get()
    before = row_counts()

    response = do(client, revision, "waive_margin", reason="mine")

    assert (response.status_code, ListingRevision.objects.get().waived_hash) == (422, "")
    assert row_counts() == before


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PRODUCT_SPECIALIST])
def test_only_the_specialist_writes_submits_and_publishes(role: Role) -> None:
    client, draft, approved = signed_in(a_user(role)), a_draft(code="A"), an_approved_listing(code="B")
    before = row_counts()

    answers = [
        client.post(ADD, sheet()),
        client.post(f"/admin/catalog/listingrevision/{draft.pk}/write/", sheet(version=draft.version)),
        do(client, draft, "submit"),
        do(client, approved, "publish"),
        do(client, approved, "schedule", publish_at="2026-06-12T09:00"),
    ]

    assert [answer.status_code for answer in answers] == [403] * 5 or role in (Role.WAREHOUSE, Role.LOGISTICS, Role.SYSADMIN)
    assert (state_of(draft), state_of(approved), row_counts()) == ("draft", "approved", before)


def test_another_shops_listing_is_not_there() -> None:
    stranger = signed_in(a_user(Role.PRODUCT_SPECIALIST, shops=[a_shop("douyin-01")]))
    revision = a_draft()
    before = row_counts()

    answers = [
        stranger.get(f"/admin/catalog/listingrevision/{revision.pk}/write/"),
        do(stranger, revision, "submit"),
        stranger.get(f"/admin/catalog/listingrevision/{revision.public_id}/review/"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert row_counts() == before


def test_costs_are_shown_to_those_who_may_see_them() -> None:
    revision = a_live_listing()
    address = f"/admin/catalog/listingrevision/{revision.pk}/change/"

    assert "40.00" in signed_in(a_user(Role.FINANCE)).get(address).content.decode()
    assert "40.00" not in signed_in(a_user(Role.CUSTOMER_SERVICE)).get(address).content.decode()


def test_a_listing_is_scheduled_for_a_time_ahead_only(specialist: Client) -> None:
    revision = an_approved_listing()

    late = do(specialist, revision, "schedule", publish_at="2026-06-11T08:59")
    done = do(specialist, revision, "schedule", publish_at="2026-06-12T10:00")

    revision.refresh_from_db()
    assert (late.status_code, done.status_code) == (422, 302)
    assert (revision.state, revision.publish_at.isoformat()) == ("approved", "2026-06-12T02:00:00+00:00")  # type: ignore[union-attr]


def test_what_people_write_is_shown_as_text(specialist: Client) -> None:
    evil = "<script>alert(1)</script>"
    form = sheet(code=evil, title=f"保温杯 {evil}", detail=evil, spec=f"a: {evil}")
    page = specialist.post(ADD, form, follow=True)
    revision = ListingRevision.objects.get()
    do(specialist, revision, "submit")
    judged = judge(signed_in(a_user(Role.PRODUCT_SUPERVISOR)), revision, "return", reasons=["other"], note=evil)
    supervisor = judged.client

    addresses = ["", f"{revision.pk}/change/", f"{revision.pk}/review/", f"{revision.pk}/write/", "review-queue/"]
    pages = [page, *(supervisor.get(f"/admin/catalog/listingrevision/{address}") for address in addresses[:3])]
    pages += [specialist.get(f"/admin/catalog/listingrevision/{address}") for address in addresses]

    assert [evil in shown.content.decode() for shown in pages] == [False] * len(pages)
    assert [shown.status_code for shown in pages] == [200, 200, 200, 200, 200, 200, 403, 200, 200]
