"""What is read out of a source's message, and the small things that all sources' readers share. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

SHOP_TIME = ZoneInfo("Asia/Shanghai")  # the sources write local times without a zone
_TIME = "%Y-%m-%d %H:%M:%S"
_FIRST_YEAR = 2000  # an earlier time is no time of a parcel
MAX_CODE, MAX_TEXT, MAX_PLACE = 40, 300, 120


class Unreadable(Exception):
    """The message is not what the source's protocol says; the argument says why."""


@dataclass(frozen=True)
class Reading:
    """One report: our code, empty when theirs is not in the table; theirs as it came."""

    code: str
    raw_code: str
    occurred_at: datetime
    description: str = ""
    location: str = ""


@dataclass(frozen=True)
class ParcelReadings:
    """What a message says of one parcel; `carrier` is ours, empty when theirs is not in the table.

    `skipped` rows had no time that can be read.
    """

    carrier: str
    tracking_no: str
    readings: tuple[Reading, ...]
    skipped: int = 0


def parse(body: bytes) -> dict[str, Any]:
    """The JSON object that the body stands for. Raises: Unreadable."""
    try:
        found = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError) as failure:
        raise Unreadable("json") from failure
    if not isinstance(found, dict):
        raise Unreadable("json")
    return found


def rows(found: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """The objects of a list; whatever else stands in it is left out. Raises: Unreadable, when it is no list."""
    value = found.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise Unreadable(name)
    return [row for row in value if isinstance(row, dict)]


def text(value: Any, limit: int) -> str:
    """A number or text as one line of printable characters; anything else is empty."""
    if not isinstance(value, (str, int)) or isinstance(value, bool):
        return ""
    return "".join(character for character in str(value) if character.isprintable()).strip()[:limit]


def moment(value: Any) -> datetime | None:
    """A local time as the sources write it, None when it cannot be read."""
    try:
        found = datetime.strptime(str(value).strip(), _TIME).replace(tzinfo=SHOP_TIME)
    except ValueError:
        return None
    return found if found.year >= _FIRST_YEAR else None
