"""Prices of a carrier do not contradict each other: on each day a province has one price. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from opsdesk.common.errors import Issue
from opsdesk.common.text import mark

BACKWARDS = mark("It ends before it begins.")
OVERLAPS = mark("The region group %(zone)s has a price on these days already, from %(day)s on.")
TWICE = mark("%(provinces)s is in region group %(zone)s on these days.")
TWO_RESTS = mark("The region group %(zone)s is for all other provinces on these days already.")


@dataclass(frozen=True)
class Period:
    """The provinces of a price and its days, both included; without an end it holds on."""

    zone: str
    provinces: frozenset[str]
    begins: date
    ends: date | None


def clash(period: Period, others: Sequence[Period]) -> list[Issue]:
    """What stands against a price beside the others of its carrier. An open end is cut off by the next price of its group.

    SOP: O11
    """
    if period.ends is not None and period.ends < period.begins:
        return [Issue("/valid_until", "out_of_range", BACKWARDS)]
    issues = []
    for other in others:
        if not _meet(period, other):
            continue
        shared = period.provinces & other.provinces
        if other.zone == period.zone:
            if _closed(period, other):
                issues.append(Issue("/valid_from", "overlap", OVERLAPS, {"zone": other.zone, "day": str(other.begins)}))
        elif shared:
            params = {"zone": other.zone, "provinces": "、".join(sorted(shared))}
            issues.append(Issue("/provinces", "overlap", TWICE, params))
        elif not period.provinces and not other.provinces:
            issues.append(Issue("/provinces", "overlap", TWO_RESTS, {"zone": other.zone}))
    return issues


def _meet(one: Period, other: Period) -> bool:
    return (one.ends is None or other.begins <= one.ends) and (other.ends is None or one.begins <= other.ends)


def _closed(one: Period, other: Period) -> bool:
    """True when the earlier of the two has an end of its own, which lies in the other."""
    earlier = min(one, other, key=lambda period: period.begins)
    return earlier.ends is not None
