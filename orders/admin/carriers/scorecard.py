"""The scorecard of carriers; its numbers open the parcels that they count."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from opsdesk.common import clock
from opsdesk.doors.admin.actor import actor_of
from opsdesk.duties.definitions import SHOP_TIME
from orders.enums.carriers import Figure
from orders.models import Carrier
from orders.queries.carriers.labels import visible_to
from orders.queries.carriers.scorecard import Card, Period, behind, cards, within
from orders.rules.carriers.rating import cost_per_parcel, days, percent

_LONGEST = 400  # days; a page is answered while somebody waits
_PARTS = 4


class PeriodForm(forms.Form):
    """Days of handing over, both included."""

    first = forms.DateField(
        label=_("From"), widget=forms.DateInput(attrs={"type": "date", "class": "border rounded px-3 py-2"})
    )
    last = forms.DateField(
        label=_("Until"), widget=forms.DateInput(attrs={"type": "date", "class": "border rounded px-3 py-2"})
    )

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if "first" in data and "last" in data and not timedelta() <= data["last"] - data["first"] <= timedelta(days=_LONGEST):
            raise forms.ValidationError(_("The period ends after it begins, and is at most 400 days long."))
        return data


class ScorecardFilter(admin.SimpleListFilter):
    """The parcels behind a number of the scorecard: `figure,carrier,first day,last day`."""

    title = _("scorecard")
    parameter_name = "scorecard"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Only the number that was opened; there is nothing to choose here."""
        found = _read(request.GET.get(self.parameter_name, ""))
        if found is None:
            return []
        figure, carrier, period = found
        return [
            (str(self.used_parameters.get(self.parameter_name)), f"{figure.label} · {carrier} · {period.first} – {period.last}")
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        found = _read(self.value() or "")
        if found is None:
            return queryset
        figure, carrier, period = found
        return behind(figure, within(period, queryset.filter(carrier__code=carrier)), now=clock.now())


def scorecard_page(site: Any, request: HttpRequest) -> HttpResponse:
    """Every carrier's figures in a period; the last thirty days at first. SOP: O11"""
    actor = actor_of(request)
    if not actor.can("orders.view_carrierscore"):
        raise PermissionDenied
    now = clock.now()
    today = now.astimezone(SHOP_TIME).date()
    start = {"first": (today - timedelta(days=30)).isoformat(), "last": today.isoformat()}
    form = PeriodForm(request.GET if "first" in request.GET else start)
    period = Period(form.cleaned_data["first"], form.cleaned_data["last"]) if form.is_valid() else None
    found = cards(period, now=now, rows=visible_to(actor)) if period else []
    context = site.each_context(request) | {
        "title": _("Carrier scorecard"),
        "form": form,
        "period": period,
        "rows": [_row(card, period) for card in found if period],
    }
    return TemplateResponse(request, "orders/carriers/scorecard.html", context, status=200 if form.is_valid() else 422)


def _row(card: Card, period: Period) -> dict[str, Any]:
    one = card.figures
    numbers = [
        (Figure.PARCELS, one.parcels, None),
        (Figure.ON_TIME, one.on_time, percent(one.on_time, one.due)),
        (Figure.LATE, one.due - one.on_time, percent(one.due - one.on_time, one.due)),
        (Figure.STALLED, one.stalled, percent(one.stalled, one.parcels)),
        (Figure.TROUBLE, one.trouble, percent(one.trouble, one.parcels)),
    ]
    return {
        "card": card,
        "numbers": [{"count": n, "percent": share, "url": _url(figure, card.carrier, period)} for figure, n, share in numbers],
        "days": days(one),
        "cost": cost_per_parcel(one),
        "uncosted": one.parcels - one.costed,
        "claims": {"count": one.claims, "url": _url(Figure.CLAIMS, card.carrier, period)},
    }


def _url(figure: Figure, carrier: Carrier, period: Period) -> str:
    place = ",".join([figure, carrier.code, period.first.isoformat(), period.last.isoformat()])
    return f"{reverse('admin:orders_shipment_changelist')}?{urlencode({'scorecard': place})}"


def _read(text: str) -> tuple[Figure, str, Period] | None:
    """What the address names, None when it names nothing."""
    parts = text.split(",")
    if len(parts) != _PARTS or parts[0] not in Figure.values:
        return None
    try:
        return Figure(parts[0]), parts[1], Period(date.fromisoformat(parts[2]), date.fromisoformat(parts[3]))
    except ValueError:
        return None
