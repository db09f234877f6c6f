"""What clocks are reckoned by at a moment: the policies in force, the kinds of days and the steps of escalation."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from opsdesk.parameters.queries import value
from opsdesk.workcalendar.enums import DayType
from opsdesk.workcalendar.queries import day_types, own_days
from support.enums.sla import ClockKind
from support.models import SlaPolicy, Ticket
from support.parameters import sla as numbers
from support.rules.sla.calculator import MILLISECOND
from support.rules.sla.hours import DAY, HORIZON, Days, Hours, day_of
from support.rules.sla.ladder import Ladder, Shift
from support.rules.sla.policies import LIVE_CHANNELS, Policy, chosen, completed

STANDARD = "standard"
LOOK_BACK = timedelta(days=60)  # older clocks count by the public calendar alone


@dataclass(frozen=True)
class Basis:
    """Everything that a reckoning needs, read with a fixed number of statements."""

    policies: Sequence[Policy]
    days: Days
    ladder: Ladder

    def policy_for(self, facts: Mapping[str, str]) -> Policy:
        """The policy that a ticket falls under, with the standard for what it does not name."""
        return completed(chosen(self.policies, facts), self._standard(facts))

    def kept(self, version: SlaPolicy | None, facts: Mapping[str, str]) -> Policy:
        """The policy of a clock in the version that it keeps; without one the SOP's standard."""
        standard = self._standard(facts)
        return completed(as_rule(version), standard) if version else standard

    def _standard(self, facts: Mapping[str, str]) -> Policy:
        return chosen([row for row in self.policies if row.id is None], facts)


def basis(now: datetime) -> Basis:
    """What holds now: two statements beside the parameters."""
    today = day_of(now)
    days = day_types(today - LOOK_BACK, today + HORIZON * DAY)
    return Basis([*in_force(now), *standard()], days, ladder())


def in_force(now: datetime) -> list[Policy]:
    """The newest version of each policy that has begun, if it is on, by rank."""
    newest = SlaPolicy.objects.filter(from_at__lte=now).order_by("code", "-number").distinct("code")
    return [as_rule(row) for row in sorted(newest, key=lambda row: (row.rank, row.code)) if row.active]


def newest_versions(now: datetime) -> dict[str, int]:
    """The version of each policy that has begun last, by code."""
    newest = SlaPolicy.objects.filter(from_at__lte=now).order_by("code", "-number").distinct("code")
    return dict(newest.values_list("code", "pk"))


def as_rule(row: SlaPolicy) -> Policy:
    """A version as the calculator needs it."""
    frames = {
        kind: {day: tuple((start, end) for start, end in spans) for day, spans in week.items()}
        for kind, week in row.frames.items()
    }
    return Policy(row.pk, str(row), row.match, row.targets, Hours(frames), frozenset(row.always))


def standard() -> list[Policy]:
    """The SOP's own numbers, for tickets that no policy takes: in conversations, and elsewhere.

    SOP: S3, S4a, S4b, S8
    """
    response, holiday = _milliseconds(value(numbers.RESPONSE_TIME)), _milliseconds(value(numbers.HOLIDAY_RESPONSE_TIME))
    answer: dict[str, int] = {DayType.WORKDAY: response, DayType.HOLIDAY: holiday}
    live: dict[str, int] = {DayType.WORKDAY: _milliseconds(value(numbers.LIVE_RESPONSE))}
    targets: dict[str, dict[str, int]] = {
        ClockKind.FIRST_RESPONSE: answer,
        ClockKind.NEXT_RESPONSE: answer,
        ClockKind.SOLUTION: {DayType.WORKDAY: _milliseconds(value(numbers.SOLUTION_TIME))},
    }
    talking: dict[str, dict[str, int]] = targets | {ClockKind.ACK: live, ClockKind.FIRST_RESPONSE_LIVE: live}
    elsewhere = targets | ({ClockKind.ACK: live} if value(numbers.ACK_ELSEWHERE) else {})
    channels = {"channel": sorted(LIVE_CHANNELS)}
    return [Policy(None, STANDARD, channels, talking), Policy(None, STANDARD, {}, elsewhere)]


def ladder() -> Ladder:
    """The steps of escalation."""
    return Ladder(value(numbers.WORK_AT), value(numbers.WARN_AT), value(numbers.MANAGER_AT))


def shift() -> Shift:
    """The hours in which people are told."""
    return Shift(value(numbers.SHIFT_FIRST), value(numbers.SHIFT_LAST))


def facts_of(ticket: Ticket, shop_code: str) -> dict[str, str]:
    """What policies ask of a ticket."""
    return {
        "channel": ticket.channel,
        "stage": ticket.stage,
        "type": ticket.type,
        "priority": ticket.priority,
        "shop": shop_code,
    }


def fingerprint(now: datetime) -> str:
    """What the open clocks are reckoned by, in one text: policies in force, the standard and the company's own days."""
    today = day_of(now)
    days = own_days(today - LOOK_BACK, today + HORIZON * DAY)
    told = [
        [policy.id for policy in in_force(now)],
        [{str(kind): dict(targets) for kind, targets in policy.targets.items()} for policy in standard()],
        [ladder().work, ladder().warn, ladder().manager],
        sorted((day.isoformat(), str(kind)) for day, kind in days.items()),
    ]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _milliseconds(span: timedelta) -> int:
    return span // MILLISECOND
