"""Keeping files and handing them out."""

import errno
import hashlib
import io
import os
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from opsdesk.accounts.roles import Role
from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError
from opsdesk.files import access
from opsdesk.files.errors import FileTooLarge, InvalidFileName, StorageUnavailable, UnsupportedFile
from opsdesk.files.kinds import IMAGES, JPEG, MP4, PDF, TABLES, WEBP, XLSX, Kind
from opsdesk.files.models import StoredFile
from opsdesk.files.queries import place_of
from opsdesk.files.services import Terms, keep_file
from tests.builders import NOW, a_user, an_actor
from tests.builders.tables import uploaded, xlsx
from tests.kit.browser import signed_in
from tests.kit.duties import run
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("db", "media")
PNG_BYTES = b"\x89PNG\r\n\x1a\n" + b"\0" * 100
ANY = Terms("tests", (*IMAGES, PDF, MP4, *TABLES), 1_000_000)


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"


@pytest.fixture
def actor(db: None) -> Actor:
    return an_actor(Role.DESIGNER)


@pytest.fixture
def rule() -> Iterator[None]:
    access.register("tests", "catalog.view_category")
    yield
    del access.REGISTER["tests"]


def on_disk(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


def keep(name: str, content: bytes, actor: Actor, terms: Terms = ANY) -> StoredFile:
    return keep_file(upload=uploaded(name, content), terms=terms, actor=actor, now=NOW)


def test_a_file_is_kept_under_a_name_of_ours(media: Path, actor: Actor) -> None:
    file = keep("主图.PNG", PNG_BYTES, actor)

    assert (file.original_name, file.media_type, file.size, file.purpose) == ("主图.PNG", "image/png", 108, "tests")
    assert (file.sha256, file.uploaded_by_id, file.uploaded_at) == (hashlib.sha256(PNG_BYTES).hexdigest(), actor.id, NOW)
    assert on_disk(media) == [place_of(file.path)]
    assert place_of(file.path).read_bytes() == PNG_BYTES
    assert (Path(file.path).suffix, len(Path(file.path).stem), file.public_id[:4]) == (".png", 32, "fil_")


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.jpeg", b"\xff\xd8\xff\xe0" + b"\0" * 20, JPEG),
        ("a.webp", b"RIFF\x10\0\0\0WEBPVP8 ", WEBP),
        ("a.pdf", b"%PDF-1.7\n", PDF),
        ("a.mp4", b"\0\0\0\x18ftypmp42\0\0\0\0", MP4),
        ("a.xlsx", xlsx(("a",)), XLSX),
    ],
)
def test_the_kind_is_told_by_the_content(actor: Actor, name: str, content: bytes, kind: Kind) -> None:
    file = keep(name, content, actor)
    assert (file.media_type, Path(file.path).suffix) == (kind.media_type, f".{kind.endings[0]}")


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-16"])
def test_a_text_in_every_encoding_is_a_text(actor: Actor, encoding: str) -> None:
    assert keep("a.csv", "最佳,1".encode(encoding), actor).media_type == "text/plain"


def _zip() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("index.html", "<html>")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "terms", "error"),
    [
        ("a.png", b"", ANY, UnsupportedFile),
        ("a.jpg", PNG_BYTES, ANY, UnsupportedFile),
        ("a.png", b"P6 1 1 255 \0\0\0", ANY, UnsupportedFile),
        ("a.svg", b"<svg onload='x()'/>", ANY, UnsupportedFile),
        ("a.csv", b" <html>", ANY, UnsupportedFile),
        ("a.csv", b"\xff\xff\xff\xff", ANY, UnsupportedFile),
        ("a.mp4", b"<html>", ANY, UnsupportedFile),
        ("a.mp4", _zip(), ANY, UnsupportedFile),
        ("a.xlsx", _zip(), ANY, UnsupportedFile),
        ("a.xlsx", b"PK\x03\x04broken", ANY, UnsupportedFile),
        ("a.png.php", PNG_BYTES, ANY, UnsupportedFile),
        (".htaccess", b"deny from all", ANY, UnsupportedFile),
        ("png", PNG_BYTES, ANY, UnsupportedFile),
        ("a.png", PNG_BYTES, Terms("tests", TABLES, 1_000_000), UnsupportedFile),
        ("a.png", PNG_BYTES, Terms("tests", IMAGES, 107), FileTooLarge),
        ("a\r\nSet-Cookie: x.png", PNG_BYTES, ANY, InvalidFileName),
        ("a\u202egnp.png", PNG_BYTES, ANY, InvalidFileName),
        ("a\tb.png", PNG_BYTES, ANY, InvalidFileName),
    ],
)
def test_what_is_not_taken_leaves_nothing(
    media: Path, actor: Actor, name: str, content: bytes, terms: Terms, error: type[DomainError]
) -> None:
    before = row_counts()
    with pytest.raises(error):
        keep(name, content, actor, terms)
    assert (row_counts(), on_disk(media)) == (before, [])


