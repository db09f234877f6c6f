"""Is an image good enough for its place on a platform? Pure.

SOP: C6
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from catalog.enums.listings import Severity
from catalog.enums.media import ImageFormat
from catalog.rules.findings import Finding
from opsdesk.common.text import mark

KILO = 1000
_RATIO_TOLERANCE = 100  # the sides may be off by one part in a hundred


@dataclass(frozen=True)
class Measured:
    """The facts of one image: pixels, bytes, percent of white border, points of sharpness."""

    width: int
    height: int
    size: int
    format: str
    white_border: int
    sharpness: int
    watermark: bool = False


@dataclass(frozen=True)
class Demand:
    """What a place asks for; None asks for nothing. `aspect` is width to height, `size` is in bytes."""

    min_width: int = 1
    max_width: int | None = None
    min_height: int = 1
    max_height: int | None = None
    aspect: tuple[int, int] | None = None
    size: int | None = None
    formats: Sequence[str] = tuple(ImageFormat.values)
    white_border: int | None = None
    sharpness: int | None = None


@dataclass(frozen=True)
class ImageFacts:
    """What a listing's check knows of its images: the measured ones by address, and what its platforms demand by kind."""

    measured: Mapping[str, Measured] = field(default_factory=dict)
    demands: Mapping[str, Sequence[Demand]] = field(default_factory=dict)


def listing_shortcomings(image: Measured, demands: Sequence[Demand], *, pointer: str) -> Iterator[Finding]:
    """What any of several platforms has against an image, the same complaint once. SOP: C6"""
    told: set[tuple[str, str]] = set()
    for demand in demands or (Demand(),):
        for finding in shortcomings(image, demand, pointer=pointer):
            key = (finding.code, str(finding.params))
            if key not in told:
                told.add(key)
                yield finding


def shortcomings(image: Measured, demand: Demand, *, pointer: str = "/file") -> Iterator[Finding]:
    """All in which the image falls short of its place, the limits themselves being good enough. SOP: C6"""

    def finding(code: str, message: str, **params: object) -> Finding:
        return Finding(code, pointer, message, params)

    yield from _sizes(image, demand, pointer)
    if demand.aspect and not fits_ratio(image.width, image.height, demand.aspect):
        text = mark("The sides must be %(wide)s to %(high)s.")
        yield finding("wrong_ratio", text, wide=demand.aspect[0], high=demand.aspect[1])
    if demand.size is not None and image.size > demand.size:
        text = mark("The image has %(size)s KB; this place takes at most %(limit)s KB.")
        yield finding("file_too_large", text, size=-(-image.size // KILO), limit=demand.size // KILO)
    if image.format not in demand.formats:
        text = mark("This place takes %(formats)s only.")
        yield finding("format_not_allowed", text, formats=", ".join(name.upper() for name in demand.formats))
    if demand.white_border is not None and image.white_border < demand.white_border:
        text = mark("The background must be white: %(found)s %% of the border are, %(limit)s %% are needed.")
        yield finding("background_not_white", text, found=image.white_border, limit=demand.white_border)
    if demand.sharpness is not None and image.sharpness < demand.sharpness:
        text = mark("The image is not sharp: %(found)s points, %(limit)s are needed.")
        yield finding("not_sharp", text, found=image.sharpness, limit=demand.sharpness)
    yield from suspicions(image, pointer=pointer)


def suspicions(image: Measured, *, pointer: str = "/file") -> Iterator[Finding]:
    """What somebody should look at: it may be a watermark. SOP: C6"""
    if image.watermark:
        text = mark("It looks as if there were a watermark; look at it.")
        yield Finding("watermark_suspected", pointer, text, severity=Severity.WARNING)


def fits_ratio(width: int, height: int, aspect: tuple[int, int]) -> bool:
    """True when the sides stand in the ratio, give or take one part in a hundred."""
    wide, high = width * aspect[1], height * aspect[0]
    return abs(wide - high) * _RATIO_TOLERANCE <= high


def _sizes(image: Measured, demand: Demand, pointer: str) -> Iterator[Finding]:
    params = {"width": image.width, "height": image.height}
    if image.width < demand.min_width or image.height < demand.min_height:
        text = mark("The image has %(width)s x %(height)s pixels; at least %(wide)s x %(high)s are needed.")
        yield Finding("image_too_small", pointer, text, params | {"wide": demand.min_width, "high": demand.min_height})
    for side, found, limit in (("width", image.width, demand.max_width), ("height", image.height, demand.max_height)):
        if limit is not None and found > limit:
            text = (
                mark("The image is %(found)s pixels wide; at most %(limit)s are allowed.")
                if side == "width"
                else mark("The image is %(found)s pixels high; at most %(limit)s are allowed.")
            )
            yield Finding("image_too_big", pointer, text, {"found": found, "limit": limit})
