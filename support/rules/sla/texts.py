"""Targets and frames as people write them: "1h30m", "09:00-12:00 13:00-18:00", "sat 10:00-16:00". Pure."""

import re
from collections.abc import Mapping

from support.rules.sla.hours import EVERY_DAY, MINUTES, Frames

_UNITS = {"d": 86_400_000, "h": 3_600_000, "m": 60_000, "s": 1_000, "ms": 1}
_PART = re.compile(r"(\d{1,9})(ms|[dhms])", re.ASCII)
_FRAME = re.compile(r"(\d\d?):(\d\d)-(\d\d?):(\d\d)", re.ASCII)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CLOSED = "closed"
LONGEST = 90 * _UNITS["d"]


class Unreadable(ValueError):
    """The text is no target, or no frames."""


def milliseconds(text: str) -> int:
    """A target such as "10s", "1500ms", "30m" or "1h30m". Raises: Unreadable; also for nothing and for 90 days and more."""
    rest = "".join(text.split()).lower()
    if not rest or _PART.sub("", rest):
        raise Unreadable(text)
    total = sum(int(number) * _UNITS[unit] for number, unit in _PART.findall(rest))
    if not 0 < total < LONGEST:
        raise Unreadable(text)
    return total


def duration(total: int) -> str:
    """A target as it is written; days are written as hours."""
    parts = []
    for unit, size in _UNITS.items():
        if unit != "d":
            number, total = divmod(total, size)
            parts += [f"{number}{unit}"] if number else []
    return "".join(parts)


def week(text: str) -> dict[str, Frames]:
    """The frames of one kind of day, by weekday: one line for every day, and lines that begin with a weekday.

    Nothing, or "closed", leaves no open time. Raises: Unreadable.
    """
    found: dict[str, Frames] = {}
    for line in text.lower().splitlines():
        first, *others = line.split() or [CLOSED]
        name = str(WEEKDAYS.index(first)) if first in WEEKDAYS else EVERY_DAY
        words = others if first in WEEKDAYS else [first, *others]
        if name in found:
            raise Unreadable(line)
        found[name] = _frames([] if words in ([], [CLOSED]) else words)
    return found


def _frames(words: list[str]) -> Frames:
    found = []
    for word in words:
        match = _FRAME.fullmatch(word)
        if not match:
            raise Unreadable(word)
        hours, minutes, last_hours, last_minutes = (int(number) for number in match.groups())
        if minutes > 59 or last_minutes > 59:
            raise Unreadable(word)
        found.append((hours * 60 + minutes, last_hours * 60 + last_minutes))
    edges = [edge for frame in found for edge in frame]
    if edges != sorted(edges) or any(start == end for start, end in found) or (edges and edges[-1] > MINUTES):
        raise Unreadable(" ".join(words))
    return tuple(found)


def written(frames: Mapping[str, Frames]) -> str:
    """The frames of one kind of day as `week` reads them."""
    lines = []
    for name in (EVERY_DAY, *map(str, range(7))):
        if name in frames:
            text = " ".join(f"{_clock(start)}-{_clock(end)}" for start, end in frames[name]) or CLOSED
            lines.append(text if name == EVERY_DAY else f"{WEEKDAYS[int(name)]} {text}")
    return "\n".join(lines)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
