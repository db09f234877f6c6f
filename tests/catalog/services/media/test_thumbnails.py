"""Thumbnails by a real child process: within its limits, beyond them, and taken over when a worker dies."""

from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from catalog.gateways.thumbnails import make
from catalog.models import MediaAsset
from catalog.services.media import files
from catalog.services.media.thumbnails import STALE_AFTER, claim_due, record_made
from catalog.tasks.thumbnails import make_due
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.inbox.models import WorkItem
from opsdesk.parameters.queries import forget_cached
from opsdesk.parameters.services import override
from tests.builders import NOW, a_user
from tests.builders.media import an_asset
from tests.kit.browser import command, signed_in

pytestmark = pytest.mark.django_db
MEGABYTE = 1024 * 1024
TIGHT = 64 * MEGABYTE
AMPLE = 768 * MEGABYTE


@pytest.fixture
def large(tmp_path: Path) -> str:
    """An image whose pixels alone need more than the tight limit: 5000 x 5000 x 4 bytes."""
    path = tmp_path / "large.png"
    Image.linear_gradient("L").resize((5000, 5000)).convert("RGBA").save(path)
    return str(path)


@pytest.mark.parametrize(("memory", "error"), [(TIGHT, "out_of_memory"), (AMPLE, ""), (0, "")])
def test_a_child_that_takes_too_much_memory_ends_itself_and_without_limit_it_would_not(
    tmp_path: Path, large: str, memory: int, error: str
) -> None:
    target = tmp_path / "small.webp"

    assert make(source=large, targets=[(160, str(target))], memory=memory, seconds=30) == error
    assert target.exists() is not bool(error)


def test_a_child_that_takes_too_long_is_ended(tmp_path: Path, large: str) -> None:
    target = tmp_path / "small.webp"

    assert make(source=large, targets=[(160, str(target))], memory=AMPLE, seconds=0.05) == "timed_out"
    assert not target.exists()


def test_what_is_no_image_is_unreadable(tmp_path: Path) -> None:
    source = tmp_path / "broken.jpg"
    source.write_bytes(b"\xff\xd8\xff\xe0 no image")

    assert make(source=str(source), targets=[(160, str(tmp_path / "x.webp"))], memory=AMPLE, seconds=30) == "unreadable"
    assert make(source=str(tmp_path / "none"), targets=[(160, str(tmp_path / "x"))], memory=0, seconds=30) == "unreadable"


def break_file(asset: MediaAsset) -> None:
    Path(files.place_on_disk(asset.file)).write_bytes(b"no image")


def test_a_broken_image_is_given_up_after_three_attempts_and_is_the_designers_until_it_is_repaired(clock: object) -> None:
    asset = an_asset()
    whole = Path(files.place_on_disk(asset.file)).read_bytes()
    break_file(asset)

    assert [make_due(now=NOW + timedelta(hours=hour)) for hour in range(4)] == [1, 1, 1, 0]
    asset.refresh_from_db()
    assert (asset.thumbnails, asset.thumbnail_error, asset.thumbnail_attempts) == ("failed", "unreadable", 3)
    item = WorkItem.objects.get(kind="catalog.thumbnails_failed")
    assert (item.role, item.subject_id, item.due_at) == ("designer", asset.public_id, NOW + timedelta(hours=26))
    client = signed_in(a_user(Role.DESIGNER))
    page = client.get(f"/admin/catalog/mediaasset/{asset.public_id}/change/")
    assert "The file cannot be read." in page.content.decode()

    Path(files.place_on_disk(asset.file)).write_bytes(whole)
    assert command(client, "catalog_mediaasset", asset.pk, "retry").status_code == 302
    assert make_due(now=NOW) == 1
    asset.refresh_from_db()
    item.refresh_from_db()
    assert (asset.thumbnails, asset.thumbnail_error, item.outcome) == ("ready", "", "ready")


def test_the_shops_limit_holds_for_the_child(clock: object) -> None:
    picture = Image.effect_noise((3600, 3600), 90).convert("RGBA")
    asset = an_asset(picture=picture.convert("RGB"))
    picture.save(files.place_on_disk(asset.file), "PNG", compress_level=1)
    override(code="catalog.thumbnail_memory", value=64, reason="test", actor=SYSTEM, now=NOW)
    forget_cached()

    assert make_due(now=NOW) == 1
    asset.refresh_from_db()
    assert (asset.thumbnails, asset.thumbnail_error) == ("pending", "out_of_memory")


def test_a_claim_whose_worker_died_is_taken_over_when_it_is_stale_and_not_before() -> None:
    asset = an_asset()
    assert [job.asset_id for job in claim_due(now=NOW)] == [asset.pk]

    assert claim_due(now=NOW + STALE_AFTER - timedelta(seconds=1)) == []
    assert [job.asset_id for job in claim_due(now=NOW + STALE_AFTER)] == [asset.pk]


def test_an_archived_image_is_nobodys_work() -> None:
    asset = an_asset()
    MediaAsset.objects.update(state="archived", thumbnail_attempts=3)

    record_made(asset_id=asset.pk, error="unreadable", now=NOW)

    assert MediaAsset.objects.get().thumbnails == "failed"
    assert not WorkItem.objects.exists()
