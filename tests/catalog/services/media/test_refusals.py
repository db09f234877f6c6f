"""What the services of images refuse behind the doors."""

from dataclasses import fields

import pytest
from django.core.files.storage import default_storage

from catalog.enums.listings import ImageKind
from catalog.models import BriefDelivery
from catalog.services.media import briefs, files
from catalog.services.media.assets import ImageRefused, Upload, upload
from catalog.services.media.placing import MAX_IMAGES, place_on_listing
from catalog.services.media.standards import Demands, change_standard
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.common.errors import Conflict, Invalid, NotFound
from tests.builders import NOW, a_draft, a_shop, an_actor
from tests.builders.media import a_brief, a_file, a_standard, an_asset

pytestmark = pytest.mark.django_db


def test_an_image_whose_pixels_are_broken_is_refused() -> None:
    data = bytearray(a_file("PNG"))
    data[len(data) // 2] ^= 0xFF
    with pytest.raises(ImageRefused) as caught:
        upload(upload=Upload("cup.png", bytes(data)), standard_id=None, actor=SYSTEM, now=NOW)
    assert [issue.code for issue in caught.value.issues] == ["broken_image"]


def test_a_file_that_cannot_be_removed_does_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(name: str) -> None:
        raise PermissionError(name)

    monkeypatch.setattr(default_storage, "delete", denied)
    files.discard("images/00/x.jpg")


def test_what_waits_no_longer_is_not_judged() -> None:
    asker = an_actor(Role.PRODUCT_SPECIALIST)
    brief = a_brief(asker)
    file = Upload("v.jpg", a_file())
    briefs.deliver(brief_id=brief.pk, file=file, asset="", note="", actor=an_actor(Role.DESIGNER), now=NOW)
    BriefDelivery.objects.update(verdict="sent_back")
    with pytest.raises(Conflict):
        briefs.accept(brief_id=brief.pk, actor=asker, now=NOW)
    brief.refresh_from_db()
    assert brief.state == "delivered"


def test_a_listing_takes_so_many_images_and_no_more() -> None:
    a_shop()
    asset = an_asset()

    def place(listing: str) -> object:
        return place_on_listing(
            asset_id=asset.pk, listing=listing, kind=ImageKind.MAIN, origin="http://x", actor=SYSTEM, now=NOW
        )

    with pytest.raises(NotFound):
        place("rev_0")
    draft = a_draft(images=[{"url": f"https://x.example/{number}.jpg", "kind": "detail"} for number in range(MAX_IMAGES)])
    with pytest.raises(Conflict) as caught:
        place(draft.public_id)
    assert (caught.value.error_code, caught.value.params) == ("too_many_images", {"limit": MAX_IMAGES})
    draft.refresh_from_db()
    assert (len(draft.images), draft.asset_shas) == (MAX_IMAGES, [])


def test_a_standard_takes_one_format_at_least() -> None:
    row = a_standard()
    demands = Demands(**{field.name: getattr(row, field.name) for field in fields(Demands)} | {"formats": []})
    with pytest.raises(Invalid) as caught:
        change_standard(standard_id=row.pk, demands=demands, actor=SYSTEM, now=NOW)
    assert [(issue.pointer, issue.code) for issue in caught.value.issues] == [("/formats", "required")]
    row.refresh_from_db()
    assert row.formats == ["jpeg", "png"]
