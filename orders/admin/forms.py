"""What the buttons of an order ask for."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextInputWidget

from opsdesk.doors.admin.forms import CommandForm
from orders.enums.orders import HoldCode
from orders.rules.intake.draft import DraftAddress
from orders.rules.phones import NOT_A_PHONE, e164
from orders.services.payment import Receipt
from orders.services.rounds.decisions import Choice


class HoldForm(CommandForm):
    """Which hold, and why."""

    code = forms.ChoiceField(label=_("Hold"), choices=HoldCode.choices)
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False, widget=forms.Textarea)

    def clean_code(self) -> HoldCode:
        return HoldCode(self.cleaned_data["code"])


class CancelForm(CommandForm):
    """Why the order is cancelled."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea)


class MarkPaidForm(CommandForm):
    """What came in, how, and when."""

    amount = forms.DecimalField(label=_("Amount"), max_digits=12, decimal_places=2, min_value=Decimal(0))
    method = forms.CharField(label=_("Payment method"), max_length=40, required=False)
    reference = forms.CharField(label=_("Payment reference"), max_length=100, required=False)
    paid_at = forms.DateTimeField(
        label=_("Paid at"),
        required=False,
        widget=UnfoldAdminTextInputWidget(attrs={"type": "datetime-local"}),
        help_text=_("Empty means now."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        return data if self.errors else {"receipt": Receipt(**data)}


class AddressForm(CommandForm):
    """Where the order goes instead. What stays empty is missing: it holds the order."""

    recipient = forms.CharField(label=_("Recipient"), max_length=100, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)
    province = forms.CharField(label=_("Province"), max_length=60, required=False)
    city = forms.CharField(label=_("City"), max_length=60, required=False)
    district = forms.CharField(label=_("District"), max_length=60, required=False)
    street = forms.CharField(label=_("Street"), max_length=300, required=False)
    postal_code = forms.CharField(label=_("Postal code"), max_length=12, required=False)

    def clean_phone(self) -> str:
        written: str = self.cleaned_data["phone"]
        if e164(written) is None:
            raise forms.ValidationError(now_(NOT_A_PHONE))
        return written

    def draft(self, data: dict[str, Any]) -> DraftAddress:
        """The address, its phone in E.164 and as it was written."""
        return DraftAddress(**data | {"phone": e164(data["phone"]) or ""}, phone_written=data["phone"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and not any(data.values()):
            raise forms.ValidationError(now_("Enter the new address."))
        return data if self.errors else {"address": self.draft(data)}


class DecisionForm(CommandForm):
    """What the clerk decides on one order of a round."""

    order = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    decision = forms.CharField(max_length=10)
    note = forms.CharField(max_length=500, required=False, widget=forms.Textarea)
    hold_code = forms.CharField(max_length=20, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        return data if self.errors else {"order_id": data.pop("order"), "choice": Choice(**data)}
