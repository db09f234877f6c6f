"""Searching the library: newest first, by keyset, never counted."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from catalog.enums.media import AssetState
from catalog.models import MediaAsset
from catalog.parameters.media import NEAR_BITS
from catalog.queries.media.usage import unused
from catalog.rules.media.likeness import bands, distance
from catalog.rules.media.wording import grams
from opsdesk.parameters.queries import value

PAGE = 40
_CANDIDATES = 200


@dataclass(frozen=True)
class Search:
    """What somebody looks for; empty fields ask for nothing. `before` is the key of the last image seen."""

    text: str = ""
    tag: str = ""
    place: str = ""
    format: str = ""
    state: str = AssetState.ACTIVE
    min_width: int | None = None
    min_height: int | None = None
    only_unused: bool = False
    before: int | None = None


@dataclass(frozen=True)
class Found:
    """One page of the library; `after` is what the next page begins behind, None on the last one."""

    assets: Sequence[MediaAsset]
    after: int | None


def search(wanted: Search) -> Found:
    """One page of images, in one statement. SOP: C6"""
    assets = MediaAsset.objects.order_by("-id")
    for name in ("place", "format", "state"):
        if getattr(wanted, name):
            assets = assets.filter(**{name: getattr(wanted, name)})
    for word in wanted.text.split():
        assets = assets.filter(grams__contains=grams(word))
    if wanted.tag:
        assets = assets.filter(grams__contains=grams(wanted.tag), tags__contains=[wanted.tag])
    if wanted.min_width:
        assets = assets.filter(width__gte=wanted.min_width)
    if wanted.min_height:
        assets = assets.filter(height__gte=wanted.min_height)
    if wanted.before:
        assets = assets.filter(pk__lt=wanted.before)
    if wanted.only_unused:
        assets = unused(assets)
    rows = list(assets[: PAGE + 1])
    return Found(rows[:PAGE], rows[PAGE - 1].pk if len(rows) > PAGE else None)


def near(dhash: int, *, without: int = 0) -> list[MediaAsset]:
    """Images that look alike, the most alike first. SOP: C6"""
    limit = value(NEAR_BITS)
    candidates: QuerySet[MediaAsset] = MediaAsset.objects.filter(bands__overlap=bands(dhash), state=AssetState.ACTIVE)
    found = [(distance(dhash, one.dhash), one.pk, one) for one in candidates.exclude(pk=without).order_by("-id")[:_CANDIDATES]]
    return [one for bits, _pk, one in sorted(found, key=lambda row: row[:2]) if bits <= limit]


def by_sha(sha: str) -> MediaAsset | None:
    """The image of a hash."""
    return MediaAsset.objects.filter(sha256=sha).first()
