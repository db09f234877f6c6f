"""What a row of a carrier's tables asks for."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opsdesk.doors.admin.forms import CommandForm
from orders.models import Carrier
from orders.services.carriers.table_rows import PriceTerms

_MOST_GRAMS = 1_000_000
_TERMS = ("provinces", "valid_from", "valid_until", "first_grams", "first_price", "step_grams", "step_price")
_BETWEEN = re.compile(r"[\s,，、;；]+")


def _carriers() -> list[tuple[str, str]]:
    return list(Carrier.objects.order_by("code").values_list("code", "name"))


def _day(label: Any, **more: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "od-input"})
    return forms.DateField(label=label, widget=widget, **more)


def _grams(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=_MOST_GRAMS)


def _money(label: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=0, max_digits=7, decimal_places=2)


class ServedForm(CommandForm):
    """Whether a carrier delivers there. SOP: O11"""

    served = forms.BooleanField(label=_("Delivers there"), required=False)


class RegionForm(ServedForm):
    """One region of one carrier. SOP: O11"""

    carrier = forms.ChoiceField(label=_("Carrier"), choices=_carriers)
    province = forms.CharField(label=_("Province"), max_length=60, required=False, help_text=_("Empty: the whole country."))
    city = forms.CharField(label=_("City"), max_length=60, required=False, help_text=_("Empty: the whole province."))
    district = forms.CharField(label=_("District"), max_length=60, required=False, help_text=_("Empty: the whole city."))
    field_order = ("carrier", "province", "city", "district", "served")

    def clean(self) -> dict[str, Any]:
        """A place names what it lies in."""
        data = super().clean()
        for part, whole in (("city", "province"), ("district", "city")):
            if data.get(part) and not data.get(whole):
                self.add_error(whole, _("Name the place that it lies in."))
        return data


class PriceForm(CommandForm):
    """What a carrier takes in a group of provinces, and on which days. SOP: O11"""

    zone = forms.CharField(label=_("Region group"), max_length=40)
    provinces = forms.CharField(
        label=_("Provinces"), max_length=600, required=False, help_text=_("Separated by commas; empty: all others.")
    )
    valid_from = _day(_("From"))
    valid_until = _day(_("Until"), required=False, help_text=_("Both days included; empty: until the next price."))
    first_grams = _grams(_("First weight (g)"))
    first_price = _money(_("Price of the first weight"))
    step_grams = _grams(_("Further weight (g)"))
    step_price = _money(_("Price of each further weight"))

    def clean_provinces(self) -> tuple[str, ...]:
        """The names, one by one."""
        return tuple(name for name in _BETWEEN.split(self.cleaned_data["provinces"]) if name)

    def clean(self) -> dict[str, Any]:
        """The terms as the service takes them."""
        data = super().clean()
        if self.errors:
            return data
        terms = PriceTerms(**{name: data.pop(name) for name in _TERMS})
        return data | {"terms": terms}


class NewPriceForm(PriceForm):
    """A price of one carrier. SOP: O11"""

    carrier = forms.ChoiceField(label=_("Carrier"), choices=_carriers)
    field_order = ("carrier", "zone")


class EndForm(CommandForm):
    """With which day it ends. SOP: O11"""

    valid_until = _day(_("Last day"))
