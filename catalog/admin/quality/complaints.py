"""Quality complaints: filed by customer service, answered by the specialist, told to the customer."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from catalog.admin.quality.base import AMBER, BLUE, GREEN, GREY, RED, AddedByForm, form_page
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
from catalog.services.quality import complaint_followup, complaints
from catalog.services.quality.complaint_steps import SUBJECT
from catalog.services.quality.complaints import Complaint
from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import CommandForm, ReasonForm, posted
from opsdesk.doors.admin.records import Command
from opsdesk.doors.words import say

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


class DelistingForm(CommandForm):
    """Off sale or not, and why."""

    take_off = forms.TypedChoiceField(
        label=_("What happens?"),
        choices=(("True", _("Take off sale at once")), ("False", _("Leave on sale"))),
        coerce=lambda text: text == "True",
    )
    note = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea)


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or more."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        return [super(FilesField, self).clean(one, initial) for one in data or [None]]


class EvidenceForm(CommandForm):
    """Asks for the files."""

    uploads = FilesField(
        label=_("Files"),
        help_text=_("Pictures, MP4 or PDF, up to 20 MB each."),
        widget=ManyFiles(attrs={"class": "od-input", "accept": ".jpg,.jpeg,.png,.webp,.mp4,.pdf"}),
    )

    def refuse(self, error: DomainError) -> None:
        """Whatever is wrong is wrong with the files."""
        for message, params in [(issue.message, issue.params) for issue in error.issues] or [(error.message_id, error.params)]:
            self.add_error("uploads", say(message, params))


class FindingForm(CommandForm):
    finding = forms.CharField(label=_("What did you find?"), max_length=500, widget=forms.Textarea)


@admin.register(QualityComplaint)
class QualityComplaintAdmin(AddedByForm):
    """Complaints about goods, from the customer to the specialist and back. SOP: C27"""

    subject_kind = SUBJECT
    subject_argument = "complaint_id"
    state_field = "state"
    lifecycle = COMPLAINT_LIFECYCLE
    commands = {
        "take": Command(_("Investigate"), complaints.take),
        "answer": Command(_("Answer"), complaints.answer, AnswerForm),
        "close": Command(_("The customer has been told"), complaints.close),
        "reopen": Command(_("Not settled"), complaints.reopen, ReasonForm, danger=True),
        "confirm_stock": Command(_("Stock is checked"), complaint_followup.confirm_stock, FindingForm),
        "decide_delisting": Command(_("Decide on delisting"), complaint_followup.decide_delisting, DelistingForm),
    }
    change_form_outer_before_template: Any = "catalog/quality/complaint.html"
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
        "delist_decided_at",
        "delist_note",
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
        """Without the stock check and the decision on delisting where nobody asked for one."""
        assert isinstance(obj, QualityComplaint)
        idle = set()
        if obj.outcome != ComplaintOutcome.STOCK_CHECK or obj.stock_checked_at:
            idle.add("confirm_stock")
        if obj.outcome != ComplaintOutcome.DELIST or obj.delist_decided_at:
            idle.add("decide_delisting")
        shown = [button for button in super().buttons(obj, actor) if button["name"] not in idle]
        if "attach" in self.lifecycle.available(obj.state, actor):
            url = reverse("admin:catalog_qualitycomplaint_attach", args=[obj.pk])
            shown.append({"name": "attach", "label": _("Attach evidence"), "danger": False, "url": url})
        return shown

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.attach_view)
        return [path("<path:object_id>/attach/", view, name="catalog_qualitycomplaint_attach"), *super().get_urls()]

    def page_context(self, request: HttpRequest, obj: QualityComplaint) -> dict[str, Any]:
        return super().page_context(request, obj) | {"files": obj.files.order_by("pk")}

    def attach_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Keep photos and videos of what is wrong."""
        row, actor = self.get_object(request, object_id), actor_of(request)
        if row is None:
            raise Http404
        if not actor.can(self.add_permission):
            raise PermissionDenied
        form = EvidenceForm(posted(request), request.FILES if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                complaint_followup.attach_evidence(complaint_id=row.pk, **form.cleaned_data, actor=actor, now=clock.now())
            except DomainError as refusal:
                form.refuse(refusal)
            else:
                return HttpResponseRedirect(reverse("admin:catalog_qualitycomplaint_change", args=[row.pk]))
        back = reverse("admin:catalog_qualitycomplaint_change", args=[row.pk])
        template = "catalog/selection/form.html"
        return form_page(
            self, request, form, title=_("Attach evidence"), label=_("Save"), original=row, template=template, back=back
        )

    def add(self, data: dict[str, Any], actor: Actor, now: datetime) -> Any:
        return complaints.file_complaint(complaint=_complaint(data), actor=actor, now=now)


def _complaint(data: dict[str, Any]) -> Complaint:
    chosen = {
        "kind": ComplaintKind(data["kind"]),
        "severity": ComplaintSeverity(data["severity"]),
        "source": ComplaintSource(data["source"]),
    }
    return Complaint(**data | chosen)