def test_a_file_of_exactly_the_limit_is_taken(actor: Actor) -> None:
    assert keep("a.png", PNG_BYTES, actor, Terms("tests", IMAGES, 108)).size == 108


def test_a_file_that_says_less_than_it_is_leaves_nothing(media: Path, actor: Actor) -> None:
    upload = uploaded("a.png", PNG_BYTES)
    upload.size = 1
    with pytest.raises(FileTooLarge):
        keep_file(upload=upload, terms=Terms("tests", IMAGES, 50), actor=actor, now=NOW)
    assert on_disk(media) == []


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.png", "passwd.png"),
        ("C:\\fakepath\\主图.png", "主图.png"),
        ("a.php.png", "a.php.png"),
        ("<script>.png", "<script>.png"),
        ("x" * 300 + ".png", "x" * 196 + ".png"),
    ],
)
def test_the_name_is_only_shown(actor: Actor, name: str, shown: str) -> None:
    upload = uploaded("x.png", PNG_BYTES)
    vars(upload)["_name"] = name  # what a client of its own may send
    file = keep_file(upload=upload, terms=ANY, actor=actor, now=NOW)
    assert file.original_name == shown
    assert file.path.startswith("2026/06/")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS])
def test_a_full_or_locked_disk_leaves_nothing(media: Path, actor: Actor, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("opsdesk.files.services.os.fsync", full)
    before = row_counts()
    with pytest.raises(StorageUnavailable):
        keep("a.png", PNG_BYTES, actor)
    assert (row_counts(), on_disk(media)) == (before, [])


def test_a_place_that_is_no_folder_is_told_as_such(media: Path, actor: Actor) -> None:
    media.write_text("a file where the folder should be")
    with pytest.raises(StorageUnavailable):
        keep("a.png", PNG_BYTES, actor)


def test_a_row_that_cannot_be_written_leaves_no_file(media: Path, actor: Actor) -> None:
    with pytest.raises(Exception, match="value too long"), transaction.atomic():
        keep("a.png", PNG_BYTES, actor, Terms("x" * 61, IMAGES, 1_000))
    assert on_disk(media) == []


def test_files_that_nothing_speaks_of_are_removed_after_a_day(media: Path, actor: Actor) -> None:
    kept, lost, fresh = (keep(f"{n}.png", PNG_BYTES, actor) for n in range(3))
    StoredFile.objects.exclude(pk=kept.pk).delete()
    day = timedelta(days=1)
    for file, age in ((kept, day * 2), (lost, day + timedelta(seconds=1)), (fresh, day - timedelta(seconds=1))):
        moment = (NOW - age).timestamp()
        os.utime(place_of(file.path), (moment, moment))

    for _ in range(2):
        run("files.remove_orphans", NOW)

    assert sorted(on_disk(media)) == sorted([place_of(kept.path), place_of(fresh.path)])


@pytest.mark.usefixtures("rule")
def test_a_file_is_handed_out_as_an_attachment_that_does_nothing(actor: Actor) -> None:
    file = keep("主图.png", PNG_BYTES, actor)
    browser = signed_in(a_user(Role.DESIGNER))

    response: Any = browser.get(reverse("admin:file", args=[file.public_id]))

    assert (response.status_code, b"".join(response.streaming_content)) == (200, PNG_BYTES)
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''%E4%B8%BB%E5%9B%BE.png"
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.usefixtures("rule")
def test_only_images_are_shown_in_the_page(actor: Actor) -> None:
    browser = signed_in(a_user(Role.DESIGNER))
    shown = [
        browser.get(reverse("admin:file", args=[keep(name, content, actor).public_id]), {"inline": "1"})
        for name, content in (("a.png", PNG_BYTES), ("a.pdf", b"%PDF-1.7\n"))
    ]
    assert [answer["Content-Disposition"] for answer in shown] == ['inline; filename="a.png"', 'attachment; filename="a.pdf"']


@pytest.mark.usefixtures("rule")
def test_nobody_else_gets_a_file_nor_learns_that_it_exists(actor: Actor) -> None:
    ours, without_rule = keep("a.png", PNG_BYTES, actor), keep("a.png", PNG_BYTES, actor, Terms("no.rule", IMAGES, 1_000))
    others = signed_in(a_user(Role.LOGISTICS)), signed_in(a_user(Role.DESIGNER))

    answers = [
        browser.get(reverse("admin:file", args=[file])).status_code
        for browser, file in ((others[0], ours.public_id), (others[1], without_rule.public_id), (others[1], "fil_nothing"))
    ]

    assert answers == [404, 404, 404]


@pytest.mark.usefixtures("rule")
def test_a_file_that_the_disk_has_lost_is_told_as_unavailable(actor: Actor) -> None:
    file = keep("a.png", PNG_BYTES, actor)
    place_of(file.path).unlink()
    assert signed_in(a_user(Role.DESIGNER)).get(reverse("admin:file", args=[file.public_id])).status_code == 503
