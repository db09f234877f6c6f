"""Keeping files, and clearing away what no row speaks of."""

import hashlib
import logging
import os
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from opsdesk.common.actors import Actor
from opsdesk.common.characters import is_plain
from opsdesk.files.errors import FileTooLarge, InvalidFileName, StorageUnavailable, UnsupportedFile
from opsdesk.files.kinds import Kind, kind_of
from opsdesk.files.models import StoredFile
from opsdesk.files.queries import place_of

MEGABYTE = 1_000_000
ORPHAN_AFTER = timedelta(days=1)  # by then the transaction that wrote the file has ended, one way or the other
NAME_LENGTH = 200
_BLOCK = 1 << 16  # bytes
_BATCH = 500
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Terms:
    """What is taken for a purpose: kinds of files, and the size in bytes that one of them may have."""

    purpose: str
    allowed: Sequence[Kind]
    limit: int


@transaction.atomic
def keep_file(*, upload: "UploadedFile[bytes]", terms: Terms, actor: Actor, now: datetime) -> StoredFile:
    """Keep an uploaded file under a name of our own; its kind is told by its content and must agree with its name.

    When anything fails there is neither a row nor a part of a file; when the surrounding transaction is given up later,
    `remove_orphans` takes the file away.

    Raises: FileTooLarge, UnsupportedFile, InvalidFileName, StorageUnavailable.
    Ours: 0013
    """
    if (upload.size or 0) > terms.limit:
        raise FileTooLarge(limit=terms.limit // MEGABYTE)
    name = clean_name(upload.name or "")
    kind = kind_of(upload.file)  # type: ignore[arg-type]
    if kind is None or kind not in terms.allowed or PurePosixPath(name).suffix.lower().lstrip(".") not in kind.endings:
        endings = ", ".join(ending for allowed in terms.allowed for ending in allowed.endings)
        raise UnsupportedFile(kinds=endings)
    path = f"{now:%Y/%m}/{uuid4().hex}.{kind.endings[0]}"
    place = place_of(path)
    try:
        size, digest = _write(upload.file, place, terms.limit)  # type: ignore[arg-type]
        return StoredFile.objects.create(
            purpose=terms.purpose,
            path=path,
            original_name=name,
            media_type=kind.media_type,
            size=size,
            sha256=digest,
            uploaded_by_id=actor.staff_id,
            uploaded_at=now,
        )
    except BaseException:
        with suppress(OSError):
            place.unlink()
        raise


def clean_name(name: str) -> str:
    """The name as it is shown: without the folders before it, and not too long; its ending stays.

    Raises: InvalidFileName.
    """
    last = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2]).strip()
    if not last or "\n" in last or "\t" in last or not is_plain(last):
        raise InvalidFileName()
    ending = PurePosixPath(last).suffix[:20]
    return last if len(last) <= NAME_LENGTH else last[: NAME_LENGTH - len(ending)] + ending


def remove_orphans(*, now: datetime) -> int:
    """Remove files older than a day that no row speaks of; returns how many. Ours: 0013"""
    root = Path(settings.MEDIA_ROOT)
    before = (now - ORPHAN_AFTER).timestamp()
    old = (path for path in root.glob("[0-9][0-9][0-9][0-9]/[0-9][0-9]/*") if path.stat().st_mtime < before)
    removed = 0
    for batch in _batches(old):
        names = {path.relative_to(root).as_posix(): path for path in batch}
        known = set(StoredFile.objects.filter(path__in=names).values_list("path", flat=True))
        for name in names.keys() - known:
            names[name].unlink(missing_ok=True)
            removed += 1
    return removed


def _batches(paths: Iterable[Path]) -> Iterable[list[Path]]:
    batch: list[Path] = []
    for path in paths:
        batch.append(path)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    yield batch


def _write(source: BinaryIO, place: Path, limit: int) -> tuple[int, str]:
    """Copy block by block; returns the size and the digest. Raises: FileTooLarge, StorageUnavailable."""
    size, digest = 0, hashlib.sha256()
    source.seek(0)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("xb") as target:
            while block := source.read(_BLOCK):
                size += len(block)
                if size > limit:
                    raise FileTooLarge(limit=limit // MEGABYTE)
                digest.update(block)
                target.write(block)
            target.flush()
            os.fsync(target.fileno())
    except OSError as failure:
        _log.error("a file could not be stored: %s", failure)
        raise StorageUnavailable() from failure
    return size, digest.hexdigest()
