"""What the steps of a return ask for."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.queries.picking import warehouses
from opsdesk.doors.admin.forms import CommandForm, ReasonForm
from orders.enums.returns import Disposition, EvidenceKind
from orders.models import ReturnRequest
from orders.queries.carriers.choices import carriers_in_use
from orders.services.returns.goods import Finding


class RejectForm(CommandForm):
    """Why not, and by which clause."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea)
    clause = forms.CharField(label=_("Policy clause"), max_length=300)


class AmountForm(CommandForm):
    """Another amount than the goods are worth."""

    amount = forms.DecimalField(label=_("Amount (empty: as proposed)"), max_digits=12, decimal_places=2, required=False)


class SettleForm(AmountForm):
    """What goes back, and what the customer is told when nothing does."""

    reason = forms.CharField(
        label=_("What the customer is told (needed when nothing is paid back)"),
        max_length=300,
        required=False,
        widget=forms.Textarea,
    )


class ConcedeForm(CommandForm):
    """How much goes back, and why."""

    amount = forms.DecimalField(label=_("Amount"), max_digits=12, decimal_places=2)
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea)


class EvidenceForm(CommandForm):
    """A photo or video."""

    file = forms.FileField(label=_("Photo or video (at most 50 MB)"))
    shows = forms.ChoiceField(label=_("What it shows"), choices=EvidenceKind.choices)


class AskForm(ReasonForm):
    """What the customer is asked to show."""

    kinds = forms.MultipleChoiceField(label=_("Evidence asked for"), choices=EvidenceKind.choices, required=False)


def ask_form(missing: Sequence[EvidenceKind]) -> type[AskForm]:
    """The form, filled with what is missing."""
    text = ", ".join(str(kind.label) for kind in missing)
    initial = gettext("Please send: %(what)s") % {"what": text} if text else ""
    reason = forms.CharField(label=_("What is missing"), max_length=500, widget=forms.Textarea, initial=initial)
    kinds = forms.MultipleChoiceField(
        label=_("Evidence asked for"),
        choices=EvidenceKind.choices,
        required=False,
        initial=[kind.value for kind in missing],
        help_text=_("The clocks go on when all of it is there."),
    )
    return type("MissingForm", (AskForm,), {"reason": reason, "kinds": kinds})


class ReplacementForm(CommandForm):
    """The order by which the customer gets other goods."""

    number = forms.CharField(label=_("Number of the exchange order"), max_length=20)


class ShipBackForm(CommandForm):
    """With which carrier, under which number."""

    carrier = forms.ChoiceField(label=_("Carrier"), choices=carriers_in_use)
    tracking_no = forms.CharField(label=_("Tracking number"), max_length=32)


class SendBackForm(ShipBackForm):
    """With which parcel, and what the customer is told."""

    reason = forms.CharField(label=_("What the customer is told"), max_length=300, widget=forms.Textarea)


class ReceiveForm(CommandForm):
    """Where the parcel was received."""

    warehouse_id = forms.TypedChoiceField(label=_("Warehouse"), choices=warehouses, coerce=int)


class InspectForm(CommandForm):
    """Of every line, how many pieces are accepted and where they go."""

    line_keys: ClassVar[list[int]] = []

    def clean(self) -> dict[str, Any]:
        """The findings by line, once every field is readable."""
        data = super().clean()
        if self.errors:
            return data
        return {"findings": {key: Finding(data[f"accepted_{key}"], data[f"to_{key}"]) for key in self.line_keys}}


def inspect_form(row: ReturnRequest) -> type[InspectForm]:
    """The form for the lines of one return."""
    fields: dict[str, Any] = {"line_keys": []}
    for line in row.lines.select_related("order_line").order_by("pk"):
        fields["line_keys"].append(line.pk)
        bought = line.order_line
        fields[f"accepted_{line.pk}"] = forms.IntegerField(
            label=f"{bought.sku_code} {bought.title} (≤ {line.quantity})", min_value=0, max_value=line.quantity
        )
        fields[f"to_{line.pk}"] = forms.ChoiceField(label=_("Where they go"), choices=Disposition.choices)
    return type("LinesInspectForm", (InspectForm,), fields)


class ExchangeForm(CommandForm):
    """Of every accepted line, what the customer gets for it."""

    line_keys: ClassVar[list[int]] = []

    def clean(self) -> dict[str, Any]:
        """The SKUs by line."""
        data = super().clean()
        return {"skus": {key: data.get(f"sku_{key}", "") for key in self.line_keys}}


def exchange_form(row: ReturnRequest) -> type[ExchangeForm]:
    """The form for the accepted lines of one return; the same article is what it begins with."""
    fields: dict[str, Any] = {"line_keys": []}
    for line in row.lines.filter(accepted__gt=0).select_related("order_line").order_by("pk"):
        fields["line_keys"].append(line.pk)
        bought = line.order_line
        label = gettext("SKU sent for %(pieces)s × %(title)s") % {"pieces": line.accepted, "title": bought.title}
        fields[f"sku_{line.pk}"] = forms.CharField(label=label, max_length=60, initial=bought.sku_code)
    return type("LinesExchangeForm", (ExchangeForm,), fields)
