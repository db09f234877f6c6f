"""Suppliers, their documents, and how they are judged."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from catalog.admin.selection.document_forms import (
    DocumentForm,
    RenewalForm,
    a_day,
    add_document,
    file_command,
    renew_document,
    takes_file,
)
from catalog.admin.selection.frame import WritingAdmin
from catalog.enums.selection import AssessmentAspect, DocumentState, SupplierStatus
from catalog.models import Supplier, SupplierAssessment, SupplierDocument
from catalog.parameters.selection import DOCUMENT_WARNING
from catalog.queries.selection.scorecards import quality_delists, scorecard
from catalog.queries.selection.suppliers import lacking_of
from catalog.rules.selection.lifecycles import DOCUMENT_LIFECYCLE, SUPPLIER_LIFECYCLE
from catalog.rules.selection.qualification import is_valid
from catalog.rules.selection.scoring import BEST, LOWEST
from catalog.services.selection import documents, suppliers
from catalog.services.selection.suppliers import SupplierDetails
from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import CommandForm, ReasonForm
from opsdesk.doors.admin.records import Command, LifecycleAdmin, ReadOnlyAdmin
from opsdesk.duties.definitions import SHOP_TIME
from opsdesk.parameters.queries import value as parameter

_STATUS = {SupplierStatus.ACTIVE: "green", SupplierStatus.SUSPENDED: "red"}


class SupplierForm(CommandForm):
    code = forms.SlugField(label=_("Code"), max_length=40)
    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("As listings name the supplier."))
    contact = forms.CharField(label=_("Contact"), max_length=200, required=False)
    note = forms.CharField(label=_("Note"), max_length=2000, required=False, widget=forms.Textarea)

    def details(self) -> SupplierDetails:
        """The form as what the service takes."""
        return SupplierDetails(**{name: value for name, value in self.cleaned_data.items() if name != "code"})


class AssessmentForm(CommandForm):
    aspect = forms.ChoiceField(label=_("Aspect"), choices=AssessmentAspect.choices)
    score = forms.IntegerField(label=_("Score"), min_value=LOWEST, max_value=BEST, help_text=_("1 is poor, 5 is very good."))
    assessed_on = a_day(_("Assessed on"))
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea)


@admin.register(Supplier)
class SupplierAdmin(WritingAdmin):
    """Who goods are bought from, with qualification and scorecard. SOP: C2"""

    subject_kind = suppliers.KIND
    subject_argument = "supplier_id"
    state_field = "status"
    lifecycle = SUPPLIER_LIFECYCLE
    form_class, add_permission, add_title = SupplierForm, "catalog.add_supplier", _("New supplier")
    commands = {
        "add_document": Command(_("Record a document"), add_document, DocumentForm),
        "assess": Command(_("Assess"), suppliers.assess_supplier, AssessmentForm),
        "suspend": Command(_("Suspend"), suppliers.suspend_supplier, ReasonForm, danger=True),
        "resume": Command(_("Make active again"), suppliers.resume_supplier, ReasonForm),
    }
    list_display = ("code", "name", "contact", "coloured_status", "qualification")
    list_filter = ("status",)
    search_fields = ("code__startswith", "name__icontains")
    keyset = ("code",)
    fields = (("code", "name", "status"), "contact", "note")
    change_form_outer_before_template: Any = "catalog/selection/supplier_page.html"

    def command_view(self, request: HttpRequest, object_id: str, command: str) -> HttpResponse:
        """Documents may bring a scan along."""
        asked = file_command(self, request, object_id, command) if takes_file(self, command) else None
        return asked or super().command_view(request, object_id, command)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("documents")

    @column(_("Status"), colours=_STATUS, ordering="status")
    def coloured_status(self, obj: Supplier) -> tuple[str, str]:
        return obj.status, obj.get_status_display()

    @column(_("Qualification"), colours={True: "green", False: "red"})
    def qualification(self, obj: Supplier) -> tuple[bool, Any]:
        lacks = lacking_of(obj.documents.all(), today=_today())
        if not lacks:
            return True, _("Complete")
        return False, ", ".join(str(kind.label) for kind in lacks)

    def page_context(self, request: HttpRequest, obj: Supplier) -> dict[str, Any]:
        rows = obj.documents.select_related("file").order_by("kind", "-issued_on", "-pk")
        return super().page_context(request, obj) | {
            "supplier": obj,
            "card": scorecard(obj, today=_today()),
            "delisted": quality_delists(obj),
            "lacking": lacking_of(obj.documents.all(), today=_today()),
            "documents": [(row, is_valid(expires_on=row.expires_on, today=_today())) for row in rows],
        }

    def values(self, row: Supplier) -> dict[str, Any]:
        return {name: getattr(row, name) for name in ("code", "name", "contact", "note")}

    def make_form(self, request: HttpRequest, row: Any) -> CommandForm:
        form = super().make_form(request, row)
        form.fields["code"].disabled = row is not None
        return form

    def keep(self, row: Supplier | None, form: SupplierForm, actor: Actor) -> Supplier:
        if row:
            return suppliers.change_supplier(supplier_id=row.pk, details=form.details(), actor=actor, now=clock.now())
        code = form.cleaned_data["code"]
        return suppliers.add_supplier(code=code, details=form.details(), actor=actor, now=clock.now())


class ExpiryFilter(admin.SimpleListFilter):
    """Current documents that have expired, or will within the warning time."""

    title, parameter_name = _("expiry"), "expiry"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("expired", _("Expired")), ("due", _("Expired or soon to expire"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        ends = {"expired": _today() - timedelta(days=1), "due": _today() + parameter(DOCUMENT_WARNING)}
        last = ends.get(self.value() or "")
        return queryset.filter(state=DocumentState.CURRENT, expires_on__lte=last) if last else queryset


@admin.register(SupplierDocument)
class SupplierDocumentAdmin(LifecycleAdmin):
    """What proves a supplier's qualification. SOP: C2"""

    subject_kind = documents.SUBJECT
    subject_argument = "document_id"
    state_field = "state"
    lifecycle = DOCUMENT_LIFECYCLE
    commands = {
        "renew": Command(_("Record the renewal"), renew_document, RenewalForm),
        "retire": Command(_("Put the document aside"), documents.retire_document, ReasonForm, danger=True),
    }
    list_display = ("number", "supplier", "kind", "issued_on", "expires_on", "validity", "state")
    list_select_related = ("supplier", "file")
    list_filter = ("state", ExpiryFilter, "kind")
    search_fields = ("number__startswith", "supplier__code__startswith", "supplier__name__icontains")
    fields = (("supplier", "kind", "number"), ("issued_on", "expires_on", "validity"), ("state", "renewed_by", "scan"))
    readonly_fields = ("validity", "scan")

    def command_view(self, request: HttpRequest, object_id: str, command: str) -> HttpResponse:
        """Documents may bring a scan along."""
        asked = file_command(self, request, object_id, command) if takes_file(self, command) else None
        return asked or super().command_view(request, object_id, command)

    @column(_("Validity"), colours={True: "green", False: "red"})
    def validity(self, obj: SupplierDocument) -> tuple[bool, Any]:
        valid = is_valid(expires_on=obj.expires_on, today=_today())
        return valid, _("Valid") if valid else _("Expired")

    @admin.display(description=_("File"))
    def scan(self, obj: SupplierDocument) -> str:
        if obj.file is None:
            return "–"
        link = reverse("admin:file", args=[obj.file.public_id])
        return format_html('<a href="{}">{}</a>', link, obj.file.original_name)


@admin.register(SupplierAssessment)
class SupplierAssessmentAdmin(ReadOnlyAdmin):
    """Every judgement of a supplier, newest first. SOP: C2"""

    list_display = ("supplier", "aspect", "score", "reason", "assessed_on", "assessed_by")
    list_select_related = ("supplier",)
    list_filter = ("aspect",)
    search_fields = ("supplier__code__startswith", "supplier__name__icontains")
    fields = list_display


def _today() -> Any:
    return clock.now().astimezone(SHOP_TIME).date()
