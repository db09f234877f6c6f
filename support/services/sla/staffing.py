"""Planning agents for holidays and peaks, and asking for it in time."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Invalid, Issue
from opsdesk.common.text import mark
from opsdesk.inbox.services import Work, raise_many, resolve
from opsdesk.parameters.queries import value
from support.models import StaffedHour
from support.parameters.sla import STAFFING_AHEAD
from support.queries.sla.staffing import HOURS, next_holidays, plan
from support.rules.sla.hours import day_of, midnight

WANTED = "support.plan_staff"
SUBJECT = "staffing_day"
WRITE = "support.change_staffedhour"
MOST = 500


@transaction.atomic(savepoint=False)
def plan_day(*, day: date, agents: Mapping[int, int], actor: Actor, now: datetime) -> int:
    """Enter the agents of a day's hours; returns how many hours of agents are still missing.

    Raises: Forbidden, Invalid (a day that is over, an hour or a number that is none).
    SOP: S20
    """
    actor.require(WRITE)
    if day < day_of(now):
        raise Invalid(
            mark("This day is over."), code="out_of_range", issues=[Issue("/day", "out_of_range", mark("This day is over."))]
        )
    wrong = [hour for hour, number in agents.items() if not (0 <= hour < HOURS and 0 <= number <= MOST)]
    if wrong:
        message = mark("Agents of an hour are between 0 and %(most)s.")
        issues = [Issue(f"/hour_{hour}", "out_of_range", message, {"most": MOST}) for hour in wrong]
        raise Invalid(message, code="out_of_range", issues=issues, most=MOST)
    StaffedHour.objects.bulk_create(
        [StaffedHour(day=day, hour=hour, agents=number, planned_by=actor.label) for hour, number in sorted(agents.items())],
        update_conflicts=True,
        unique_fields=["day", "hour"],
        update_fields=["agents", "planned_by"],
    )
    after = {f"{hour:02}": number for hour, number in sorted(agents.items())}
    record(Change("support.staff_planned", SUBJECT, day.isoformat(), after=after), actor=actor, now=now)
    gap = plan([day])[0].gap
    if not gap:
        resolve(kind=WANTED, subject_ids=[day.isoformat()], outcome="planned", actor=actor, now=now)
    return gap


@transaction.atomic(savepoint=False)
def ask_for_plans(*, now: datetime) -> int:
    """Raise work for each coming holiday that has too few agents, once a day; returns how many have. SOP: S20"""
    days = next_holidays(day_of(now), value(STAFFING_AHEAD))
    short = [one for one in plan(days) if one.gap]
    raise_many(
        [
            Work(WANTED, SUBJECT, one.day.isoformat(), midnight(one.day), params={"day": one.day.isoformat(), "gap": one.gap})
            for one in short
        ],
        now=now,
    )
    return len(short)
