"""Periods of reports, and what in their numbers is worth a conclusion."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from opsdesk.common.text import mark
from support.enums.voice import ReportKind

DAY, WEEK = timedelta(days=1), timedelta(days=7)
HUNDRED = 100
SECTIONS = ("type", "product", "channel", "cause")
FEW = 3  # tickets: a line of fewer says nothing
MOST = 6


def period_before(kind: str, day: date) -> tuple[date, date]:
    """The last whole week (from Monday) or month before a day; both days included."""
    if kind == ReportKind.WEEK:
        monday = day - day.weekday() * DAY
        return monday - WEEK, monday - DAY
    last = day.replace(day=1) - DAY
    return last.replace(day=1), last


def change(now: int, before: int) -> int | None:
    """How much it has grown, in percent; from nothing there is no percentage."""
    return round(HUNDRED * (now - before) / before) if before else None


@dataclass(frozen=True)
class Remark:
    """A sentence that the numbers suggest: a message id and its parameters."""

    message: str
    params: Mapping[str, Any]


def remarks(facts: Mapping[str, Any], *, notable: int) -> list[Remark]:
    """What has changed by more than `notable` percent, the largest change in tickets first, and how content customers are.

    SOP: S21
    """
    moved = [
        (abs(row["now"] - row["before"]), row)
        for section in SECTIONS
        for row in facts[section]
        if max(row["now"], row["before"]) >= FEW and _moved(row, notable)
    ]
    found = [_remark(row) for _, row in sorted(moved, key=lambda pair: -pair[0])[:MOST]]
    stars, before = facts["stars"]["now"]["mean"], facts["stars"]["before"]["mean"]
    if stars is not None and before is not None and stars < before:
        found.append(Remark(mark("The mean of the stars fell from %(before)s to %(now)s."), {"before": before, "now": stars}))
    return found


def _moved(row: Mapping[str, Any], notable: int) -> bool:
    percent = change(row["now"], row["before"])
    return percent is None or abs(percent) >= notable


def _remark(row: Mapping[str, Any]) -> Remark:
    percent = change(row["now"], row["before"])
    if percent is None:
        return Remark(mark("%(name)s: %(now)s tickets, none in the period before."), {"name": row["name"], "now": row["now"]})
    text = mark("%(name)s: %(percent)s %% more tickets (%(now)s instead of %(before)s).")
    if percent < 0:
        text = mark("%(name)s: %(percent)s %% fewer tickets (%(now)s instead of %(before)s).")
    return Remark(text, {"name": row["name"], "percent": abs(percent), "now": row["now"], "before": row["before"]})


def lines(now: Mapping[str, int], before: Mapping[str, int], most: int) -> list[dict[str, Any]]:
    """The counts of two periods by key, most of now first; at most so many."""
    keys: Sequence[str] = sorted({*now, *before}, key=lambda key: (-now.get(key, 0), -before.get(key, 0), key))
    return [{"key": key, "name": key, "now": now.get(key, 0), "before": before.get(key, 0)} for key in keys[:most]]
