"""The information error rate: is one in a thousand a measured claim? Every figure opens its rows."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSingleDateWidget

from catalog.admin.quality.base import AMBER, GREEN, RED
from catalog.enums.quality import RateVerdict
from catalog.parameters.quality import ERROR_LIMIT, ERROR_PERIOD
from catalog.queries.quality.rates import BY_SPECIALIST, BY_SUPPLIER, PERMILLE, Line, error_figures
from catalog.rules.quality.rates import fields_needed
from opsdesk.common import clock
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.forms import CommandForm
from opsdesk.duties.definitions import SHOP_TIME
from opsdesk.parameters.queries import value

_COLOURS = {RateVerdict.PROVEN: GREEN, RateVerdict.NOT_PROVEN: AMBER, RateVerdict.EXCEEDED: RED}
_DAY = timedelta(days=1)


class PeriodForm(CommandForm):
    """Asks for the first and the last day of the period."""

    since = forms.DateField(label=_("From"), widget=UnfoldAdminSingleDateWidget)
    until = forms.DateField(label=_("To"), widget=UnfoldAdminSingleDateWidget)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "since" in data and "until" in data and data["since"] > data["until"]:
            self.add_error("until", _("The end lies before the beginning."))
        return data


@dataclass(frozen=True)
class Row:
    """One line as the page shows it: shares in per mille, and the addresses of the rows behind the figures."""

    line: Line
    permille: float | None
    lower: float
    upper: float
    verdict: Any
    colour: str
    checked_url: str
    errors_url: str
    known_url: str


def error_rate_view(request: HttpRequest) -> HttpResponse:
    """The error rate of a period: of all, by specialist, by supplier. SOP: C17"""
    actor = actor_of(request)
    if not actor.can("catalog.view_auditedfield"):
        raise PermissionDenied
    today = clock.now().astimezone(SHOP_TIME).date()
    first = {"since": today - value(ERROR_PERIOD), "until": today}
    form = PeriodForm(request.GET if "since" in request.GET else None, initial=first)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else first
    since, until = _midnight(chosen["since"]), _midnight(chosen["until"]) + _DAY
    limit = value(ERROR_LIMIT)
    groups = [(_("All together"), ""), (_("By specialist"), BY_SPECIALIST), (_("By supplier"), BY_SUPPLIER)]
    context = admin.site.each_context(request) | {
        "title": _("Error rate"),
        "form": form,
        "limit": limit,
        "needed": fields_needed(limit / PERMILLE),
        "groups": [
            (title, [_row(line, by, since, until) for line in error_figures(since=since, until=until, permille=limit, by=by)])
            for title, by in groups
        ],
    }
    return TemplateResponse(request, "catalog/quality/error_rate.html", context, status=422 if form.errors else 200)


def _row(line: Line, by: str, since: datetime, until: datetime) -> Row:
    rate = line.rate
    fields, ledger = (reverse(f"admin:catalog_{name}_changelist") for name in ("auditedfield", "listingerror"))
    period = {"checked_at__gte": since.isoformat(), "checked_at__lt": until.isoformat(), "basis__exact": "random"}
    who = {by: line.name} if by else {}
    found = {"found_at__gte": since.isoformat(), "found_at__lt": until.isoformat()}
    return Row(
        line=line,
        permille=None if rate.rate is None else rate.rate * PERMILLE,
        lower=rate.lower * PERMILLE,
        upper=rate.upper * PERMILLE,
        verdict=rate.verdict.label,
        colour=_COLOURS[rate.verdict],
        checked_url=f"{fields}?{urlencode(period | who)}",
        errors_url=f"{fields}?{urlencode(period | who | {'is_right__exact': '0'})}",
        known_url=f"{ledger}?{urlencode(found | who)}",
    )


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=SHOP_TIME)
