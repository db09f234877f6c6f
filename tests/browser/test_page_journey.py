"""A banner from the designer's file to the shop window, in a real browser under the real security policy."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from catalog.models import ContentPage, MediaAsset
from opsdesk.accounts.roles import Role
from tests.builders import a_shop, a_user
from tests.builders.media import a_brief, a_file, a_picture
from tests.builders.pages import a_page

pytestmark = [pytest.mark.browser, pytest.mark.serial]
LOADED = "image => image.complete && image.naturalWidth > 0"


@pytest.fixture
def campaign(transactional_db: None) -> Any:
    a_shop()
    return a_page("1111", kind="campaign")


def test_an_image_is_delivered_placed_judged_and_put_live(
    campaign: ContentPage, sign_in: Callable[..., Page], tmp_path: Path
) -> None:
    file = tmp_path / "会场.jpg"
    file.write_bytes(a_file(picture=a_picture(900)))
    brief = a_brief()
    page = sign_in(a_user(Role.DESIGNER))
    page.goto(f"/admin/catalog/designbrief/{brief.pk}/deliver/")
    page.get_by_label("File").set_input_files(str(file))
    page.get_by_role("button", name="Deliver an image").click()
    page.locator(".od-figure a").click()

    page.get_by_role("link", name="Place on a page").click()
    page.get_by_label("Page and block").select_option(label="首页: New banner at the top")
    page.get_by_label("Image description").fill("双十一会场")
    page.get_by_role("button", name="Place on a page").click()
    picture = page.get_by_role("img", name="双十一会场")
    expect(picture).to_be_visible()
    assert picture.evaluate(LOADED)
    page.get_by_role("link", name="Submit for review").click()
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_text("In review").first).to_be_visible()

    judge = sign_in(a_user(Role.OPERATIONS_SUPERVISOR))
    judge.get_by_role("link", name="Judge the page: 首页").first.click()
    expect(judge.get_by_role("img", name="双十一会场")).to_be_visible()
    judge.get_by_role("button", name="Approve").click()
    judge.get_by_role("link", name="Publish now").click()
    judge.get_by_role("button", name="Publish now").click()
    expect(judge.get_by_text("Live", exact=True).first).to_be_visible()

    asset = MediaAsset.objects.get()
    campaign.refresh_from_db()
    assert campaign.live_version is not None
    assert campaign.live_version.asset_shas == [asset.sha256]
    page.goto(f"/admin/catalog/mediaasset/{asset.pk}/change/")
    expect(page.get_by_role("link", name="tmall-01 Campaign page 1111 #1")).to_be_visible()
