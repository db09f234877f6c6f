"""Quality complaints: filed by customer service, answered by the specialist, told to the customer."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from catalog.admin.quality.base import AMBER, BLUE, GREEN, GREY, RED, AddedByForm
from catalog.enums.quality import (
    CheckedField,
    ComplaintKind,
    ComplaintOutcome,
    ComplaintSeverity,
    ComplaintSource,
    ComplaintState,
)
from catalog.models import QualityComplaint
from catalog.queries.quality.complaints import complaints_for
from catalog.rules.quality.lifecycles import COMPLAINT_LIFECYCLE
from catalog.services.quality import complaints
from catalog.services.quality.complaints import Complaint
from opsdesk.common.actors import Actor
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import CommandForm, ReasonForm
from opsdesk.doors.admin.records import Command

_COLOURS = {
    ComplaintState.OPEN: AMBER,
    ComplaintState.INVESTIGATING: BLUE,
    ComplaintState.ANSWERED: GREEN,
    ComplaintState.CLOSED: GREY,
}
_SEVERITIES = {ComplaintSeverity.MINOR: GREY, ComplaintSeverity.SERIOUS: AMBER, ComplaintSeverity.DANGEROUS: RED}


class ComplaintForm(CommandForm):
    """What the customer says."""

    sku = forms.CharField(label=_("SKU"), max_length=60)
    order_ref = forms.CharField(label=_("Order"), max_length=64, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=ComplaintKind.choices)
    severity = forms.ChoiceField(label=_("Severity"), choices=ComplaintSeverity.choices)
    source = forms.ChoiceField(label=_("Source"), choices=ComplaintSource.choices)
    ref = forms.CharField(
        label=_("Reference"), max_length=80, required=False, help_text=_("The number of the ticket or return.")
    )
    text = forms.CharField(label=_("Complaint"), max_length=4000, widget=forms.Textarea)
    evidence = forms.CharField(
        label=_("Evidence"), max_length=2000, required=False, widget=forms.Textarea, help_text=_("What photos or videos show.")
    )


class AnswerForm(CommandForm):
    """What was found, and what follows."""

    outcome = forms.ChoiceField(label=_("What follows"), choices=ComplaintOutcome.choices)
    wrong_field = forms.ChoiceField(
        label=_("Wrong field of the listing"),
        choices=(("", "---------"), *CheckedField.choices),
        required=False,
        help_text=_("When the listing is wrong."),
    )
    answer = forms.CharField(label=_("Answer for customer service"), max_length=4000, widget=forms.Textarea)


class FindingForm(CommandForm):
    finding = forms.CharField(label=_("What did you find?"), max_length=500, widget=forms.Textarea)


@admin.register(QualityComplaint)
class QualityComplaintAdmin(AddedByForm):
    """Complaints about goods, from the customer to the specialist and back. SOP: C27"""

    subject_kind = complaints.SUBJECT
    subject_argument = "complaint_id"
    state_field = "state"
    lifecycle = COMPLAINT_LIFECYCLE
    commands = {
        "take": Command(_("Investigate"), complaints.take),
        "answer": Command(_("Answer"), complaints.answer, AnswerForm),
        "close": Command(_("The customer has been told"), complaints.close),
        "reopen": Command(_("Not settled"), complaints.reopen, ReasonForm, danger=True),
        "confirm_stock": Command(_("Stock is checked"), complaints.confirm_stock, FindingForm),
    }
    add_form_class, add_permission = ComplaintForm, "catalog.add_qualitycomplaint"
    add_title = _("File a quality complaint")
    list_display = ("sku", "stage", "weight", "kind", "order_ref", "specialist", "filed_at", "respond_by")
    list_select_related = ("sku", "specialist")
    list_filter = ("state", "severity", "kind", "outcome", "source")
    search_fields = ("sku__code__startswith", "order_ref__startswith", "public_id", "supplier__startswith")
    fields = (
        "sku",
        "product",
        "supplier",
        "stage",
        "weight",
        "kind",
        "order_ref",
        "source",
        "ref",
        "text",
        "evidence",
        "filed_at",
        "filed_by",
        "specialist",
        "respond_by",
        "answered_at",
        "answered_by",
        "answer",
        "outcome",
        "wrong_field",
        "stock_checked_at",
        "stock_finding",
        "closed_at",
        "closed_by",
    )

    @column(_("state"), colours=_COLOURS, ordering="state")
    def stage(self, row: QualityComplaint) -> Any:
        return ComplaintState(row.state), ComplaintState(row.state).label

    @column(_("severity"), colours=_SEVERITIES)
    def weight(self, row: QualityComplaint) -> Any:
        return ComplaintSeverity(row.severity), ComplaintSeverity(row.severity).label

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        visible = complaints_for(actor_of(request))
        return super().get_queryset(request).filter(pk__in=visible.values("pk"))

    def buttons(self, obj: Model, actor: Actor) -> list[dict[str, Any]]:
        """Without the stock check where nobody asked for one."""
        assert isinstance(obj, QualityComplaint)
        asked = obj.outcome == ComplaintOutcome.STOCK_CHECK and not obj.stock_checked_at
        return [button for button in super().buttons(obj, actor) if asked or button["name"] != "confirm_stock"]

    def add(self, data: dict[str, Any], actor: Actor, now: datetime) -> Any:
        return complaints.file_complaint(complaint=_complaint(data), actor=actor, now=now)


def _complaint(data: dict[str, Any]) -> Complaint:
    chosen = {
        "kind": ComplaintKind(data["kind"]),
        "severity": ComplaintSeverity(data["severity"]),
        "source": ComplaintSource(data["source"]),
    }
    return Complaint(**data | chosen)
