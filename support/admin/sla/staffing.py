"""The staffing plan of holidays and peaks in the browser."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opsdesk.common import clock
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.forms import CommandForm, posted
from opsdesk.doors.admin.records import ReadOnlyAdmin
from opsdesk.parameters.queries import value
from support.admin.sla.pages import allow, answer
from support.models import StaffedHour
from support.parameters.sla import GROWTH, HANDLING_TIME, OCCUPANCY
from support.queries.sla.staffing import HOURS, PlannedDay, next_holidays, plan
from support.rules.sla.hours import DAY, day_of
from support.services.sla import staffing

VIEW = "support.view_staffedhour"
AHEAD = timedelta(days=120)
LONGEST = 62  # days of a range


def _date(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "od-input"}))


class RangeForm(forms.Form):
    """Days of a peak, both included."""

    first = _date(_("From"))
    last = _date(_("To"))

    def clean(self) -> dict[str, Any]:
        """The days in their order, and not more than two months of them."""
        data = super().clean() or self.cleaned_data
        if not self.errors and not 0 <= (data["last"] - data["first"]).days < LONGEST:
            raise forms.ValidationError(gettext("The last day follows the first, within %(days)s days.") % {"days": LONGEST})
        return data

    def days(self) -> list[date]:
        """Every day of the range."""
        first, last = self.cleaned_data["first"], self.cleaned_data["last"]
        return [first + number * DAY for number in range((last - first).days + 1)]


class DayForm(CommandForm):
    """The agents of each hour of a day; an hour left empty stays as it is."""

    def __init__(self, *args: Any, planned: PlannedDay, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.planned = planned
        for hour in planned.hours:
            field = forms.IntegerField(
                label=f"{hour.hour:02}:00", min_value=0, max_value=staffing.MOST, required=False, initial=hour.planned
            )
            self.fields[f"hour_{hour.hour}"] = field
            field.widget = forms.NumberInput(attrs={"class": "od-input", "min": 0, "max": staffing.MOST})

    def clean(self) -> dict[str, Any]:
        """The agents by hour."""
        data = super().clean()
        agents = {hour: data.get(f"hour_{hour}") for hour in range(HOURS)}
        return {"agents": {hour: number for hour, number in agents.items() if number is not None}}

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The table: an hour a row."""
        return [{"hour": hour, "field": self[f"hour_{hour.hour}"]} for hour in self.planned.hours]


@admin.register(StaffedHour)
class StaffedHourAdmin(ReadOnlyAdmin):
    """SOP: S20"""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.day_view)
        return [path("day/<slug:day>/", view, name="support_staffedhour_day"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponseBase:  # type: ignore[override]
        """The coming holidays, or the days of a range, each with its load and its gap."""
        allow(request, VIEW)
        today, days = day_of(clock.now()), []
        form = RangeForm(request.GET if "first" in request.GET else None)
        if form.is_bound and form.is_valid():
            days = form.days()
        elif not form.is_bound:
            days = next_holidays(today, AHEAD)
        context = self.admin_site.each_context(request) | {
            "title": gettext("Holiday staffing"),
            "form": form,
            "rows": plan(days),
            "opts": self.opts,
            **_numbers(),
        }
        return TemplateResponse(request, "support/sla/staffing.html", context, status=422 if form.errors else 200)

    def day_view(self, request: HttpRequest, day: str) -> HttpResponse:
        """The hours of a day: what last year brought, what that needs, and what is planned."""
        allow(request, VIEW)
        try:
            asked = date.fromisoformat(day)
        except ValueError:
            raise Http404 from None
        if request.method == "POST":
            allow(request, staffing.WRITE)
        actor, [planned] = actor_of(request), plan([asked])
        return answer(
            request,
            self,
            form=DayForm(posted(request), planned=planned),
            run=lambda data: staffing.plan_day(day=asked, **data, actor=actor, now=clock.now()),
            label=_("Staff of a day"),
            button=_("Save the plan"),
            back=reverse("admin:support_staffedhour_day", args=[day]),
            template="support/sla/staffing_day.html",
            extra={"planned": planned, "may_plan": actor.can(staffing.WRITE), **_numbers()},
        )


def _numbers() -> dict[str, Any]:
    minutes = int(value(HANDLING_TIME).total_seconds() // 60)
    return {"minutes": minutes, "occupancy": value(OCCUPANCY), "growth": value(GROWTH)}
