"""An image of the library comes to a page in one click, is seen there, and counts as used."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.models import ContentPage, MediaAsset, PageVersion
from catalog.rules.pages.blocks import Block
from catalog.services.pages import judging
from opsdesk.accounts.queries import staff_actor
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from tests.builders import NOW, a_shop, a_user
from tests.builders.media import a_brief, a_picture, an_asset
from tests.builders.pages import BANNER, a_live_page, a_page, a_page_draft, an_approved_page
from tests.kit.browser import Desk, command, text_of
from tests.kit.rows import row_counts

pytestmark = [pytest.mark.usefixtures("clock", "shop"), pytest.mark.django_db]
TEXT = Block("text", heading="新品", text="轻便")


@pytest.fixture
def shop(db: None) -> Any:
    return a_shop()


@pytest.fixture
def designer(shop: Any) -> Desk:
    return Desk(a_user(Role.DESIGNER))


def spots(desk: Desk, asset: MediaAsset) -> dict[str, dict[str, str]]:
    """The places that are offered, by page: what is posted by what is read."""
    page: Any = desk.get("catalog_mediaasset_place_on_page", asset.pk)
    choices = page.context["form"].fields["spot"].choices
    return {head: {label: value for value, label in places} for head, places in choices if head}


def place(desk: Desk, asset: MediaAsset, spot: str, alt: str = "杯子") -> Any:
    return desk.post("catalog_mediaasset_place_on_page", asset.pk, spot=spot, image_alt=alt)


def pictures(version: PageVersion) -> list[tuple[str, str]]:
    version.refresh_from_db()
    return [(block["image"], block["image_alt"]) for block in version.blocks]


def url(asset: MediaAsset) -> str:
    return f"http://testserver/media/{asset.sha256}/image.jpg"


@pytest.mark.sop("C6", "C25")
def test_an_image_is_placed_on_a_campaign_page_shown_in_its_preview_and_counts_as_used(designer: Desk) -> None:
    version = a_page_draft(a_page("1111", kind="campaign"), BANNER, TEXT)
    asset = an_asset("会场图")
    offered = spots(designer, asset)["tmall-01 · Campaign page · 首页"]
    assert list(offered) == [
        *(f"首页: {one}" for one in ("New banner at the top", "1. Banner: 保温杯", "2. Text: 新品", "New banner at the end"))
    ]

    done = place(designer, asset, offered["首页: 1. Banner: 保温杯"])

    screen = reverse("admin:catalog_pageversion_change", args=[version.pk])
    assert (done.status_code, done["Location"]) == (302, screen)
    assert pictures(version) == [(url(asset), "杯子"), ("", "")]
    assert (version.state, version.asset_shas, version.blocks[0]["link"]) == ("draft", [asset.sha256], "/cups")
    assert f'<img src="/media/{asset.sha256}/image.jpg" alt="杯子">' in text_of(
        designer.get("catalog_pageversion_change", version.pk)
    )

    page = text_of(designer.get("catalog_mediaasset_change", asset.pk))
    assert f'<a href="/admin/catalog/pageversion/{version.public_id}/change/">tmall-01 Campaign page 1111 #1</a>' in page
    assert "Store page" in page
    assert command(designer.client, "catalog_mediaasset", asset.pk, "archive").status_code == 422
    unused: Any = designer.client.get(reverse("admin:catalog_mediaasset_changelist"), {"only_unused": "on"})
    assert unused.context["cards"] == []


@pytest.mark.parametrize(("where", "order"), [("New banner at the top", [1, 0]), ("New banner at the end", [0, 1])])
def test_a_new_banner_stands_at_the_top_or_at_the_end(designer: Desk, where: str, order: list[int]) -> None:
    version, asset = a_page_draft(), an_asset()

    place(designer, asset, spots(designer, asset)["tmall-01 · Home page · 首页"][f"首页: {where}"])

    both = [(BANNER.image, BANNER.image_alt), (url(asset), "杯子")]
    assert pictures(version) == [both[number] for number in order]


def test_a_live_page_gets_its_next_version_and_stays_as_it_is(designer: Desk) -> None:
    live, asset = a_live_page(), an_asset()

    place(designer, asset, spots(designer, asset)["tmall-01 · Home page · 首页"]["首页: 1. Banner: 保温杯"])

    draft = PageVersion.objects.get(state="draft")
    assert (draft.no, draft.title, draft.page_id, pictures(draft)) == (2, "首页", live.page_id, [(url(asset), "杯子")])
    assert pictures(live) == [(BANNER.image, BANNER.image_alt)]
    assert ContentPage.objects.get().live_version_id == live.pk


def test_a_page_without_content_begins_with_the_image(designer: Desk) -> None:
    page, asset = a_page(), an_asset()

    place(designer, asset, spots(designer, asset)["tmall-01 · Home page · 首页"]["首页: New banner at the end"])

    version = PageVersion.objects.get()
    assert (version.page_id, version.title, pictures(version)) == (page.pk, "首页", [(url(asset), "杯子")])


@pytest.mark.sop("C6", refused=True)
def test_a_page_that_was_written_meanwhile_is_left_alone(designer: Desk) -> None:
    version, first, second = a_page_draft(), an_asset(), an_asset()
    spot = spots(designer, first)["tmall-01 · Home page · 首页"]["首页: 1. Banner: 保温杯"]
    place(designer, first, spot)
    before = row_counts()

    page = place(designer, second, spot)

    assert page.status_code == 422
    assert page.context["form"].errors == {"spot": ["The page says something else by now; choose again."]}
    assert (row_counts(), pictures(version)) == (before, [(url(first), "杯子")])


def test_the_same_image_is_not_put_into_the_same_block_again(designer: Desk) -> None:
    asset = an_asset()
    version = a_page_draft(None, Block("banner", image=url(asset), image_alt="x"))
    before = row_counts()

    page = place(designer, asset, spots(designer, asset)["tmall-01 · Home page · 首页"]["首页: 1. Banner: x"])

    assert (page.status_code, "The block shows this image already." in text_of(page)) == (422, True)
    assert (row_counts(), pictures(version)) == (before, [(url(asset), "x")])


def test_pages_that_are_being_judged_and_other_shops_are_not_offered(shop: Any) -> None:
    asset = an_asset()
    a_page("free", kind="detail")
    judging.submit(version_id=a_page_draft(a_page("judged")).pk, actor=SYSTEM, now=NOW)
    an_approved_page(a_page("approved"))
    a_page("elsewhere", shop=a_shop("douyin-01").code, kind="detail")
    here = Desk(a_user(Role.DESIGNER, shops=[shop]))
    assert list(spots(here, asset)) == ["tmall-01 · Detail page · 首页"]


@pytest.mark.parametrize(("role", "status"), [(Role.MARKETING, 200), (Role.PRODUCT_SPECIALIST, 403), (Role.FINANCE, 403)])
def test_only_who_writes_pages_places_on_them(role: Role, status: int) -> None:
    version, asset = a_page_draft(), an_asset()
    desk, before = Desk(a_user(role)), row_counts()

    assert desk.get("catalog_mediaasset_place_on_page", asset.pk).status_code == status
    assert ("Place on a page" in text_of(desk.get("catalog_mediaasset_change", asset.pk))) == (status == 200)
    assert (row_counts(), pictures(version)) == (before, [(BANNER.image, BANNER.image_alt)])


def test_an_image_that_does_not_exist_is_not_placed(designer: Desk) -> None:
    assert designer.get("catalog_mediaasset_place_on_page", 999).status_code == 404


def test_an_accepted_image_for_a_page_goes_there_from_its_brief(designer: Desk) -> None:
    marketing = Desk(a_user(Role.MARKETING))
    brief, asset = a_brief(staff_actor(marketing.user)), an_asset(picture=a_picture(800))
    designer.post("catalog_designbrief_deliver", brief.pk, asset=asset.public_id)
    link = reverse("admin:catalog_mediaasset_place_on_page", args=[asset.pk])
    assert link not in text_of(marketing.get("catalog_designbrief_change", brief.pk))

    assert command(marketing.client, "catalog_designbrief", brief.pk, "accept").status_code == 302

    assert link in text_of(marketing.get("catalog_designbrief_change", brief.pk))


def test_the_form_costs_the_same_however_many_pages_there_are(designer: Desk) -> None:
    asset, counts = an_asset(), []
    for number in (1, 4):
        for more in range(number):
            a_page_draft(a_page(f"page-{number}-{more}"))
        spots(designer, asset)
        with CaptureQueriesContext(connection) as statements:
            spots(designer, asset)
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_a_page_shows_no_image_that_is_not_offered_or_too_blurred(designer: Desk) -> None:
    gone = "a" * 64
    version = a_page_draft(None, Block("banner", image=f"https://ops.example/media/{gone}/image.jpg", image_alt="x"))
    before = row_counts()

    page: Any = command(designer.client, "catalog_pageversion", version.pk, "submit")

    assert page.status_code == 422
    assert page.context["form"].non_field_errors() == ["The image library does not offer this image."]
    assert (row_counts(), PageVersion.objects.get().state) == (before, "draft")
