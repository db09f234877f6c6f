"""Loading days as data."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.workcalendar.enums import DayType
from opsdesk.workcalendar.models import CalendarDay


@transaction.atomic
def load_days(*, days: Mapping[date, tuple[DayType, str]], actor: Actor, now: datetime) -> int:
    """Enter days with kind and name; days that are there already are replaced. Returns how many.

    Raises: Forbidden.
    SOP: S4b
    """
    actor.require("workcalendar.change_calendarday")
    CalendarDay.objects.bulk_create(
        (CalendarDay(day=day, kind=kind, name=name) for day, (kind, name) in days.items()),
        update_conflicts=True,
        unique_fields=["day"],
        update_fields=["kind", "name"],
    )
    record(Change("workcalendar.loaded", "calendar", "cn", after={"days": len(days)}), actor=actor, now=now)
    return len(days)
