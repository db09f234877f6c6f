"""Reading files."""

from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from opsdesk.common.actors import Actor
from opsdesk.common.errors import NotFound
from opsdesk.files.access import may_have
from opsdesk.files.errors import StorageUnavailable
from opsdesk.files.models import StoredFile


def place_of(path: str) -> Path:
    """Where a file lies on disk."""
    return Path(settings.MEDIA_ROOT) / path


def file_for(public_id: str, actor: Actor) -> StoredFile:
    """A file that the actor may have.

    Raises: NotFound, also for a file that they may not have: its name is nobody else's business.
    """
    file = StoredFile.objects.filter(public_id=public_id).first()
    if file is None or not may_have(actor, file):
        raise NotFound()
    return file


def open_file(file: StoredFile) -> BinaryIO:
    """The content, from its beginning. Raises: StorageUnavailable, when the disk does not have it."""
    try:
        return place_of(file.path).open("rb")
    except OSError as failure:
        raise StorageUnavailable() from failure
