"""Uploading, finding, placing and putting aside images in the browser."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import Exists, OuterRef
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from catalog.models import ListingRevision, MediaAsset
from catalog.queries.media.usage import REGISTER, UsageKind, Use
from opsdesk.accounts.roles import Role
from opsdesk.duties.services import run_at
from tests.builders import NOW, a_draft, a_shop, a_user
from tests.builders.media import a_file, a_picture, a_standard, an_asset
from tests.kit.browser import Desk, command, signed_in, text_of
from tests.kit.rows import row_counts

pytestmark = [pytest.mark.usefixtures("clock"), pytest.mark.django_db]


def sent(desk: Desk, *files: tuple[str, bytes], **fields: Any) -> Any:
    uploads = [SimpleUploadedFile(name, data) for name, data in files]
    return desk.post("catalog_mediaasset_upload", files=uploads, **fields)


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


@pytest.mark.sop("C6")
def test_a_good_main_image_is_taken_cleaned_and_gets_its_thumbnails(media: Path) -> None:
    desk, standard = Desk(a_user(Role.DESIGNER)), a_standard()
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (31.0, 13.0, 0.0)}
    exif[0x010E] = "secret place"

    page = sent(desk, ("红杯.jpg", a_file(picture=a_picture(900), exif=exif)), standard=standard.pk, tags="cups\nred")

    assert page.status_code == 200
    asset = MediaAsset.objects.get()
    assert (asset.title, asset.tags, asset.width, asset.height, asset.format) == ("红杯", ["cups", "red"], 900, 900, "jpeg")
    assert (asset.white_border, asset.watermark, asset.place, asset.warnings) == (100, False, "main", [])
    assert asset.sharpness >= 60
    assert (asset.thumbnails, asset.thumbnails_due_at) == ("pending", NOW)
    [kept] = files_in(media)
    assert kept.endswith(".jpg")
    assert len(kept) == len("0" * 32 + ".jpg")
    clean = (media / asset.file).read_bytes()
    assert b"secret place" not in clean
    assert Image.open(io.BytesIO(clean)).getexif() == {}

    assert run_at(name="catalog.make_thumbnails", now=NOW) == 1
    asset.refresh_from_db()
    assert (asset.thumbnails, asset.thumbnail_error) == ("ready", "")
    stem = kept.removesuffix(".jpg")
    assert files_in(media) == sorted([kept, f"{stem}-160.webp", f"{stem}-480.webp", f"{stem}-1200.webp"])
    thumbnail = desk.client.get(f"/media/{asset.sha256}/160.webp")
    assert Image.open(io.BytesIO(b"".join(thumbnail.streaming_content))).size == (160, 160)  # type: ignore[attr-defined]


def tail(data: bytes) -> bytes:
    return data + b"<script>alert(1)</script>"


REFUSED: list[tuple[str, bytes, str]] = [
    ("empty.png", b"", "The file is empty."),
    ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "This is no JPEG, PNG or WebP image."),
    ("old.gif", a_file("GIF", a_picture(60)), "This is no JPEG, PNG or WebP image."),
    ("print.tiff", a_file("TIFF", a_picture(60)), "This is no JPEG, PNG or WebP image."),
    ("plot.png", a_file("PPM", a_picture(60)), "This is no JPEG, PNG or WebP image."),
    ("cup.png", a_file("JPEG"), "The file name ends with “png”, but the file is a JPEG image."),
    ("cup.php", a_file("JPEG"), "The file name ends with “php”, but the file is a JPEG image."),
    ("half.jpg", a_file("JPEG")[:4000], "The image is broken or cut off."),
    ("half.png", a_file("PNG")[:-30], "The image is broken or cut off."),
    ("cup.jpg", tail(a_file("JPEG")), "Something else is hidden behind the image in this file."),
    ("cup.png", tail(a_file("PNG")), "Something else is hidden behind the image in this file."),
    ("cup.webp", tail(a_file("WEBP")), "Something else is hidden behind the image in this file."),
    (
        "moves.webp",
        a_file("WEBP", a_picture(60), save_all=True, append_images=[a_picture(60)]),
        "The image moves; only still images are taken.",
    ),
    ("huge.png", a_file("PNG", Image.new("1", (13_000, 13_000))), "The image has 13000 x 13000 pixels; at most 40 megapixels"),
    ("small.jpg", a_file(picture=a_picture(799)), "The image has 799 x 799 pixels; at least 800 x 800 are needed."),
    ("wide.jpg", a_file(picture=a_picture(1000, height=900)), "The sides must be 1 to 1."),
    (
        "grey.jpg",
        a_file(picture=a_picture(ground="#ddd")),
        "The background must be white: 0 % of the border are, 95 % are needed.",
    ),
    ("plain.jpg", a_file(picture=Image.new("RGB", (900, 900), "white")), "The image is not sharp: 0 points, 60 are needed."),
    ("cup.webp", a_file("WEBP"), "This place takes JPEG, PNG only."),
]


@pytest.mark.sop("C6", refused=True)
@pytest.mark.parametrize(("name", "data", "reason"), REFUSED, ids=[f"{name}-{no}" for no, (name, *_) in enumerate(REFUSED)])
def test_a_file_that_is_no_fit_main_image_is_refused_and_leaves_nothing(
    media: Path, name: str, data: bytes, reason: str
) -> None:
    desk, standard = Desk(a_user(Role.DESIGNER)), a_standard()
    before = row_counts()

    page = sent(desk, (name, data), standard=standard.pk)

    assert page.status_code == 422
    assert reason in text_of(page).replace("&#x27;", "'")
    assert row_counts() == before
    assert files_in(media) == []


def test_one_bad_file_does_not_stop_the_others() -> None:
    page = sent(Desk(a_user(Role.PRODUCT_SPECIALIST)), ("a.jpg", a_file()), ("b.jpg", b"no image"))

    assert page.status_code == 200
    assert [one.title for one in MediaAsset.objects.all()] == ["a"]
    assert "This is no JPEG, PNG or WebP image." in text_of(page)


def test_the_same_file_is_not_taken_twice(media: Path) -> None:
    desk, data = Desk(a_user(Role.DESIGNER)), a_file()
    sent(desk, ("a.jpg", data))
    before = row_counts()

    page = sent(desk, ("b.jpg", data))

    assert page.status_code == 422
    assert f"This image is in the library already: a ({MediaAsset.objects.get().public_id})." in text_of(page)
    assert row_counts() == before
    assert len(files_in(media)) == 1


@pytest.mark.parametrize("name", ["../../etc/passwd.jpg", ".htaccess.jpg", "a.php.jpg", "x" * 300 + ".jpg"])
def test_a_hostile_name_is_only_a_title(media: Path, name: str) -> None:
    sent(Desk(a_user(Role.DESIGNER)), (name, a_file()))

    asset = MediaAsset.objects.get()
    assert len(asset.title) <= 120
    assert not {"/", "\r", "\n"} & set(asset.title)
    assert asset.file.startswith("images/")
    assert len(asset.file) == len("images/00/") + 32 + len(".jpg")


def test_who_only_reads_may_not_upload() -> None:
    desk = Desk(a_user(Role.FINANCE))
    before = row_counts()

    assert desk.get("catalog_mediaasset_upload").status_code == 403
    assert sent(desk, ("a.jpg", a_file())).status_code == 403
    assert desk.get("catalog_mediaasset_changelist").status_code == 200
    assert row_counts() == before
    assert Desk(a_user(Role.WAREHOUSE)).get("catalog_mediaasset_changelist").status_code == 403


@pytest.mark.sop("C6")
def test_an_image_is_placed_on_a_listing_with_its_real_facts_and_shows_where_it_is_used() -> None:
    a_shop()
    draft, asset = a_draft(images=[]), an_asset()
    desk = Desk(a_user(Role.PRODUCT_SPECIALIST))
    assert desk.get("catalog_mediaasset_place", asset.pk).status_code == 200

    done = desk.post("catalog_mediaasset_place", asset.pk, listing=draft.public_id, kind="main")

    assert done.status_code == 302
    draft.refresh_from_db()
    url = f"http://testserver/media/{asset.sha256}/image.jpg"
    assert draft.images == [{"url": url, "kind": "main", "width": 900, "height": 900}]
    assert draft.asset_shas == [asset.sha256]
    page = text_of(desk.get("catalog_mediaasset_change", asset.pk))
    assert f"{draft.product.code} #1" in page
    assert reverse("admin:catalog_listingrevision_change", args=[draft.public_id]) in page
    again = desk.post("catalog_mediaasset_place", asset.pk, listing=draft.public_id, kind="main")
    assert (again.status_code, "The listing shows this image already." in text_of(again)) == (422, True)


def test_the_listings_check_uses_what_was_measured() -> None:
    a_shop()
    a_standard()
    asset = an_asset(picture=a_picture(700, ground="#ccc"))
    draft = a_draft(images=[{"url": f"https://img.shop.example/media/{asset.sha256}/image.jpg", "kind": "main"}])

    found = {issue.code: issue.pointer for issue in draft.issues.filter(pointer__startswith="/images")}

    assert found == {"image_too_small": "/images/0/url", "background_not_white": "/images/0/url"}


def test_an_image_in_use_is_not_archived_an_unused_one_is() -> None:
    a_shop()
    used, unused = an_asset("used"), an_asset("unused")
    a_draft(images=[{"url": f"https://x.example/media/{used.sha256}/image.jpg", "kind": "main"}])
    client = signed_in(a_user(Role.DESIGNER))

    refused = command(client, "catalog_mediaasset", used.pk, "archive")
    done = command(client, "catalog_mediaasset", unused.pk, "archive")

    assert (refused.status_code, done.status_code) == (422, 302)
    assert dict(MediaAsset.objects.values_list("title", "state")) == {"used": "active", "unused": "archived"}
    public = f"/media/{unused.sha256}/image.jpg"
    assert (signed_in(a_user(Role.WAREHOUSE)).get(public).status_code, client.get(public).status_code) == (404, 200)
    assert command(client, "catalog_mediaasset", unused.pk, "restore").status_code == 302


def titles(desk: Desk, **query: Any) -> list[str]:
    page = desk.client.get(reverse("admin:catalog_mediaasset_changelist"), query)
    assert page.status_code == 200
    return [card["asset"].title for card in page.context["cards"]]  # type: ignore[index]


def test_the_library_is_searched_by_text_tag_size_format_and_use() -> None:
    a_shop()
    red = an_asset("红色保温杯", tags=["杯子"])
    an_asset("blue plate", tags=["plates"], picture=a_picture(300))
    a_draft(images=[{"url": f"https://x.example/media/{red.sha256}/image.jpg", "kind": "main"}])
    desk = Desk(a_user(Role.DESIGNER))

    assert titles(desk) == ["blue plate", "红色保温杯"]
    assert titles(desk, text="保温") == ["红色保温杯"]
    assert titles(desk, text="PLATE") == ["blue plate"]
    assert titles(desk, text="杯子") == ["红色保温杯"]
    assert titles(desk, tag="plates") == ["blue plate"]
    assert titles(desk, min_width=301) == ["红色保温杯"]
    assert titles(desk, format="png") == []
    assert titles(desk, only_unused="on") == ["blue plate"]
    assert titles(desk, state="archived") == []


def test_a_page_of_the_library_costs_the_same_however_many_images_there_are() -> None:
    desk, counts = Desk(a_user(Role.DESIGNER)), []
    for number in (1, 4):
        for _ in range(number):
            an_asset()
        titles(desk)
        with CaptureQueriesContext(connection) as statements:
            titles(desk)
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_older_images_are_on_the_next_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalog.queries.media.library.PAGE", 2)
    names = ["one", "two", "three"]
    assets = [an_asset(name) for name in names]
    desk = Desk(a_user(Role.DESIGNER))

    page = desk.get("catalog_mediaasset_changelist")

    assert f"before={assets[1].pk}" in text_of(page)
    assert titles(desk, before=assets[1].pk) == ["one"]


def test_images_that_look_alike_are_shown_and_warned_of() -> None:
    picture = a_picture(900)
    first = an_asset("first", picture=picture)
    desk = Desk(a_user(Role.DESIGNER))

    page = sent(desk, ("second.png", a_file("PNG", picture.resize((1000, 1000)))))

    second = MediaAsset.objects.get(title="second")
    assert f"It looks like an image in the library: first ({first.public_id})." in text_of(page)
    assert [one["code"] for one in second.warnings] == ["near_duplicate"]
    assert "first" in text_of(desk.get("catalog_mediaasset_change", second.pk))


def test_an_image_is_renamed_and_found_by_its_new_name() -> None:
    asset = an_asset("old")
    client = signed_in(a_user(Role.PRODUCT_SPECIALIST))

    assert command(client, "catalog_mediaasset", asset.pk, "describe", title="new name", tags="a\nb").status_code == 302
    asset.refresh_from_db()
    assert (asset.title, asset.tags) == ("new name", ["a", "b"])
    assert titles(Desk(a_user(Role.DESIGNER)), text="new") == ["new name"]


def test_a_listing_in_review_is_not_offered() -> None:
    a_shop()
    draft = a_draft()
    ListingRevision.objects.update(state="material_review")
    desk, asset = Desk(a_user(Role.PRODUCT_SPECIALIST)), an_asset()
    designer, before = Desk(a_user(Role.DESIGNER)), row_counts()

    refused = desk.post("catalog_mediaasset_place", asset.pk, listing=draft.public_id, kind="main")

    assert refused.status_code == 422
    assert designer.post("catalog_mediaasset_place", asset.pk).status_code == 403
    assert row_counts() == before


def test_whoever_registers_as_a_user_of_images_is_seen_and_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    kept, free = an_asset("kept"), an_asset("free")
    kind = UsageKind(
        "poster",
        "Listing",
        lambda asset: [Use("the poster", "pos_1", "shown")] if asset.pk == kept.pk else [],
        lambda: Exists(MediaAsset.objects.filter(pk=OuterRef("pk"), title="kept")),
        lambda subject: f"/posters/{subject}/",
    )
    monkeypatch.setitem(REGISTER, kind.code, kind)
    desk = Desk(a_user(Role.DESIGNER))

    page = text_of(desk.get("catalog_mediaasset_change", kept.pk))

    assert '<a href="/posters/pos_1/">the poster</a>' in page
    assert titles(desk, only_unused="on") == ["free"]
    assert command(desk.client, "catalog_mediaasset", kept.pk, "archive").status_code == 422
    assert command(desk.client, "catalog_mediaasset", free.pk, "archive").status_code == 302
