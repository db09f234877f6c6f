"""The preview shows the very images that customers will see, and the browser may load exactly those."""

import pytest
from django.test import Client
from django.urls import reverse

from catalog.models import PageVersion
from catalog.rules.pages.blocks import Block
from catalog.services.pages import judging
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.doors.middleware import POLICY
from tests.builders import NOW, a_shop, a_user
from tests.builders.media import an_asset
from tests.builders.pages import a_live_page, a_page, a_page_draft
from tests.kit.browser import signed_in

pytestmark = [pytest.mark.usefixtures("clock", "shop"), pytest.mark.django_db]


@pytest.fixture
def shop(db: None) -> object:
    return a_shop()


def shown(client: Client, version: PageVersion, screen: str = "change") -> tuple[str, str]:
    """The page and the origins from which it may load images."""
    response = client.get(reverse(f"admin:catalog_pageversion_{screen}", args=[version.pk]))
    assert response.status_code == 200
    policy = response["Content-Security-Policy"]
    images = policy.split("img-src ")[1].split(";")[0]
    assert policy.replace(images, "'self' data:", 1) == POLICY.replace("img-src 'self' data:", "img-src 'self' data:", 1)
    return response.content.decode(), images


def banner(image: str) -> Block:
    return Block("banner", image=image, image_alt="杯")


def test_an_image_of_the_library_comes_from_here_whatever_host_was_written() -> None:
    asset = an_asset()
    version = a_page_draft(None, banner(f"https://old.example.com/media/{asset.sha256}/image.jpg"))
    page, images = shown(signed_in(a_user(Role.DESIGNER)), version)
    assert f'<img src="/media/{asset.sha256}/image.jpg" alt="杯">' in page
    assert images == "'self' data:"


@pytest.mark.parametrize(
    ("image", "picture", "images"),
    [
        ("https://img.example.com/1.webp", "https://img.example.com/1.webp", "'self' data: https://img.example.com"),
        ("/b.webp", "https://shop.example.com/b.webp", "'self' data: https://shop.example.com"),
        (
            "http://img.example.com:8080/1.webp",
            "http://img.example.com:8080/1.webp",
            "'self' data: http://img.example.com:8080",
        ),
        ("https://x;script-src/1.webp", "https://x;script-src/1.webp", "'self' data:"),
    ],
)
def test_images_of_the_shops_own_site_are_loaded_from_there(image: str, picture: str, images: str) -> None:
    version = a_page_draft(a_page(address="https://shop.example.com/sale/"), banner(image))
    page, allowed = shown(signed_in(a_user(Role.DESIGNER)), version)
    assert f'<img src="{picture}" alt="杯">' in page
    assert allowed == images


def test_a_path_without_a_site_is_said_to_be_unseen() -> None:
    page, images = shown(signed_in(a_user(Role.DESIGNER)), a_page_draft(None, banner("/b.webp")))
    assert "The image /b.webp cannot be shown: the page has no address to fetch it from." in page
    assert images == "'self' data:"


def test_who_judges_sees_the_images_of_both_sides() -> None:
    live = a_live_page(None, banner("https://old.example.com/1.webp"))
    new = a_page_draft(live.page, banner("https://new.example.com/1.webp"))
    judging.submit(version_id=new.pk, actor=SYSTEM, now=NOW)
    page, images = shown(signed_in(a_user(Role.OPERATIONS_SUPERVISOR)), new, "judge")
    assert '<img src="https://old.example.com/1.webp" alt="杯">' in page
    assert '<img src="https://new.example.com/1.webp" alt="杯">' in page
    assert images == "'self' data: https://new.example.com https://old.example.com"


def test_a_version_of_another_shop_is_not_shown() -> None:
    version = a_page_draft()
    client = signed_in(a_user(Role.DESIGNER, shops=[a_shop("douyin-01")]))
    assert client.get(reverse("admin:catalog_pageversion_change", args=[version.pk])).status_code == 302
