"""Images drawn for tests, and the library and briefs made of them."""

import io
from collections.abc import Sequence
from datetime import timedelta
from itertools import count
from typing import Any

from PIL import Image, ImageDraw

from catalog.enums.media import BriefSubject
from catalog.models import DesignBrief, ImageStandard, MediaAsset
from catalog.services.media.assets import Upload, upload
from catalog.services.media.briefs import Wish, ask
from catalog.services.media.standards import sync_standards
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM, Actor
from tests.builders.accounts import an_actor
from tests.builders.times import NOW

_serial = count(1)


def a_picture(side: int = 900, *, height: int | None = None, seed: int | None = None, ground: str = "white") -> Image.Image:
    """A sharp product-like picture: a striped cup on a plain ground; another seed, another picture."""
    seed, height = next(_serial) if seed is None else seed, height or side
    picture = Image.new("RGB", (side, height), ground)
    draw = ImageDraw.Draw(picture)
    left, top = side // 4, height // 4
    for step in range(20):
        shade = (40 + seed * 37 % 160, step * 12, seed * 91 % 255)
        draw.rectangle((left, top + step * height // 40, side - left - seed % 50, top + (step + 1) * height // 40), fill=shade)
        draw.line((left, top, side - left, top + step * 20), fill="black", width=3)
    return picture


def a_file(form: str = "JPEG", picture: Image.Image | None = None, **options: Any) -> bytes:
    """The bytes of a picture in a format."""
    out = io.BytesIO()
    (picture or a_picture()).save(out, form, **options)
    return out.getvalue()


def an_asset(title: str = "cup", *, tags: Sequence[str] = (), picture: Image.Image | None = None) -> MediaAsset:
    """An image in the library."""
    file = Upload("cup.jpg", a_file(picture=picture), title, tags)
    return upload(upload=file, standard_id=None, actor=SYSTEM, now=NOW).asset


def a_standard(platform: str = "tmall", place: str = "main") -> ImageStandard:
    """The shipped standard of a place."""
    sync_standards()
    return ImageStandard.objects.get(platform=platform, place=place)


def a_brief(actor: Actor | None = None, **changes: Any) -> DesignBrief:
    """A brief for the banner of a page, due tomorrow, asked for by a product specialist."""
    values: dict[str, Any] = {
        "title": "Banner",
        "subject": BriefSubject.PAGE,
        "standard_id": a_standard("own", "page").pk,
        "text": "Blue and calm.",
        "due_by": NOW + timedelta(days=1),
        "reference": "Front page",
    }
    return ask(wish=Wish(**values | changes), actor=actor or an_actor(Role.PRODUCT_SPECIALIST), now=NOW)
