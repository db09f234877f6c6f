"""What places demand, with the parameters where a standard says nothing."""

from collections.abc import Iterable

from django.db.models import QuerySet

from catalog.enums.media import AssetState, ImagePlace
from catalog.models import ImageStandard, MediaAsset
from catalog.parameters.media import MAX_MEGABYTES, MAX_MEGAPIXELS, MIN_SHARPNESS, WHITE_BORDER
from catalog.rules.content import ListingContent
from catalog.rules.media.admission import Limits
from catalog.rules.media.standards import KILO, Demand, ImageFacts, Measured
from catalog.rules.media.wording import sha_in, shas_in
from opsdesk.parameters.queries import value
from opsdesk.shops.models import Shop

_LISTING_PLACES = (ImagePlace.MAIN, ImagePlace.DETAIL)


def limits() -> Limits:
    """What no file may exceed, wherever it is for."""
    return Limits(megabytes=value(MAX_MEGABYTES), megapixels=value(MAX_MEGAPIXELS))


def standards() -> QuerySet[ImageStandard]:
    """All standards, by platform and place."""
    return ImageStandard.objects.order_by("platform", "place")


def demand_of(standard: ImageStandard | None) -> Demand:
    """What a standard demands; without one, an image only has to be sharp. SOP: C6"""
    if standard is None:
        return Demand(sharpness=value(MIN_SHARPNESS))
    aspect = (standard.aspect_width, standard.aspect_height)
    border = standard.white_border
    if border is None and standard.place == ImagePlace.MAIN:
        border = value(WHITE_BORDER)
    return Demand(
        min_width=standard.min_width,
        max_width=standard.max_width,
        min_height=standard.min_height,
        max_height=standard.max_height,
        aspect=(aspect[0], aspect[1]) if aspect[0] and aspect[1] else None,
        size=None if standard.max_kilobytes is None else standard.max_kilobytes * KILO,
        formats=tuple(standard.formats),
        white_border=border,
        sharpness=value(MIN_SHARPNESS) if standard.min_sharpness is None else standard.min_sharpness,
    )


def measured(asset: MediaAsset) -> Measured:
    """What was measured when the image came in."""
    return Measured(
        width=asset.width,
        height=asset.height,
        size=asset.size,
        format=asset.format,
        white_border=asset.white_border,
        sharpness=asset.sharpness,
        watermark=asset.watermark,
    )


def offered(shas: Iterable[str]) -> dict[str, Measured]:
    """What was measured of those images that the library offers, by their hash."""
    return {asset.sha256: measured(asset) for asset in MediaAsset.objects.filter(sha256__in=shas, state=AssetState.ACTIVE)}


def demand_at(platform: str, place: ImagePlace) -> Demand:
    """What one place on one platform demands. SOP: C6"""
    return demand_of(standards().filter(platform=platform, place=place).first())


def image_facts(content: ListingContent) -> ImageFacts:
    """The facts of those images of a listing that are in the library, and what its shops' platforms demand. SOP: C6"""
    addresses = [image.url for image in content.images]
    shas = shas_in(addresses)
    if not shas:
        return ImageFacts()
    found = {asset.sha256: measured(asset) for asset in MediaAsset.objects.filter(sha256__in=shas)}
    platforms = Shop.objects.filter(code__in=list(content.shops)).values_list("platform", flat=True)
    demands: dict[str, list[Demand]] = {place.value: [] for place in _LISTING_PLACES}
    for standard in standards().filter(platform__in=set(platforms), place__in=_LISTING_PLACES):
        demands[standard.place].append(demand_of(standard))
    by_address = {address: found[sha_in(address)] for address in addresses if sha_in(address) in found}
    return ImageFacts(by_address, demands)
