"""What an image shows, measured on a small copy, and the clean copy that is kept. Pure.

SOP: C6
"""

import io
import itertools
import warnings
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageFilter, ImageOps, ImageStat

from catalog.enums.media import ImageFormat

warnings.simplefilter("error", Image.DecompressionBombWarning)

FORMATS = ("JPEG", "PNG", "WEBP")
SAMPLE = 1024  # pixels: the longest side of the copy that is measured
WHITE = 250  # a channel value from which on a pixel counts as white
TILES = 8  # the copy is divided into 8 x 8 tiles
_FRAME = 0.03  # the border is this share of the shorter side
_SHARPEST = 3  # the third sharpest tile counts: two may be a logo
_FAINT = (200, 244)  # the greys of strokes that are laid over white
_FAINT_SHARE = (0.01, 0.25)  # of a tile's pixels
_DARK, _DARK_SHARE, _BRIGHT_SHARE = 150, 0.01, 0.6
_SUSPICIOUS_TILES = 0.15
_LAPLACE = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)
_QUALITY = 92


class Unreadable(Exception):
    """The pixels cannot be decoded."""


@dataclass(frozen=True)
class Look:
    """The clean image and what was measured. `dhash` is 64 bits as a signed number; percent and points are whole."""

    master: bytes
    width: int
    height: int
    white_border: int
    sharpness: int
    watermark: bool
    dhash: int


def look(data: bytes, form: ImageFormat) -> Look:
    """Decode an image, measure it and encode it anew without anything but its pixels.

    Raises: Unreadable.
    """
    try:
        opened = Image.open(io.BytesIO(data), formats=FORMATS)
        opened.load()
        ImageOps.exif_transpose(opened, in_place=True)
        picture = _plain(opened)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as broken:
        raise Unreadable(type(broken).__name__) from broken
    sample = _on_white(_small(picture))
    grey = sample.convert("L")
    return Look(
        master=_encoded(picture, form),
        width=picture.width,
        height=picture.height,
        white_border=white_border(sample),
        sharpness=sharpness(grey),
        watermark=looks_watermarked(grey),
        dhash=dhash(grey),
    )


def white_border(sample: Image.Image) -> int:
    """How much of the border is white, in whole percent, rounded down. SOP: C6"""
    red, green, blue = sample.convert("RGB").split()
    darkest = ImageChops.darker(ImageChops.darker(red, green), blue)
    white = darkest.point([255 * (value >= WHITE) for value in range(256)])
    band = max(1, round(min(white.size) * _FRAME))
    total, count = white.width * white.height, white.histogram()[255]
    if white.width > 2 * band and white.height > 2 * band:
        inner = white.crop((band, band, white.width - band, white.height - band))
        total, count = total - inner.width * inner.height, count - inner.histogram()[255]
    return count * 100 // total


def sharpness(grey: Image.Image) -> int:
    """The variance of the Laplacian in the third sharpest tile: a plain background does not make an image blurred. SOP: C6"""
    edges = grey.filter(_LAPLACE)
    if min(edges.size) > 2:
        edges = edges.crop((1, 1, edges.width - 1, edges.height - 1))  # the filter leaves the outermost pixels as they are
    found = sorted((ImageStat.Stat(tile).var[0] for tile in _tiles(edges)), reverse=True)
    return int(found[min(_SHARPEST, len(found)) - 1])


def looks_watermarked(grey: Image.Image) -> bool:
    """True when faint strokes lie over much of the white. A hint to look, never a reason to refuse. SOP: C6"""
    tiles = _tiles(grey)
    return sum(map(_is_overlaid, tiles)) >= len(tiles) * _SUSPICIOUS_TILES


def dhash(grey: Image.Image) -> int:
    """64 bits of brightness going up or down; images that look alike differ in few of them."""
    pixels = grey.resize((9, 8), Image.Resampling.LANCZOS).tobytes()
    bits = 0
    for row in range(8):
        for column in range(8):
            place = row * 9 + column
            bits = bits << 1 | (pixels[place] < pixels[place + 1])
    return bits - (1 << 64) if bits >> 63 else bits


def _is_overlaid(tile: Image.Image) -> bool:
    values = tile.histogram()
    area = tile.width * tile.height
    faint = sum(values[_FAINT[0] : _FAINT[1] + 1]) / area
    return (
        sum(values[_FAINT[1] + 1 :]) / area >= _BRIGHT_SHARE
        and _FAINT_SHARE[0] <= faint <= _FAINT_SHARE[1]
        and sum(values[:_DARK]) / area <= _DARK_SHARE
    )


def _tiles(picture: Image.Image) -> list[Image.Image]:
    across, down = min(TILES, picture.width), min(TILES, picture.height)
    columns = [picture.width * number // across for number in range(across + 1)]
    rows = [picture.height * number // down for number in range(down + 1)]
    return [
        picture.crop((left, top, right, bottom))
        for top, bottom in itertools.pairwise(rows)
        for left, right in itertools.pairwise(columns)
    ]


def _plain(picture: Image.Image) -> Image.Image:
    """Colours as storefronts show them: RGB, with transparency where there is some."""
    transparent = "A" in picture.getbands() or "transparency" in picture.info
    mode = "RGBA" if transparent else "RGB"
    return picture if picture.mode == mode else picture.convert(mode)  # a copy is as large as the image


def _small(picture: Image.Image) -> Image.Image:
    copy = picture.reduce(max(1, max(picture.size) // (2 * SAMPLE)))
    copy.thumbnail((SAMPLE, SAMPLE), Image.Resampling.LANCZOS)
    return copy


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode != "RGBA":
        return picture
    ground = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(ground, picture).convert("RGB")


def _encoded(picture: Image.Image, form: ImageFormat) -> bytes:
    out = io.BytesIO()
    picture.info = {}  # no comment, no profile, no text; EXIF is written only when it is given
    picture.save(out, form.name, quality=_QUALITY)
    return out.getvalue()
