"""What comes back too often, in the browser: the rates, and what is done about them. SOP: O22"""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from opsdesk.accounts.grants import permissions_of
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import Actor
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import CommandForm
from opsdesk.doors.admin.records import Command, LifecycleAdmin
from orders.admin.returns.analysis import analysis_page
from orders.enums.returns import ImprovementState
from orders.models import ReturnImprovement
from orders.rules.returns.rates import IMPROVEMENT_LIFECYCLE, Rate
from orders.services.returns import improving

COLOURS = {
    ImprovementState.OPEN: "red",
    ImprovementState.WATCHED: "amber",
    ImprovementState.IMPROVED: "green",
    ImprovementState.NOT_IMPROVED: "red",
    ImprovementState.NO_DATA: "grey",
}


class MeasureForm(CommandForm):
    """What is done about it."""

    measure = forms.CharField(label=_("What is done about it"), max_length=1000, widget=forms.Textarea)


def _owners() -> list[tuple[str, Any]]:
    return [(role.value, role.label) for role in Role if improving.PERMISSION in permissions_of(role)]


class ReopenForm(CommandForm):
    """Whose the new round is, and until when a measure is decided on."""

    owner = forms.ChoiceField(label=_("Owner"), choices=_owners)
    due_at = forms.DateTimeField(
        label=_("Measure by"), widget=forms.DateTimeInput(attrs={"type": "datetime-local", "class": "od-input"})
    )


@admin.register(ReturnImprovement)
class ImprovementAdmin(LifecycleAdmin):
    """SOP: O22"""

    subject_kind = improving.KIND
    subject_argument = "improvement_id"
    state_field = "state"
    lifecycle = IMPROVEMENT_LIFECYCLE
    commands = {
        "take_measure": Command(label=_("Decide on a measure"), run=improving.take_measure, form=MeasureForm),
        "reopen": Command(label=_("Open a new round"), run=improving.reopen, form=ReopenForm),
    }
    list_display = ("key", "kind", "round", "coloured_state", "before", "after", "due_at", "judge_at")
    list_filter = ("state", "kind")
    search_fields = ("key__startswith",)
    fields = (
        ("key", "kind", "state"),
        ("round", "previous", "owner_role"),
        ("before", "shipped", "returned", "limit_percent"),
        ("opened_at", "due_at"),
        ("measure", "measured_by", "judge_at"),
        ("after", "shipped_after", "returned_after", "closed_at"),
    )
    readonly_fields = ("before", "after")

    def buttons(self, obj: Any, actor: Actor) -> list[dict[str, Any]]:
        """A new round is opened once."""
        followed = ReturnImprovement.objects.filter(previous=obj).exists()
        return [button for button in super().buttons(obj, actor) if button["name"] != "reopen" or not followed]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.analysis_view)
        return [path("analysis/", view, name="orders_returns_analysis"), *super().get_urls()]

    def analysis_view(self, request: HttpRequest) -> HttpResponseBase | HttpResponse:
        """The rates of a period."""
        return analysis_page(request, self.admin_site, permitted=self.has_view_permission(request))

    @column(_("state"), colours=COLOURS)
    def coloured_state(self, row: ReturnImprovement) -> tuple[str, str]:
        return row.state, row.get_state_display()

    @admin.display(description=_("rate before"))
    def before(self, row: ReturnImprovement) -> str:
        return f"{Rate(row.key, row.shipped, row.returned).percent} %"

    @admin.display(description=_("rate afterwards"))
    def after(self, row: ReturnImprovement) -> str:
        if row.shipped_after is None or row.returned_after is None:
            return "–"
        return f"{Rate(row.key, row.shipped_after, row.returned_after).percent} %"
