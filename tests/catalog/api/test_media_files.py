"""Images at their public addresses: for everybody who knows the hash, and nothing else is there."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from catalog.models import MediaAsset
from catalog.services.media import files
from catalog.tasks.thumbnails import make_due
from opsdesk.accounts.roles import Role
from tests.builders import NOW, a_user
from tests.builders.media import an_asset
from tests.kit.browser import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"


def test_an_image_is_served_to_a_stranger_as_what_it_is_and_cached_for_good() -> None:
    asset = an_asset()

    answer = Client(headers={"Accept-Encoding": "gzip"}).get(f"/media/{asset.sha256}/image.jpg")

    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == Path(files.place_on_disk(asset.file)).read_bytes()  # type: ignore[attr-defined]
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "Content-Encoding" not in answer
    assert "Set-Cookie" not in answer
    again = Client(headers={"If-None-Match": answer["ETag"]}).get(f"/media/{asset.sha256}/image.jpg")
    assert (again.status_code, again.content) == (304, b"")


def test_a_thumbnail_is_there_once_it_is_made() -> None:
    asset = an_asset()
    address = f"/media/{asset.sha256}/480.webp"

    assert Client().get(address).status_code == 404
    make_due(now=NOW)
    assert Client().get(address)["Content-Type"] == "image/webp"


def test_nothing_else_is_there() -> None:
    asset = an_asset()
    sha = asset.sha256

    for path in (
        f"/media/{sha}/image.png",
        f"/media/{sha}/9999.webp",
        f"/media/{sha[:-1]}/image.jpg",
        f"/media/{'0' * 64}/image.jpg",
        f"/media/{asset.file}",
        f"/media/{sha}/../../{asset.file}",
    ):
        assert Client().get(path).status_code == 404, path
    assert Client().post(f"/media/{sha}/image.jpg").status_code == 405


def test_an_archived_image_is_shown_to_staff_alone() -> None:
    asset = an_asset()
    MediaAsset.objects.update(state="archived")
    address = f"/media/{asset.sha256}/image.jpg"

    assert Client().get(address).status_code == 404
    staff = signed_in(a_user(Role.DESIGNER)).get(address)
    assert (staff.status_code, staff["Cache-Control"]) == (200, "no-store")


def test_a_file_that_is_lost_is_not_found() -> None:
    asset = an_asset()
    Path(files.place_on_disk(asset.file)).unlink()

    assert Client().get(f"/media/{asset.sha256}/image.jpg").status_code == 404
