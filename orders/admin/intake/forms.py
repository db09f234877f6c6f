"""What the buttons of an order ask for while it is checked."""

from typing import Any

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextInputWidget

from opsdesk.doors.admin.forms import CommandForm
from orders.admin.forms import AddressForm
from orders.enums.intake import ComparedField, ComparisonResult, ContactAnswer, ContactChannel
from orders.enums.orders import Flag
from orders.models import Order
from orders.services.intake.comparisons import Comparison
from orders.services.intake.contacting import Answer

CHANNELS = [choice for choice in ContactChannel.choices if choice[0] != ContactChannel.SHOP]


class ContactForm(AddressForm):
    """How the customer was asked, what they said, and the address if another one is right."""

    channel = forms.ChoiceField(label=_("How"), choices=CHANNELS)
    outcome = forms.ChoiceField(label=_("Outcome"), choices=ContactAnswer.choices)
    answer = forms.CharField(label=_("Customer's answer"), max_length=500, required=False, widget=forms.Textarea)
    corrected = forms.BooleanField(
        label=_("The address is another one"),
        required=False,
        help_text=_("Then fill in all of it below; it takes the place of the old one."),
    )
    field_order = ("channel", "outcome", "answer", "corrected")

    def clean(self) -> dict[str, Any]:
        data = CommandForm.clean(self)
        if self.errors:
            return data
        said = {name: data.pop(name) for name in ("channel", "outcome", "answer")}
        corrected = data.pop("corrected")
        if bool(corrected) != any(data.values()):
            raise forms.ValidationError(now_("Tick that the address is another one, and fill it in."))
        return {"answer": Answer(**said, address=self.draft(data) if corrected else None)}


class PromiseForm(CommandForm):
    """When the platform has promised the parcel to leave."""

    promised_by = forms.DateTimeField(
        label=_("Promised ship time"),
        required=False,
        widget=UnfoldAdminTextInputWidget(attrs={"type": "datetime-local"}),
        help_text=_("Empty means that the platform has promised nothing."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea)


class ComparisonForm(CommandForm):
    """The ticks of the comparison."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    result = forms.ChoiceField(choices=ComparisonResult.choices)
    fields = forms.MultipleChoiceField(choices=ComparedField.choices, required=False)  # type: ignore[assignment]
    hold_code = forms.CharField(max_length=20, required=False)
    note = forms.CharField(max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        return data if self.errors else {"comparison": Comparison(**data)}


class NoteForm(CommandForm):
    """What colleagues are to know, and a colour by which they find it."""

    seller_note = forms.CharField(label=_("Note for colleagues"), max_length=1000, required=False, widget=forms.Textarea)
    flag = forms.ChoiceField(label=_("Flag"), choices=[("", _("none")), *Flag.choices], required=False)


def note_form(order: Order) -> type[NoteForm]:
    """The form, filled with what the order says now."""

    class Filled(NoteForm):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, initial={"seller_note": order.seller_note, "flag": order.flag}, **kwargs)

    return Filled
