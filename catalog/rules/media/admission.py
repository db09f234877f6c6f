"""Is this file an image that may be decoded at all? Pure: bytes in, findings out, nothing decoded.

SOP: C6
"""

from collections.abc import Iterator
from dataclasses import dataclass

from catalog.enums.media import ImageFormat
from catalog.rules.findings import Finding
from catalog.rules.media.header import Header, read
from opsdesk.common.text import mark

MILLION = 1_000_000
EXTENSIONS = {
    "jpg": ImageFormat.JPEG,
    "jpeg": ImageFormat.JPEG,
    "png": ImageFormat.PNG,
    "webp": ImageFormat.WEBP,
}
_SECOND_FRAME = b"\xff\xd8"  # cameras put a small copy behind a JPEG; it is dropped with everything else


@dataclass(frozen=True)
class Limits:
    """What is too much: megabytes of a file, megapixels of an image."""

    megabytes: int
    megapixels: int


def extension_of(name: str) -> str:
    """The last extension of a file name, in lower case."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def refusals(data: bytes, name: str, limits: Limits) -> list[Finding]:
    """Why the file may not be decoded; empty when it may. The first reason is enough: nothing behind it can be trusted.

    SOP: C6
    """
    return [finding for finding in [next(_reasons(data, name, limits), None)] if finding]


def _reasons(data: bytes, name: str, limits: Limits) -> Iterator[Finding]:
    if not data:
        yield _finding("empty_file", mark("The file is empty."))
    if len(data) > limits.megabytes * MILLION:
        text = mark("The file has more than %(limit)s megabytes.")
        yield _finding("file_too_large", text, limit=limits.megabytes)
    header = read(data)
    if header is None:
        yield _finding("unsupported_image", mark("This is no JPEG, PNG or WebP image."))
    else:
        yield from _problems(header, data, name, limits)


def _problems(header: Header, data: bytes, name: str, limits: Limits) -> Iterator[Finding]:
    if EXTENSIONS.get(extension_of(name)) != header.format:
        text = mark("The file name ends with “%(extension)s”, but the file is a %(format)s image.")
        yield _finding("wrong_extension", text, extension=extension_of(name)[:20], format=header.format.label)
    if header.animated:
        yield _finding("animated_image", mark("The image moves; only still images are taken."))
    if not header.width or not header.height or header.end is None:
        yield _finding("broken_image", mark("The image is broken or cut off."))
    if header.width * header.height > limits.megapixels * MILLION:
        text = mark("The image has %(width)s x %(height)s pixels; at most %(limit)s megapixels are allowed.")
        yield _finding("image_too_large", text, width=header.width, height=header.height, limit=limits.megapixels)
    if has_tail(header, data):
        yield _finding("trailing_data", mark("Something else is hidden behind the image in this file."))


def has_tail(header: Header, data: bytes) -> bool:
    """True when the file goes on behind the image with anything but padding or a camera's second frame."""
    tail = data[header.end :].strip(b"\0") if header.end is not None else b""
    return bool(tail) and not (header.format is ImageFormat.JPEG and tail.startswith(_SECOND_FRAME))


def _finding(code: str, message: str, **params: object) -> Finding:
    return Finding(code, "/file", message, params)
