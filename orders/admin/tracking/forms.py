"""Forms of the tracking desk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from opsdesk.doors.admin.forms import CommandForm
from orders.enums.orders import HoldCode
from orders.enums.tracking import CaseKind


class InterceptForm(CommandForm):
    """Why the parcels are to be stopped. SOP: O18"""

    code = forms.ChoiceField(label=_("Why"), choices=HoldCode.choices, initial=HoldCode.OTHER)
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False, widget=forms.Textarea)

    def clean_code(self) -> HoldCode:
        return HoldCode(self.cleaned_data["code"])


class AcceptForm(CommandForm):
    """What the carrier says. SOP: O18"""

    answer = forms.CharField(label=_("Carrier's answer"), max_length=500, required=False, widget=forms.Textarea)


class FailForm(CommandForm):
    """Why the carrier cannot stop it. SOP: O18"""

    answer = forms.CharField(label=_("Carrier's answer"), max_length=500, widget=forms.Textarea)


class ReceiveForm(CommandForm):
    """What came back, and in what condition. SOP: O18, O21"""

    condition = forms.CharField(label=_("Condition of the goods"), max_length=500, widget=forms.Textarea)


class OpenCaseForm(CommandForm):
    """What is wrong with the parcel. SOP: O14"""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(kind.value, kind.label) for kind in CaseKind if kind != CaseKind.STALLED],
    )
    note = forms.CharField(label=_("Note"), max_length=500, widget=forms.Textarea)
