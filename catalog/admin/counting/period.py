"""Choosing months, a grouping and a warehouse."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from opsdesk.doors.admin.forms import CommandForm

_MOST_MONTHS = 36


def _month(label: Any) -> forms.DateField:
    widget = widgets.UnfoldAdminTextInputWidget(attrs={"type": "month"})
    return forms.DateField(label=label, input_formats=["%Y-%m"], widget=widget)


class PeriodForm(CommandForm):
    """From one month to another, both included; without a choice the last three months by category."""

    first = _month(_("From month"))
    last = _month(_("To month"))
    group = forms.ChoiceField(
        label=_("Grouped by"), choices=[("category", _("Category")), ("sku", _("SKU")), ("warehouse", _("Warehouse"))]
    )
    warehouse = forms.ChoiceField(label=_("Warehouse"), required=False)

    def __init__(self, data: Any, *, warehouses: Sequence[str], today: date) -> None:
        month = today.replace(day=1)
        before = (month - timedelta(days=45)).replace(day=1)
        self._default = {"first": f"{before:%Y-%m}", "last": f"{month:%Y-%m}", "group": "category", "warehouse": ""}
        super().__init__(data if data else self._default)
        field = self.fields["warehouse"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("All warehouses")), *((code, code) for code in warehouses)]

    def clean(self) -> dict[str, Any]:
        """The months stand in their order, and are not too many."""
        data = super().clean()
        if not self.errors:
            months = (data["last"].year - data["first"].year) * 12 + data["last"].month - data["first"].month
            if not 0 <= months < _MOST_MONTHS:
                self.add_error("last", _("Choose up to 36 months, the first one first."))
        return data

    def chosen(self) -> dict[str, Any] | None:
        """What was chosen, with the number of days; None when it cannot be read."""
        if not self.is_valid():
            return None
        data = self.cleaned_data
        end = (data["last"] + timedelta(days=32)).replace(day=1)
        return {**{name: data[name] for name in self._default}, "days": (end - data["first"]).days}
