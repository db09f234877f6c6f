"""The forms of price changes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from catalog.enums.prices import PriceReason
from catalog.services.prices.writing import MOST_LINES, NewPrices, Plan
from opsdesk.doors.admin.forms import CommandForm
from opsdesk.reviews.enums import ReviewState
from opsdesk.reviews.services import Verdict

VERDICTS = {"approve": ReviewState.APPROVED, "return": ReviewState.RETURNED, "reject": ReviewState.REJECTED}
_MOMENT = {"type": "datetime-local", "step": "1"}


def _moment(label: Any, **kwargs: Any) -> forms.DateTimeField:
    widget = widgets.UnfoldAdminTextInputWidget(attrs=_MOMENT)
    return forms.DateTimeField(label=label, widget=widget, **kwargs)


def _amount(label: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=0, max_digits=12, decimal_places=2, required=False)


class ChangeForm(CommandForm):
    """When new prices hold, and why; the SKUs may be pasted by their codes."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    start = _moment(_("From"))
    end = _moment(_("Until"), required=False, help_text=_("Empty: for good. Otherwise the old prices come back then."))
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea)
    codes = forms.CharField(
        label=_("Add SKUs by their codes"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea,
        help_text=_("Separated by spaces or lines, such as copied from a sheet."),
    )

    def pasted(self) -> list[str]:
        """The codes that were pasted, each once."""
        return list(dict.fromkeys(self.cleaned_data["codes"].replace(",", " ").replace("，", " ").split()))[:MOST_LINES]

    def plan(self, rows: list[NewPrices]) -> Plan:
        """The form as what the service takes."""
        data = self.cleaned_data
        return Plan(rows, data["reason"], data["start"], data["end"])


class LineForm(CommandForm):
    """The new prices of one SKU; a row without a SKU is empty."""

    sku = forms.CharField(label=_("SKU"), max_length=60, required=False)
    price = _amount(_("Price"))
    discount_price = _amount(_("Discount price"))
    member_price = _amount(_("Member price"))
    cost = _amount(_("Cost"))

    def __init__(self, *args: Any, costs: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not costs:
            del self.fields["cost"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("sku") and data.get("price") is None and not self.errors:
            self.add_error("price", _("A price is required."))
        return data

    def to_line(self) -> NewPrices | None:
        """The row as what the service takes."""
        return NewPrices(**self.cleaned_data) if self.cleaned_data.get("sku") else None


LineRows = forms.formset_factory(LineForm, extra=2, max_num=MOST_LINES, absolute_max=MOST_LINES + 10)


class PriceVerdictForm(CommandForm):
    """The decision on exactly the prices that were shown."""

    seen_hash = forms.CharField(widget=forms.HiddenInput)
    verdict = forms.ChoiceField(choices=[(name, name) for name in VERDICTS], widget=forms.HiddenInput)
    reasons = forms.MultipleChoiceField(label=_("Reasons"), choices=PriceReason.choices, required=False)
    note = forms.CharField(label=_("Note"), max_length=2000, required=False, widget=forms.Textarea)

    def given(self) -> Verdict:
        """The form as what the service takes."""
        data = self.cleaned_data
        return Verdict(VERDICTS[data["verdict"]], data["seen_hash"], data["reasons"], data["note"])
