"""The files of images: written once under names of our own, read by hash, never changed."""

from uuid import uuid4

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from opsdesk.files.errors import StorageUnavailable

THUMBNAIL_SIZES = (160, 480, 1200)
_FOLDER = "images"
SUFFIXES = {"jpeg": "jpg", "png": "png", "webp": "webp"}


def keep(data: bytes, form: str) -> str:
    """Write a new file; returns its name in the storage. Raises: StorageUnavailable, and then there is no file."""
    key = uuid4().hex
    name = f"{_FOLDER}/{key[:2]}/{key}.{SUFFIXES[form]}"
    try:
        return default_storage.save(name, ContentFile(data))
    except OSError as failure:
        discard(name)
        raise StorageUnavailable() from failure


def discard(name: str) -> None:
    """Remove a file of which there will be no row."""
    try:
        default_storage.delete(name)
    except OSError:
        return  # what cannot be removed takes room and does no harm


def opened(name: str) -> "File[bytes]":
    """The file for reading. Raises: FileNotFoundError."""
    return default_storage.open(name, "rb")


def thumbnail_name(name: str, size: int) -> str:
    """Where the thumbnail of a file lies."""
    return f"{name.rpartition('.')[0]}-{size}.webp"


def place_on_disk(name: str) -> str:
    """The path of a file for the process that makes thumbnails."""
    return default_storage.path(name)
