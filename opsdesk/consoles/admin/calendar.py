"""The work calendar: days that the company enters itself; they win over the public calendar."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from opsdesk.common import clock
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.keyset import KeysetAdmin
from opsdesk.workcalendar.enums import DayType
from opsdesk.workcalendar.models import CalendarDay
from opsdesk.workcalendar.services import load_days


@admin.register(CalendarDay)
class CalendarDayAdmin(KeysetAdmin):
    keyset = ("-day",)
    list_display = ("day", "kind", "name")
    list_filter = ("kind",)
    date_hierarchy = "day"

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        load_days(days={obj.day: (DayType(obj.kind), obj.name)}, actor=actor_of(request), now=clock.now())
        obj.pk = CalendarDay.objects.get(day=obj.day).pk

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("day",) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
