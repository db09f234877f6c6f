"""The form that builds a wave. SOP: O9"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.queries.picking import warehouses
from opsdesk.doors.admin.forms import CommandForm
from orders.queries.carriers.choices import carriers_in_use
from orders.queries.picking import Wave

LINES = (("", _("Both")), ("single", _("Orders of one line")), ("multi", _("Orders of several lines")))


def _carriers() -> list[tuple[str, Any]]:
    return [("", _("Any")), *carriers_in_use()]


class WaveForm(CommandForm):
    """For which warehouse, and which of the waiting orders; what is left empty chooses all."""

    warehouse_id = forms.TypedChoiceField(label=_("Warehouse"), choices=warehouses, coerce=int)
    carrier = forms.ChoiceField(label=_("Carrier"), choices=_carriers, required=False)
    hand_over_before = forms.DateTimeField(
        label=_("To be handed over before"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )
    provinces = forms.CharField(label=_("Provinces"), help_text=_("Separated by commas."), max_length=300, required=False)
    lines = forms.ChoiceField(label=_("Number of lines"), choices=LINES, required=False)
    campaign = forms.CharField(
        label=_("Campaign"), help_text=_("The code of the coupon that the orders used."), max_length=60, required=False
    )
    size = forms.IntegerField(
        label=_("Orders at most"), help_text=_("Never more than the standard allows."), min_value=1, required=False
    )

    def clean(self) -> dict[str, Any]:
        """The answers as the service takes them."""
        given = super().clean()
        if self.errors:
            return given
        names = [name.strip() for name in given["provinces"].replace("，", ",").split(",")]
        wave = Wave(
            given["carrier"],
            given["hand_over_before"],
            tuple(filter(None, names)),
            given["lines"],
            given["campaign"],
            given["size"],
        )
        return {"warehouse_id": given["warehouse_id"], "wave": wave}
