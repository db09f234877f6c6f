"""What a file says of itself in its first bytes and where it ends, before anything is decoded. Pure.

SOP: C6
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from catalog.enums.media import ImageFormat

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_ALONE = {0x01, *range(0xD0, 0xD9)}  # JPEG markers without a length
_SIZES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # JPEG markers that tell the size
_EOI, _SOS = 0xD9, 0xDA
_BAR = 0xFF


@dataclass(frozen=True)
class Header:
    """The real format, the size in pixels, whether there are several frames, and where the image ends in the file.

    `end` is None when the file stops before the image does.
    """

    format: ImageFormat
    width: int
    height: int
    animated: bool
    end: int | None


def read(data: bytes) -> Header | None:
    """The header of a JPEG, PNG or WebP file; None for everything else and for what is broken at its start."""
    try:
        if data.startswith(_PNG):
            return _png(data)
        if data.startswith(_JPEG):
            return _jpeg(data)
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _webp(data)
    except (struct.error, IndexError):
        return None
    return None


def _png(data: bytes) -> Header | None:
    if data[12:16] != b"IHDR":
        return None
    width, height = struct.unpack(">II", data[16:24])
    animated, place, end = False, len(_PNG), None
    while place + 12 <= len(data):
        length, name = struct.unpack(">I4s", data[place : place + 8])
        place += 12 + length
        animated |= name == b"acTL"
        if name == b"IEND":
            end = place if place <= len(data) else None
            break
    return Header(ImageFormat.PNG, width, height, animated, end)


def _webp(data: bytes) -> Header | None:
    kind, flags = data[12:16], data[20]
    if kind == b"VP8X":
        width = int.from_bytes(data[24:27], "little") + 1
        height = int.from_bytes(data[27:30], "little") + 1
    elif kind == b"VP8 ":
        width, height = (side & 0x3FFF for side in struct.unpack("<HH", data[26:30]))
    elif kind == b"VP8L":
        (bits,) = struct.unpack("<I", data[21:25])
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    else:
        return None
    end = 8 + int.from_bytes(data[4:8], "little")
    animated = kind == b"VP8X" and bool(flags & 0x02)
    return Header(ImageFormat.WEBP, width, height, animated, end if end <= len(data) else None)


def _jpeg(data: bytes) -> Header | None:
    size, end = None, None
    for marker, place in _markers(data):
        if marker in _SIZES and size is None:
            height, width = struct.unpack(">HH", data[place + 3 : place + 7])
            size = (width, height)
        if marker == _EOI:
            end = place
            break
    return Header(ImageFormat.JPEG, *size, False, end) if size else None


def _markers(data: bytes) -> Iterator[tuple[int, int]]:
    """The markers of a JPEG with the place behind each; what lies between the scans is passed over."""
    place = 2
    while (place := data.find(_BAR, place)) >= 0 and place + 1 < len(data):
        marker = data[place + 1]
        place += 1 if marker == _BAR else 2
        if marker in (0, _BAR):
            continue
        yield marker, place
        if marker not in _ALONE and marker != _EOI:
            place += int.from_bytes(data[place : place + 2], "big")
