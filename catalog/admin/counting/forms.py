"""The forms of stocktakes and of slow stock."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.enums.counting import VarianceReason
from catalog.services.counting.counts import Count
from catalog.services.counting.planning import MOST_LINES
from opsdesk.doors.admin.forms import CommandForm


class PlanForm(CommandForm):
    """What is to be counted, and where."""

    warehouse = forms.ChoiceField(label=_("Warehouse"))
    title = forms.CharField(label=_("Title"), max_length=120)
    skus = forms.CharField(
        label=_("SKUs"), max_length=150_000, widget=forms.Textarea, help_text=_("SKU codes, separated by spaces or lines.")
    )

    def __init__(self, *args: Any, warehouses: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["warehouse"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, code) for code in warehouses]

    def clean_skus(self) -> list[str]:
        """The codes, one by one."""
        return str(self.cleaned_data["skus"]).replace(",", " ").split()


class CountForm(CommandForm):
    """One line of a count; a line without a number is not counted yet."""

    sku = forms.CharField(label=_("SKU"), max_length=60, required=False)
    counted = forms.IntegerField(label=_("Counted"), min_value=0, max_value=10_000_000, required=False)
    reason = forms.ChoiceField(label=_("Reason"), choices=[("", "---------"), *VarianceReason.choices], required=False)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        """A number needs its SKU."""
        data = super().clean()
        if not self.errors and data.get("counted") is not None and not data.get("sku"):
            self.add_error("sku", _("Which SKU was counted?"))
        return data

    def to_count(self) -> Count | None:
        """The count, or None when there is none."""
        data = self.cleaned_data
        if data.get("counted") is None:
            return None
        return Count(data["sku"], data["counted"], data["reason"], data["note"])


CountRows = forms.formset_factory(CountForm, extra=3, max_num=MOST_LINES + 20, absolute_max=MOST_LINES + 20)


class NoteForm(CommandForm):
    note = forms.CharField(label=_("What is done, or why nothing is"), max_length=500, widget=forms.Textarea)
