"""Files that customers and agents attach to a message."""

from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile

from opsdesk.common.actors import Actor
from opsdesk.common.errors import Invalid, Issue
from opsdesk.common.text import mark
from opsdesk.files.kinds import IMAGES, MP4, PDF
from opsdesk.files.services import MEGABYTE, Terms, keep_file
from support.models import Message

PURPOSE = "support.attachment"
TERMS = Terms(PURPOSE, (*IMAGES, PDF, MP4), 50 * MEGABYTE)
MOST = 5
_TOO_MANY = mark("At most %(most)s files in one message.")

Files = Sequence["UploadedFile[bytes]"]


def attach(message: Message, files: Files, *, actor: Actor, now: datetime) -> None:
    """Keep files with a message.

    Raises: Invalid (too many), FileTooLarge, UnsupportedFile, InvalidFileName, StorageUnavailable.
    SOP: S1
    """
    if len(files) > MOST:
        issue = Issue("/file", "too_many_items", _TOO_MANY, {"most": MOST})
        raise Invalid(_TOO_MANY, code="too_many_items", issues=[issue], most=MOST)
    kept = [keep_file(upload=file, terms=TERMS, actor=actor, now=now) for file in files]
    if kept:
        message.files.add(*kept)
