"""The periodic check of live listings, as the specialists work on it."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from catalog.admin.quality.base import AMBER, GREEN, RED
from catalog.admin.quality.showing import must_show
from catalog.admin.quality.storefronts import differences_of
from catalog.enums.quality import AccuracyState, CheckedField
from catalog.models import AccuracyCheck
from catalog.queries.listings import products_for
from catalog.rules.quality.lifecycles import ACCURACY_LIFECYCLE
from catalog.services.quality import accuracy
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import CommandForm
from opsdesk.doors.admin.records import Command, LifecycleAdmin

_COLOURS = {AccuracyState.CURRENT: GREEN, AccuracyState.TO_REVIEW: AMBER, AccuracyState.DIFFERENT: RED}


class ReviewForm(CommandForm):
    """What a person saw; a wrong field goes into the error ledger."""

    wrong_field = forms.ChoiceField(
        label=_("Is a field wrong?"), choices=(("", _("All is right")), *CheckedField.choices), required=False
    )
    note = forms.CharField(label=_("What did you see?"), max_length=500, widget=forms.Textarea)


class SettleForm(CommandForm):
    note = forms.CharField(label=_("What did you do?"), max_length=500, widget=forms.Textarea)


@admin.register(AccuracyCheck)
class AccuracyCheckAdmin(LifecycleAdmin):
    """Price, stock and description of live listings, compared in turn. SOP: C18"""

    subject_kind = accuracy.SUBJECT
    subject_argument = "accuracy_id"
    state_field = "state"
    lifecycle = ACCURACY_LIFECYCLE
    commands = {
        "review": Command(_("Record the review"), accuracy.review, ReviewForm),
        "settle": Command(_("It is settled"), accuracy.settle, SettleForm),
    }
    list_display = ("product", "stage", "probed_at", "probe_by", "reviewed_at", "reviewed_by", "review_by")
    list_select_related = ("product", "reviewed_by")
    list_filter = ("state",)
    search_fields = ("product__code__startswith",)
    fields = ("product", "stage", "probed_at", "probe_by", "review_by", "reviewed_at", "reviewed_by", "note")
    change_form_outer_before_template: Any = "catalog/quality/accuracy.html"

    @column(_("state"), colours=_COLOURS, ordering="state")
    def stage(self, row: AccuracyCheck) -> Any:
        return AccuracyState(row.state), AccuracyState(row.state).label

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(product__in=products_for(actor_of(request)).values("pk"))

    def page_context(self, request: HttpRequest, obj: AccuracyCheck) -> dict[str, Any]:
        live = obj.product.live_revision
        shown = must_show(live) if live else {}
        return super().page_context(request, obj) | {"differences": differences_of(obj.differences)} | shown
