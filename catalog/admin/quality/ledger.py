"""The error ledger, and the audited fields that the figures are counted over."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from catalog.admin.quality.base import AMBER, GREEN, RED
from catalog.admin.quality.rates import error_rate_view
from catalog.models import AuditedField, ListingError
from catalog.queries.listings import revisions_for
from catalog.rules.quality.lifecycles import DONE, ERROR_LIFECYCLE, KEPT
from catalog.services.quality import ledger
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import CommandForm
from opsdesk.doors.admin.records import Command, LifecycleAdmin, ReadOnlyAdmin


class CorrectionForm(CommandForm):
    correction = forms.CharField(label=_("What did you do?"), max_length=500, widget=forms.Textarea)


@admin.register(ListingError)
class ListingErrorAdmin(LifecycleAdmin):
    """Every error of a live listing, whoever found it. SOP: C17"""

    subject_kind = ledger.SUBJECT
    subject_argument = "error_id"
    state_field = "progress"
    lifecycle = ERROR_LIFECYCLE
    commands = {"correct": Command(_("It is corrected"), ledger.correct_error, CorrectionForm)}
    list_display = ("revision", "field", "kind", "stage", "source", "specialist_label", "supplier", "found_at", "correct_by")
    list_select_related = ("revision__product",)
    list_filter = (("corrected_at", admin.EmptyFieldListFilter), "source", "kind", "field")
    search_fields = ("revision__product__code__startswith", "specialist_label__startswith", "supplier__startswith")
    fields = (
        "revision",
        "field",
        "kind",
        "stage",
        "source",
        "source_ref",
        "note",
        "specialist_label",
        "supplier",
        "found_at",
        "correct_by",
        "corrected_at",
        "corrected_by",
        "correction",
    )

    @column(_("status"), colours={DONE: GREEN, KEPT: AMBER})
    def stage(self, row: ListingError) -> Any:
        return row.progress, _("Corrected") if row.corrected_at else _("To correct")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(revision__in=revisions_for(actor_of(request)).values("pk"))


@admin.register(AuditedField)
class AuditedFieldAdmin(ReadOnlyAdmin):
    """The rows behind the error rate. SOP: C17"""

    list_display = ("revision", "field", "verdict", "kind", "note", "specialist_label", "supplier", "basis", "checked_at")
    list_select_related = ("revision__product",)
    list_filter = ("is_right", "basis", "kind", "field", "checked_at")
    search_fields = ("revision__product__code__startswith", "specialist_label__exact", "supplier__exact")
    fields = list_display

    @column(_("verdict"), colours={True: GREEN, False: RED})
    def verdict(self, row: AuditedField) -> Any:
        return row.is_right, _("Right") if row.is_right else _("Wrong")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(revision__in=revisions_for(actor_of(request)).values("pk"))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(error_rate_view)
        return [path("error-rate/", view, name="catalog_error_rate"), *super().get_urls()]

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        return lookup in _LOOKUPS or super().lookup_allowed(lookup, value, request)  # type: ignore[arg-type]


_LOOKUPS = frozenset(
    {"specialist_label", "supplier", "supplier__exact", "checked_at__gte", "checked_at__lt", "is_right__exact"}
)
