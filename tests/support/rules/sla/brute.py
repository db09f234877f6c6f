"""The calculator a second time, as slow and plain as can be: it walks from minute to minute."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
MINUTE = timedelta(minutes=1)
Table = dict[str, dict[str, list[list[int]]]]


def is_open(table: Table, kinds: dict[date, str], moment: datetime, pauses: list[tuple[datetime, datetime]]) -> bool:
    """True when the minute that begins at the moment counts."""
    local = moment.astimezone(ZONE)
    week = table.get(kinds.get(local.date(), "workday"), {})
    frames = week[str(local.weekday())] if str(local.weekday()) in week else week.get("*", [])
    minute = local.hour * 60 + local.minute
    return any(a <= minute < b for a, b in frames) and not any(off <= moment < on for off, on in pauses)


def open_minutes(
    table: Table, kinds: dict[date, str], start: datetime, days: int, pauses: list[tuple[datetime, datetime]]
) -> Iterator[datetime]:
    """Every whole minute that counts, from the start on."""
    for number in range(days * 24 * 60):
        moment = start + number * MINUTE
        if is_open(table, kinds, moment, pauses):
            yield moment


def due(
    table: Table,
    kinds: dict[date, str],
    start: datetime,
    minutes: dict[str, int],
    days: int,
    pauses: list[tuple[datetime, datetime]],
) -> datetime | None:
    """The end of the last minute that the target needs; None when it is not reached."""
    first = next(open_minutes(table, kinds, start, days, []), None)
    if first is None:
        return None
    left = minutes[kinds.get(first.astimezone(ZONE).date(), "workday")]
    for moment in open_minutes(table, kinds, start, days, pauses):
        left -= 1
        if left == 0:
            return moment + MINUTE
    return None
