"""The rates of returns of a period, by cause, with the rows behind each number."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from opsdesk.common import clock
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.sheets import sheet_response
from opsdesk.duties.definitions import SHOP_TIME
from opsdesk.parameters.queries import value
from orders.enums.returns import RateOf, ReturnReason
from orders.parameters.returns import RETURN_RATE_LIMIT, RETURN_RATE_PERIOD, RETURN_RATE_PIECES
from orders.queries.returns import rates as queries
from orders.rules.returns.rates import Rate, is_too_high

LONGEST = timedelta(days=366)
DAY = timedelta(days=1)


def _date(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "od-input"}))


class PeriodForm(forms.Form):
    """By which cause, and which days of hand-over, both included."""

    by = forms.ChoiceField(
        label=pgettext_lazy("analysis", "By"), choices=RateOf.choices, widget=forms.Select(attrs={"class": "od-input"})
    )
    first = _date(gettext_lazy("From"))
    last = _date(gettext_lazy("To"))
    key = forms.CharField(max_length=120, required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """The days in their order, and not more than a year of them."""
        data = super().clean() or self.cleaned_data
        if not self.errors and not timedelta(0) <= data["last"] - data["first"] <= LONGEST:
            raise forms.ValidationError(_("The last day follows the first, within a year."))
        return data

    def lines(self, request: HttpRequest) -> Any:
        """The lines that were handed over on these days."""
        data = self.cleaned_data
        start, end = (datetime.combine(day, time(), SHOP_TIME) for day in (data["first"], data["last"] + DAY))
        return queries.shipped_lines(start, end, actor=actor_of(request))


def analysis_page(request: HttpRequest, site: AdminSite, *, permitted: bool) -> HttpResponseBase:
    """The table, or the same as a file; with a key also the returned lines behind its number."""
    if not permitted:
        raise PermissionDenied
    today = clock.now().astimezone(SHOP_TIME).date()
    asked = {"by": RateOf.SKU, "first": today - value(RETURN_RATE_PERIOD), "last": today} | request.GET.dict()
    form = PeriodForm(asked)
    context: dict[str, Any] = {"title": _("Return analysis"), "form": form, "limit": value(RETURN_RATE_LIMIT)}
    if form.is_valid():
        kind, key, lines = form.cleaned_data["by"], form.cleaned_data["key"], form.lines(request)
        if "format" in request.GET:
            cells = (_cells(kind, rate) for rate in queries.rates(kind, lines))
            return sheet_response(f"returns-{kind}", _header(), cells, request.GET["format"])
        found = queries.rates(kind, lines, most=queries.MOST)
        context |= {"rows": [_row(kind, rate) for rate in found], "key": key, "by": RateOf(kind).label}
        context["details"] = queries.rows_of(kind, key, lines)[: queries.MOST] if key else []
    return TemplateResponse(
        request, "orders/returns/analysis.html", site.each_context(request) | context, status=422 if form.errors else 200
    )


def _header() -> list[str]:
    return [_("Of"), _("Pieces shipped"), _("Pieces returned"), _("Rate (percent)")]


def _cells(kind: str, rate: Rate) -> list[Any]:
    return [_name(kind, rate.key), rate.shipped, rate.returned, rate.percent]


def _row(kind: str, rate: Rate) -> dict[str, Any]:
    high = is_too_high(rate, limit=value(RETURN_RATE_LIMIT), pieces=value(RETURN_RATE_PIECES))
    return {"rate": rate, "name": _name(kind, rate.key), "high": high}


def _name(kind: str, key: str) -> str:
    return str(ReturnReason(key).label) if kind == RateOf.REASON else key
