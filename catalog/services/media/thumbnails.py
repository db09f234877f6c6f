"""Thumbnails as rows to be worked off: claimed, made in a process of their own, recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from catalog.enums.media import AssetState, ThumbnailState
from catalog.models import MediaAsset
from catalog.parameters.media import REPAIR_WITHIN, THUMBNAIL_ATTEMPTS, THUMBNAIL_MEMORY, THUMBNAIL_TIME
from catalog.rules.media.lifecycle import ASSET_STEPS
from catalog.services.media import files
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from opsdesk.inbox.services import Work, raise_item, resolve
from opsdesk.parameters.queries import value

SUBJECT, FAILED_KIND = "media_asset", "catalog.thumbnails_failed"
BATCH = 4
STALE_AFTER = timedelta(minutes=10)  # longer than a batch may take: what was claimed and not recorded is claimed again
REASONS = {
    "out_of_memory": mark("It took too much memory."),
    "timed_out": mark("It took too long."),
    "unreadable": mark("The file cannot be read."),
}


@dataclass(frozen=True)
class Job:
    """One image whose thumbnails are to be made, with what the process may take of memory (bytes) and time (seconds)."""

    asset_id: int
    source: str
    targets: Sequence[tuple[int, str]]
    memory: int
    seconds: float


@transaction.atomic
def claim_due(*, now: datetime) -> list[Job]:
    """Take the images whose thumbnails are due; a claim that comes to nothing is taken over later. SOP: C6"""
    due = MediaAsset.objects.filter(thumbnails=ThumbnailState.PENDING, thumbnails_due_at__lte=now)
    assets = list(due.order_by("thumbnails_due_at", "id").select_for_update(skip_locked=True, no_key=True)[:BATCH])
    for asset in assets:
        asset.thumbnail_attempts += 1
        asset.thumbnails_due_at = now + STALE_AFTER
    MediaAsset.objects.bulk_update(assets, ["thumbnail_attempts", "thumbnails_due_at"])
    memory, seconds = value(THUMBNAIL_MEMORY) * 1024 * 1024, value(THUMBNAIL_TIME).total_seconds()
    return [Job(asset.pk, files.place_on_disk(asset.file), _targets(asset.file), memory, seconds) for asset in assets]


@transaction.atomic
def record_made(*, asset_id: int, error: str, now: datetime) -> MediaAsset:
    """Keep what came of it: ready, to be tried again, or given up, and then it is the designer's. SOP: C6

    Raises: NotFound.
    """
    asset = lock_one(MediaAsset.objects.filter(pk=asset_id))
    asset.thumbnail_error = error
    if not error:
        asset.thumbnails, asset.thumbnails_due_at = ThumbnailState.READY, None
        resolve(kind=FAILED_KIND, subject_ids=[asset.public_id], outcome="ready", actor=SYSTEM, now=now)
    elif asset.thumbnail_attempts >= value(THUMBNAIL_ATTEMPTS):
        asset.thumbnails, asset.thumbnails_due_at = ThumbnailState.FAILED, None
        due_at = now + value(REPAIR_WITHIN)
        if asset.state == AssetState.ACTIVE:
            raise_item(Work(FAILED_KIND, SUBJECT, asset.public_id, due_at, params={"title": asset.title}), now=now)
    else:
        asset.thumbnails_due_at = now + STALE_AFTER / 10 * 2**asset.thumbnail_attempts
    asset.save(update_fields=["thumbnails", "thumbnails_due_at", "thumbnail_error"])
    return asset


@transaction.atomic
def retry(*, asset_id: int, actor: Actor, now: datetime) -> MediaAsset:
    """Have the thumbnails made anew, with all attempts. Raises: NotFound, Forbidden, IllegalTransition. SOP: C6"""
    asset = lock_one(MediaAsset.objects.filter(pk=asset_id))
    ASSET_STEPS.enter("retry", asset.state, actor)
    asset.thumbnails, asset.thumbnails_due_at, asset.thumbnail_attempts = ThumbnailState.PENDING, now, 0
    asset.save(update_fields=["thumbnails", "thumbnails_due_at", "thumbnail_attempts"])
    record(Change("images.retry", SUBJECT, asset.public_id), actor=actor, now=now)
    return asset


def _targets(name: str) -> list[tuple[int, str]]:
    return [(size, files.place_on_disk(files.thumbnail_name(name, size))) for size in files.THUMBNAIL_SIZES]
