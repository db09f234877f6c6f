"""Kinds of files, told by their content: a name can say anything."""

import zipfile
from dataclasses import dataclass
from typing import BinaryIO

from opsdesk.sheets.errors import UnknownEncoding
from opsdesk.sheets.text import encoding_of


@dataclass(frozen=True)
class Kind:
    """A kind of file: its media type, and the endings of names that it may have; the first is the one that we give it."""

    media_type: str
    endings: tuple[str, ...]
    is_image: bool = False


JPEG = Kind("image/jpeg", ("jpg", "jpeg"), is_image=True)
PNG = Kind("image/png", ("png",), is_image=True)
WEBP = Kind("image/webp", ("webp",), is_image=True)
PDF = Kind("application/pdf", ("pdf",))
MP4 = Kind("video/mp4", ("mp4",))
XLSX = Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",))
TEXT = Kind("text/plain", ("csv", "txt", "tsv"))

IMAGES = (JPEG, PNG, WEBP)
TABLES = (XLSX, TEXT)
BY_MEDIA_TYPE = {kind.media_type: kind for kind in (*IMAGES, PDF, MP4, *TABLES)}

_HEAD = 16  # bytes
_MARKUP = (b"<", b"\xef\xbb\xbf<")


def kind_of(file: BinaryIO) -> Kind | None:
    """The kind that the content has, None for any other; the file stands at its beginning afterwards."""
    file.seek(0)
    head = file.read(_HEAD)
    try:
        return _by_head(head) or (_text(file, head) if head else None)
    finally:
        file.seek(0)


def _by_head(head: bytes) -> Kind | None:
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return WEBP
    if head.startswith(b"%PDF-"):
        return PDF
    return MP4 if head[4:8] == b"ftyp" else None


def _text(file: BinaryIO, head: bytes) -> Kind | None:
    """A workbook or a text; markup is neither, whatever its name."""
    if head.startswith(b"PK"):
        return XLSX if _is_workbook(file) else None
    if head.lstrip().startswith(_MARKUP):
        return None
    try:
        encoding_of(file)
    except UnknownEncoding:
        return None
    return TEXT


def _is_workbook(file: BinaryIO) -> bool:
    try:
        with zipfile.ZipFile(file) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
