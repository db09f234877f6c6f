"""What goes wrong behind the doors: a full disk, a rival, a lost transaction."""

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError

from catalog.models import MediaAsset
from catalog.services.media import assets
from catalog.services.media.assets import ImageRefused, Upload, upload
from catalog.services.media.standards import sync_standards
from opsdesk.common.actors import SYSTEM
from opsdesk.common.errors import Forbidden, NotFound
from opsdesk.files.errors import StorageUnavailable
from tests.builders import NOW, an_actor
from tests.builders.media import a_file

pytestmark = pytest.mark.django_db


def take(data: bytes | None = None) -> MediaAsset:
    return upload(upload=Upload("cup.jpg", data or a_file()), standard_id=None, actor=SYSTEM, now=NOW).asset


def left(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


def test_a_full_disk_refuses_and_leaves_nothing(media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(name: str, content: object, max_length: int | None = None) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(default_storage, "save", full)

    with pytest.raises(StorageUnavailable):
        take()
    assert (MediaAsset.objects.count(), left(media)) == (0, [])


def test_a_rival_with_the_same_file_wins_and_no_file_is_left_over(media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = a_file()
    take(data)
    monkeypatch.setattr(assets, "_known", lambda data: [])
    columns = assets._columns
    monkeypatch.setattr(assets, "_columns", lambda *args: columns(*args) | {"sha256": "f" * 64})

    with pytest.raises(ImageRefused):
        take(data)
    assert (MediaAsset.objects.count(), len(left(media))) == (1, 1)


def test_the_same_pixels_in_another_file_are_known(media: Path) -> None:
    data = a_file()
    take(data)

    with pytest.raises(ImageRefused) as refusal:
        take(data + b"\0\0\0\0")
    assert [issue.code for issue in refusal.value.issues] == ["duplicate_image"]
    assert len(left(media)) == 1


def test_a_row_that_cannot_be_written_takes_its_file_along(media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(assets, "record", lost)

    with pytest.raises(RuntimeError):
        take()
    assert (MediaAsset.objects.count(), left(media)) == (0, [])


def test_who_may_not_upload_and_what_is_checked_for_nothing_is_refused() -> None:
    with pytest.raises(Forbidden):
        upload(upload=Upload("cup.jpg", a_file()), standard_id=None, actor=an_actor(), now=NOW)
    with pytest.raises(NotFound):
        upload(upload=Upload("cup.jpg", a_file()), standard_id=0, actor=SYSTEM, now=NOW)


def test_standards_are_shipped_once_and_changed_ones_stay() -> None:
    first = sync_standards()

    assert first == 17
    assert sync_standards() == 0


def test_the_database_refuses_what_the_service_would_not_do() -> None:
    asset = take()
    asset.pk, asset.public_id, asset.file = None, "img_other", "images/other.jpg"
    with pytest.raises(IntegrityError):
        asset.save(force_insert=True)
