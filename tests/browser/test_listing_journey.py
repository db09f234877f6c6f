"""A listing from draft to live, in the browser: written by one, judged by two others, published and checked."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from catalog.models import ListingRevision, PostPublishCheck, Product, Sku
from opsdesk.accounts.roles import Role
from tests.builders import a_category, a_shop, a_user

pytestmark = [pytest.mark.browser, pytest.mark.serial]

TEXTS = {
    "code": "CUP-1",
    "title": "晨光 保温杯 316不锈钢",
    "core_keyword": "保温杯",
    "brand": "晨光",
    "model_no": "CG-1",
    "spec": "容量: 500ml\n材质: 316不锈钢",
    "selling_points": "双层真空\n一键开盖",
    "use_scenarios": "办公",
    "usage": "首次使用前请用温水清洗。",
    "precautions": "请勿放入微波炉。",
    "detail": "容量适中，便于携带。",
    "skus-0-sku": "CUP-1-RED",
    "skus-0-cost": "40.00",
    "skus-0-price": "99.00",
    "images-0-url": "https://img.example.com/1.jpg",
    "images-0-width": "800",
    "images-0-height": "800",
}


def write(page: Page, category: str) -> ListingRevision:
    """Fill the prescribed form and save it."""
    page.goto("/admin/catalog/listingrevision/add/")
    for name, text in TEXTS.items():
        page.fill(f"[name='{name}']", text)
    page.select_option("[name=category]", category)
    page.check("[name=shops][value=tmall-01]")
    page.check("[name=tags][value=新品]")
    page.check("[name=commitments][value='7天无理由退换']")
    page.get_by_role("button", name="Save draft").click()
    page.wait_for_load_state()
    return ListingRevision.objects.get(product__code="CUP-1")


def command(page: Page, label: str) -> None:
    """Press a button of the listing's page and confirm it."""
    page.get_by_role("link", name=label).click()
    page.get_by_role("button", name=label).click()
    page.wait_for_load_state()


def approve(page: Page, work: str) -> None:
    """Open the review from one's home page and approve it; the work is gone from the page then."""
    page.goto("/admin/")
    page.get_by_role("link", name=work).click()
    page.get_by_role("button", name="Approve").click()
    page.goto("/admin/")
    expect(page.get_by_role("link", name=work)).to_have_count(0)


@pytest.mark.sop("C13")
def test_a_specialist_writes_two_others_approve_and_the_listing_goes_live(sign_in: Callable[..., Page]) -> None:
    a_shop()
    category = a_category("cups")
    specialist = sign_in(a_user(Role.PRODUCT_SPECIALIST))

    revision = write(specialist, category.code)
    assert (revision.state, Product.objects.get().status) == ("draft", "draft")
    specialist.goto(f"/admin/catalog/listingrevision/{revision.pk}/change/")
    command(specialist, "Submit for review")

    approve(sign_in(a_user(Role.PRODUCT_SUPERVISOR)), "Material review: CUP-1")
    approve(sign_in(a_user(Role.OPERATIONS_SUPERVISOR)), "Release review: CUP-1")
    revision.refresh_from_db()
    assert (revision.state, Product.objects.get().status) == ("approved", "draft")

    specialist.goto("/admin/")
    specialist.get_by_role("link", name="Publish the listing: CUP-1").click()
    command(specialist, "Publish now")

    revision.refresh_from_db()
    assert (revision.state, Product.objects.get().status) == ("listed", "live")
    assert str(Sku.objects.get(code="CUP-1-RED").price) == "99.00"
    assert PostPublishCheck.objects.get().state == "pending"
    specialist.goto("/admin/")
    expect(specialist.get_by_role("link", name="Check the published listing: CUP-1")).to_be_visible()


@pytest.mark.sop("C13", refused=True)
def test_the_writer_finds_no_button_to_approve_their_own_listing_even_with_both_roles(sign_in: Callable[..., Page]) -> None:
    a_shop()
    category = a_category("cups")
    page = sign_in(a_user(Role.PRODUCT_SPECIALIST, Role.PRODUCT_SUPERVISOR, superuser=True))
    revision = write(page, category.code)
    page.goto(f"/admin/catalog/listingrevision/{revision.pk}/change/")
    command(page, "Submit for review")

    page.goto(f"/admin/catalog/listingrevision/{revision.pk}/review/")

    expect(page.get_by_text("somebody else decides")).to_be_visible()
    expect(page.get_by_role("button", name="Approve")).to_have_count(0)
    revision.refresh_from_db()
    assert revision.state == "material_review"
