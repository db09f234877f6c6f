"""The settlement of a period: its states, its days, and where it disagrees with the platform's statement."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal

from opsdesk.common.lifecycle import Lifecycle, Transition
from orders.enums.finance import BatchState as S
from orders.enums.finance import DifferenceKind, DifferenceState

SUMS = (
    "goods",
    "shop_discount",
    "platform_discount",
    "freight",
    "prepaid",
    "refunds",
    "compensation",
    "adjustment",
    "amount",
)
_CHECK, _CLOSE = "orders.check_settlementbatch", "orders.close_settlementbatch"
_NOTHING = Decimal("0.00")

BATCH_LIFECYCLE = Lifecycle(
    Transition("compare", {S.OPEN}, None, permission=_CHECK, sop="O15"),
    Transition("adjust", {S.OPEN}, None, permission=_CHECK, sop="O15"),
    Transition("resolve_many", {S.OPEN}, None, permission=_CHECK, sop="O15"),
    Transition("check", {S.OPEN}, S.CHECKED, permission=_CHECK, sop="O15"),
    Transition("send_back", {S.CHECKED}, S.OPEN, permission=_CLOSE, sop="O15"),
    Transition("close", {S.CHECKED}, S.CLOSED, permission=_CLOSE, sop="O15"),
)
DIFFERENCE_LIFECYCLE = Lifecycle(
    Transition("resolve", {DifferenceState.OPEN}, DifferenceState.RESOLVED, permission=_CHECK, sop="O15"),
)


@dataclass(frozen=True)
class Difference:
    """How one order differs; an amount that is not there is nothing."""

    kind: DifferenceKind
    ours: Decimal
    theirs: Decimal


def differences(ours: Mapping[str, Decimal], theirs: Mapping[str, Decimal]) -> dict[str, Difference]:
    """By platform number, where our settlement and the statement disagree.

    An order that came to nothing here, such as one that was cancelled and paid back, need not be in the statement.
    SOP: O15
    """
    found = {}
    for key in ours.keys() | theirs.keys():
        mine, stated = ours.get(key, _NOTHING), theirs.get(key, _NOTHING)
        if key not in ours:
            found[key] = Difference(DifferenceKind.MISSING_HERE, mine, stated)
        elif key not in theirs and mine != 0:
            found[key] = Difference(DifferenceKind.MISSING_THERE, mine, stated)
        elif mine != stated:
            found[key] = Difference(DifferenceKind.AMOUNT, mine, stated)
    return found


def first_day(*, last_settled: date | None, earliest: date | None, ends_on: date) -> date:
    """Where a period begins: behind the one before, else with the oldest thing to settle, else with its month. SOP: O15"""
    if last_settled is not None:
        return last_settled + timedelta(days=1)
    return min(earliest, ends_on) if earliest is not None else ends_on.replace(day=1)


def end_of(day: date, zone: tzinfo) -> datetime:
    """The moment at which a local day is over."""
    return datetime.combine(day + timedelta(days=1), time.min, zone)


def last_of_month_before(day: date) -> date:
    """The last day of the month before."""
    return day.replace(day=1) - timedelta(days=1)


def is_second_person(*, closer: int | None, before: Collection[int | None]) -> bool:
    """Whether a person closes what other people have made and checked; nobody else does, superusers included. SOP: O15"""
    return closer is not None and closer not in before
