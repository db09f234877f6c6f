"""The monthly proof of coverage: every round that was due, and how it went. SOP: O3"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opsdesk.common import clock
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.sheets import sheet_response
from opsdesk.duties.definitions import SHOP_TIME
from opsdesk.shops.queries import visible_to
from orders.enums.rounds import RoundSlot, RoundState
from orders.queries.coverage import month_of
from orders.rules.coverage import Coverage

EARLIEST = "2020-01"


class MonthForm(forms.Form):
    """Which shop, which month."""

    shop = forms.ChoiceField(label=gettext_lazy("Shop"), widget=forms.Select(attrs={"class": "od-input"}))
    month = forms.CharField(
        label=gettext_lazy("Month"),
        widget=forms.TextInput(attrs={"type": "month", "class": "od-input", "min": EARLIEST}),
        error_messages={"required": gettext_lazy("Choose a month.")},
    )

    def __init__(self, *args: Any, shops: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shop"].choices = shops  # type: ignore[attr-defined]

    def clean_month(self) -> date:
        try:
            month = datetime.strptime(self.cleaned_data["month"], "%Y-%m").replace(tzinfo=SHOP_TIME).date()
        except ValueError:
            raise forms.ValidationError(_("Choose a month.")) from None
        if f"{month:%Y-%m}" < EARLIEST:
            raise forms.ValidationError(_("Choose a month."))
        return month


def proof_page(request: HttpRequest, site: AdminSite) -> HttpResponseBase:
    """The proof of one shop's month, to be looked at, printed or taken away as a table."""
    now = clock.now()
    shops = {shop.code: shop for shop in visible_to(actor_of(request))}
    asked = {"shop": next(iter(shops), ""), "month": f"{now.astimezone(SHOP_TIME):%Y-%m}"} | request.GET.dict()
    form = MonthForm(asked, shops=[(code, f"{code} {shop.name}") for code, shop in shops.items()])
    found = None
    if form.is_valid():
        shop = shops[form.cleaned_data["shop"]]
        found = month_of(shop, month=form.cleaned_data["month"], now=now)
        if "format" in request.GET:
            name = f"check-rounds-{shop.code}-{form.cleaned_data['month']:%Y-%m}"
            return sheet_response(name, _header(), _table(found), request.GET["format"])
    context = site.each_context(request) | {
        "title": _("Coverage of check rounds"),
        "form": form,
        "found": found,
        "slots": RoundSlot.values,
    }
    return TemplateResponse(request, "orders/rounds/proof.html", context, status=422 if form.errors else 200)


def _header() -> list[str]:
    return [_("Day"), _("Round"), _("State"), _("Late"), _("Orders"), _("Decided"), _("Rolled over"), _("Signed by")]


def _table(found: Coverage) -> Iterator[list[Any]]:
    for day, slots in found.days:
        for one in slots:
            state = RoundState(one.state).label if one.state else _("Did not take place")
            late = _("yes") if one.late else _("no")
            yield [day, one.slot, str(state), late, one.total, one.decided, one.rolled, one.signed_by]
