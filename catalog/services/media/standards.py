"""What places demand of images: shipped with first values, changed by supervisors."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from catalog.enums.media import ImageFormat, ImagePlace
from catalog.models import ImageStandard
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Invalid, Issue
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from opsdesk.shops.enums import Platform

SUBJECT = "image_standard"
_SQUARE = {"aspect_width": 1, "aspect_height": 1}
_PHOTO = [ImageFormat.JPEG.value, ImageFormat.PNG.value]
_EVERY = [*_PHOTO, ImageFormat.WEBP.value]
_MAIN = {"min_width": 800, "max_width": 5000, "min_height": 800, "max_height": 5000, **_SQUARE}
_DETAIL = {"min_width": 750, "max_width": 2000, "max_height": 4000, "max_kilobytes": 3000}
FIRST: dict[tuple[Platform, ImagePlace], dict[str, Any]] = {
    (Platform.TMALL, ImagePlace.MAIN): _MAIN | {"max_kilobytes": 3000, "formats": _PHOTO},
    (Platform.TMALL, ImagePlace.DETAIL): _DETAIL | {"formats": _PHOTO},
    (Platform.TAOBAO, ImagePlace.MAIN): _MAIN | {"min_width": 700, "min_height": 700, "max_kilobytes": 3000, "formats": _PHOTO},
    (Platform.TAOBAO, ImagePlace.DETAIL): _DETAIL | {"formats": _PHOTO},
    (Platform.DOUYIN, ImagePlace.MAIN): _MAIN | {"min_width": 600, "min_height": 600, "max_kilobytes": 5000, "formats": _PHOTO},
    (Platform.DOUYIN, ImagePlace.DETAIL): _DETAIL | {"max_kilobytes": 5000, "formats": _PHOTO},
    (Platform.PINDUODUO, ImagePlace.MAIN): _MAIN
    | {"min_width": 480, "min_height": 480, "max_kilobytes": 3000, "formats": _PHOTO},
    (Platform.PINDUODUO, ImagePlace.DETAIL): _DETAIL | {"min_width": 480, "max_kilobytes": 1000, "formats": _PHOTO},
    (Platform.JD, ImagePlace.MAIN): _MAIN | {"max_kilobytes": 1000, "formats": _PHOTO},
    (Platform.JD, ImagePlace.DETAIL): _DETAIL | {"max_kilobytes": 1000, "formats": _PHOTO},
    (Platform.WHOLESALE, ImagePlace.MAIN): _MAIN
    | {"min_width": 750, "min_height": 750, "max_kilobytes": 5000, "formats": _PHOTO},
    (Platform.WHOLESALE, ImagePlace.DETAIL): _DETAIL | {"max_kilobytes": 5000, "formats": _PHOTO},
    (Platform.OWN, ImagePlace.MAIN): _MAIN | {"max_kilobytes": 3000, "formats": _EVERY},
    (Platform.OWN, ImagePlace.DETAIL): _DETAIL | {"formats": _EVERY},
    (Platform.OWN, ImagePlace.BANNER): {
        "min_width": 1200,
        "max_width": 3840,
        "min_height": 400,
        "max_height": 1600,
        "max_kilobytes": 2000,
        "formats": _EVERY,
    },
    (Platform.OWN, ImagePlace.PAGE): {"min_width": 750, "max_width": 3840, "max_kilobytes": 2000, "formats": _EVERY},
    (Platform.OWN, ImagePlace.CAMPAIGN): {"min_width": 750, "max_width": 3840, "max_kilobytes": 2000, "formats": _EVERY},
}


@dataclass(frozen=True)
class Demands:
    """What a supervisor writes down; None demands nothing, or what the parameter says."""

    min_width: int
    min_height: int
    max_width: int | None
    max_height: int | None
    aspect_width: int | None
    aspect_height: int | None
    max_kilobytes: int | None
    formats: list[str]
    white_border: int | None
    min_sharpness: int | None


@transaction.atomic
def sync_standards() -> int:
    """Make the standards known that a shop starts with; what somebody has changed stays. Returns how many were new. SOP: C6"""
    known = set(ImageStandard.objects.values_list("platform", "place"))
    fresh = [
        ImageStandard(platform=platform, place=place, **columns)
        for (platform, place), columns in FIRST.items()
        if (platform.value, place.value) not in known
    ]
    ImageStandard.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


@transaction.atomic
def add_standard(*, platform: str, place: str, demands: Demands, actor: Actor, now: datetime) -> ImageStandard:
    """Say what a place demands. Raises: Forbidden, Invalid (they contradict each other), Conflict (it is there). SOP: C6"""
    actor.require("catalog.add_imagestandard")
    _require_sense(demands)
    if ImageStandard.objects.filter(platform=platform, place=place).exists():
        raise Conflict(issues=[Issue("/place", "taken", mark("There is a standard for this place."))])
    row = ImageStandard.objects.create(platform=platform, place=place, **asdict(demands))
    record(Change("images.standard_added", SUBJECT, str(row.pk), after=asdict(demands)), actor=actor, now=now)
    return row


@transaction.atomic
def change_standard(*, standard_id: int, demands: Demands, actor: Actor, now: datetime) -> ImageStandard:
    """Demand something else; images that are there already stay. Raises: Forbidden, NotFound, Invalid. SOP: C6"""
    actor.require("catalog.change_imagestandard")
    _require_sense(demands)
    row = lock_one(ImageStandard.objects.filter(pk=standard_id))
    before = {name: getattr(row, name) for name in asdict(demands)}
    ImageStandard.objects.filter(pk=row.pk).update(**asdict(demands))
    change = Change("images.standard_changed", SUBJECT, str(row.pk), before=before, after=asdict(demands))
    record(change, actor=actor, now=now)
    row.refresh_from_db()
    return row


def _require_sense(demands: Demands) -> None:
    issues = []
    message = mark("The greatest must not be below the least.")
    for side in ("width", "height"):
        greatest = getattr(demands, f"max_{side}")
        if greatest is not None and greatest < getattr(demands, f"min_{side}"):
            issues.append(Issue(f"/max_{side}", "out_of_range", message))
    if (demands.aspect_width is None) != (demands.aspect_height is None):
        issues.append(Issue("/aspect_height", "required", mark("A ratio needs both sides.")))
    if not demands.formats:
        issues.append(Issue("/formats", "required", mark("Choose at least one format.")))
    if issues:
        raise Invalid(issues=issues)
