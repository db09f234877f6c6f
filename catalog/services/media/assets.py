"""Taking images into the library, describing them, putting them aside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from threading import BoundedSemaphore
from typing import Any

from django.db import IntegrityError, transaction

from catalog.enums.listings import Severity
from catalog.enums.media import AssetState, ImageFormat
from catalog.models import ImageStandard, MediaAsset
from catalog.queries.media.library import near
from catalog.queries.media.standards import demand_of, limits
from catalog.queries.media.usage import is_used
from catalog.rules.findings import Finding
from catalog.rules.media.admission import refusals
from catalog.rules.media.header import read
from catalog.rules.media.lifecycle import ASSET_STEPS
from catalog.rules.media.likeness import bands
from catalog.rules.media.pixels import Look, Unreadable, look
from catalog.rules.media.standards import Measured, shortcomings
from catalog.rules.media.wording import grams, title_from
from catalog.services.listing_steps import as_issue
from catalog.services.media import files
from catalog.services.media.thumbnails import FAILED_KIND, SUBJECT
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Invalid, NotFound
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from opsdesk.inbox.services import resolve

_decoding = BoundedSemaphore(1)  # one image at a time in a process: its pixels are the memory that an upload takes


@dataclass(frozen=True)
class Upload:
    """A file as it came: its name, its bytes, how it is to be called and filed."""

    name: str
    data: bytes
    title: str = ""
    tags: Sequence[str] = ()


@dataclass(frozen=True)
class Uploaded:
    """The image that was taken in, with the warnings that somebody should look at."""

    asset: MediaAsset
    warnings: list[Finding]


class ImageRefused(Invalid):
    """The file is not taken; the issues say why, all at once."""

    code = "image_refused"
    message = mark("The image was not taken.")


def upload(*, upload: Upload, standard_id: int | None, actor: Actor, now: datetime) -> Uploaded:
    """Take an image into the library, if it is good enough for the place that it is for.

    The file is decoded once its header shows that it may be; what is kept is encoded anew, without EXIF and without
    anything behind the image. A refusal leaves neither row nor file.
    Raises: Forbidden, NotFound, ImageRefused (with every problem), StorageUnavailable.
    SOP: C6
    """
    actor.require("catalog.add_mediaasset")
    standard = _standard(standard_id)
    seen, findings = examine(upload, standard)
    if any(finding.blocks for finding in findings):
        raise ImageRefused(issues=[as_issue(finding) for finding in findings])
    assert seen
    return Uploaded(_keep(upload, seen, standard, findings, actor, now), findings)


def examine(upload: Upload, standard: ImageStandard | None) -> tuple[Look | None, list[Finding]]:
    """Everything that is wrong with a file; what it shows, when it can be decoded. Writes nothing. SOP: C6"""
    refused = [*refusals(upload.data, upload.name, limits()), *_known(upload.data)]
    if refused:
        return None, refused
    header = read(upload.data)
    assert header
    try:
        with _decoding:
            seen = look(upload.data, header.format)
    except Unreadable:
        return None, [Finding("broken_image", "/file", mark("The image is broken or cut off."))]
    demand = demand_of(standard)
    return seen, [*shortcomings(_measured(seen, header.format), demand), *_lookalikes(seen)]


@transaction.atomic
def describe(*, asset_id: int, title: str, tags: Sequence[str], actor: Actor, now: datetime) -> MediaAsset:
    """Call and file an image otherwise. Raises: NotFound, Forbidden, IllegalTransition. SOP: C6"""
    asset = lock_one(MediaAsset.objects.filter(pk=asset_id))
    ASSET_STEPS.enter("describe", asset.state, actor)
    before = {"title": asset.title, "tags": asset.tags}
    after = {"title": title, "tags": list(dict.fromkeys(tags))}
    MediaAsset.objects.filter(pk=asset.pk).update(**after, grams=grams(title, *tags))
    record(Change("images.describe", SUBJECT, asset.public_id, before=before, after=after), actor=actor, now=now)
    return asset


@transaction.atomic
def archive(*, asset_id: int, actor: Actor, now: datetime) -> MediaAsset:
    """Put an image aside that nothing shows. Raises: NotFound, Forbidden, IllegalTransition, Conflict (used). SOP: C6"""
    asset = lock_one(MediaAsset.objects.filter(pk=asset_id))
    step = ASSET_STEPS.enter("archive", asset.state, actor)
    if is_used(asset):
        raise Conflict(mark("The image is in use; see where."), code="image_in_use")
    resolve(kind=FAILED_KIND, subject_ids=[asset.public_id], outcome="archived", actor=actor, now=now)
    return _move(asset, step.name, AssetState.ARCHIVED, actor, now)


@transaction.atomic
def restore(*, asset_id: int, actor: Actor, now: datetime) -> MediaAsset:
    """Take an image back into the library. Raises: NotFound, Forbidden, IllegalTransition."""
    asset = lock_one(MediaAsset.objects.filter(pk=asset_id))
    step = ASSET_STEPS.enter("restore", asset.state, actor)
    return _move(asset, step.name, AssetState.ACTIVE, actor, now)


def _standard(standard_id: int | None) -> ImageStandard | None:
    if standard_id is None:
        return None
    standard = ImageStandard.objects.filter(pk=standard_id).first()
    if standard is None:
        raise NotFound()
    return standard


def _move(asset: MediaAsset, step: str, state: AssetState, actor: Actor, now: datetime) -> MediaAsset:
    before, asset.state = asset.state, state
    asset.save(update_fields=["state"])
    change = Change(f"images.{step}", SUBJECT, asset.public_id, before={"state": before}, after={"state": state.value})
    record(change, actor=actor, now=now)
    return asset


def _known(data: bytes) -> list[Finding]:
    """The very same file is in the library already."""
    asset = MediaAsset.objects.filter(source_sha256=sha256(data).hexdigest()).first()
    return [_duplicate(asset)] if asset else []


def _duplicate(asset: MediaAsset) -> Finding:
    params = {"title": asset.title, "id": asset.public_id}
    return Finding("duplicate_image", "/file", mark("This image is in the library already: %(title)s (%(id)s)."), params)


def _lookalikes(seen: Look) -> list[Finding]:
    text = mark("It looks like an image in the library: %(title)s (%(id)s).")
    return [
        Finding("near_duplicate", "/file", text, {"title": one.title, "id": one.public_id}, Severity.WARNING)
        for one in near(seen.dhash)[:1]
    ]


def _measured(seen: Look, form: ImageFormat) -> Measured:
    return Measured(
        width=seen.width,
        height=seen.height,
        size=len(seen.master),
        format=form.value,
        white_border=seen.white_border,
        sharpness=seen.sharpness,
        watermark=seen.watermark,
    )


def _keep(
    upload: Upload, seen: Look, standard: ImageStandard | None, findings: list[Finding], actor: Actor, now: datetime
) -> MediaAsset:
    columns = _columns(upload, seen) | {"place": standard.place if standard else ""}
    known = MediaAsset.objects.filter(sha256=columns["sha256"]).first()
    if known:
        raise ImageRefused(issues=[as_issue(_duplicate(known))])
    name = files.keep(seen.master, columns["format"])
    warnings = [{"code": one.code, "message": one.message, "params": dict(one.params)} for one in findings]
    try:
        with transaction.atomic():
            asset = MediaAsset.objects.create(
                **columns,
                file=name,
                warnings=warnings,
                uploaded_by_id=actor.staff_id,
                uploader_label=actor.label,
                uploaded_at=now,
                thumbnails_due_at=now,
            )
            after = {"width": asset.width, "height": asset.height, "sha256": asset.sha256}
            record(Change("images.uploaded", SUBJECT, asset.public_id, after=after), actor=actor, now=now)
    except IntegrityError as race:
        files.discard(name)
        raise ImageRefused(mark("This image has just been taken in by somebody else.")) from race
    except BaseException:
        files.discard(name)
        raise
    return asset


def _columns(upload: Upload, seen: Look) -> dict[str, Any]:
    header = read(upload.data)
    assert header
    title = upload.title or title_from(upload.name)
    tags = list(dict.fromkeys(upload.tags))
    return {
        "title": title,
        "tags": tags,
        "grams": grams(title, *tags),
        "source_sha256": sha256(upload.data).hexdigest(),
        "sha256": sha256(seen.master).hexdigest(),
        "format": header.format.value,
        "width": seen.width,
        "height": seen.height,
        "size": len(seen.master),
        "white_border": seen.white_border,
        "sharpness": seen.sharpness,
        "watermark": seen.watermark,
        "dhash": seen.dhash,
        "bands": bands(seen.dhash),
    }
