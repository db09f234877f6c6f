"""The forms of packing, shipping and following up."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.queries.picking import warehouses
from opsdesk.doors.admin.forms import CommandForm
from orders.enums.tracking import CaseOutcome
from orders.queries.carriers.choices import carriers_in_use
from orders.rules.fulfilment.packing import Checklist
from orders.rules.fulfilment.parcels import Parcel, read_contents

ANSWERS = (("", _("This order has none")), ("yes", _("Enclosed")), ("no", _("Missing")))


def _places() -> list[tuple[str, Any]]:
    return [("", _("Where its pieces are reserved")), *((str(key), name) for key, name in warehouses())]


class AllocateForm(CommandForm):
    """From which warehouse an order is served, and why. SOP: O8"""

    warehouse_id = forms.TypedChoiceField(label=_("Warehouse"), choices=_places, coerce=int, empty_value=None, required=False)
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea)


class PackForm(CommandForm):
    """The pack check. SOP: O10"""

    appearance = forms.BooleanField(label=_("The goods are right, without damage or stain, firmly packed"), required=False)
    packing_list = forms.BooleanField(label=_("The packing list is enclosed"), required=False)
    gifts = forms.ChoiceField(label=_("Gifts"), choices=ANSWERS, required=False)
    manual = forms.ChoiceField(label=_("Manual"), choices=ANSWERS, required=False)
    warranty = forms.ChoiceField(label=_("Warranty card"), choices=ANSWERS, required=False)

    def clean(self) -> dict[str, Any]:
        """The answers as the service takes them."""
        given = self.cleaned_data
        answers = {name: given.get(name) == "yes" if given.get(name) else None for name in ("gifts", "manual", "warranty")}
        return {"checklist": Checklist(bool(given.get("appearance")), bool(given.get("packing_list")), **answers)}


class ShipForm(CommandForm):
    """The parcels of an order: one as a rule, more where it does not fit into one, some of them later. SOP: O12"""

    carrier = forms.ChoiceField(label=_("Carrier"), choices=carriers_in_use)
    tracking_no = forms.CharField(label=_("Tracking number"), max_length=64)
    contents = forms.CharField(
        label=_("Only these pieces"),
        help_text=_("SKU=pieces, separated by spaces, when the others follow later. Empty: all that is left."),
        required=False,
    )
    more = forms.CharField(
        label=_("Further parcels"),
        help_text=_("One a line: carrier code, tracking number, then SKU=pieces."),
        required=False,
        widget=forms.Textarea,
    )

    def clean(self) -> dict[str, Any]:
        """The parcels as the service takes them."""
        if self.errors:
            return self.cleaned_data
        given = self.cleaned_data
        only = self._contents(given["contents"], given["contents"]) if given["contents"] else None
        first = Parcel(given["carrier"], given["tracking_no"], only)
        return {"parcels": [first, *map(self._parcel, filter(str.strip, self.cleaned_data["more"].splitlines()))]}

    def _parcel(self, line: str) -> Parcel:
        carrier, _space, rest = line.strip().partition(" ")
        number, _space, contents = rest.strip().partition(" ")
        return Parcel(carrier.lower(), number, self._contents(contents, line))

    def _contents(self, text: str, line: str) -> tuple[tuple[str, int], ...]:
        try:
            return read_contents(text)
        except ValueError:
            raise forms.ValidationError(_("This does not read as SKU=pieces: %(line)s") % {"line": line}) from None


class ProofForm(CommandForm):
    """How staff know that the customer has the goods. SOP: O15"""

    proof = forms.CharField(
        label=_("Proof"),
        help_text=_("What the customer said, when and by which channel."),
        max_length=500,
        widget=forms.Textarea,
    )


class ReplaceForm(CommandForm):
    """The right number of a parcel whose number was mistyped. SOP: O12"""

    carrier = forms.ChoiceField(label=_("Carrier"), choices=carriers_in_use)
    tracking_no = forms.CharField(label=_("Tracking number"), max_length=64)
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea)


class CarrierTalkForm(CommandForm):
    """A talk with the carrier. SOP: O14"""

    spoke_with = forms.CharField(label=_("Spoke with"), max_length=100)
    note = forms.CharField(label=_("What was said"), max_length=500, widget=forms.Textarea)
    promise_due = forms.DateTimeField(
        label=_("The carrier answers by"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )


class TellForm(CommandForm):
    """What the customer is told. SOP: O14"""

    text = forms.CharField(label=_("Message to the customer"), max_length=300, widget=forms.Textarea)


class CloseCaseForm(CommandForm):
    """How the case ended. SOP: O14"""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=CaseOutcome.choices)
    note = forms.CharField(label=_("Note"), max_length=500, required=False, widget=forms.Textarea)
