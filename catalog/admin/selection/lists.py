"""Selection lists: begun, filled, submitted, decided line by line, printed."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSingleDateWidget

from catalog.admin.selection.frame import NumberFilter, WritingAdmin
from catalog.admin.selection.line_rows import line_rows
from catalog.admin.selection.line_table import line_table
from catalog.enums.selection import SelectionState
from catalog.models import SelectionList
from catalog.queries.selection.lines import lines_of
from catalog.rules.selection.lifecycles import SELECTION_LIFECYCLE
from catalog.services.selection import lists
from catalog.services.selection.lists import ListDetails
from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import CommandForm, ReasonForm
from opsdesk.doors.admin.records import Command
from opsdesk.doors.admin.sheets import sheet_response

_STATES = {
    SelectionState.DRAFT: "grey",
    SelectionState.SUBMITTED: "amber",
    SelectionState.DECIDED: "green",
    SelectionState.CLOSED: "blue",
}


class ListForm(CommandForm):
    """What a list is for."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("Title"), max_length=120)
    starts_on = forms.DateField(label=_("From"), widget=UnfoldAdminSingleDateWidget)
    ends_on = forms.DateField(label=_("Until"), widget=UnfoldAdminSingleDateWidget)
    sales_target = forms.DecimalField(
        label=_("Sales target"),
        min_value=0,
        max_digits=14,
        decimal_places=2,
        help_text=_("The revenue that the selected goods are to bring in this period."),
    )

    def details(self) -> ListDetails:
        """The form as what the service takes."""
        return ListDetails(**{name: value for name, value in self.cleaned_data.items() if name != "version"})


class TargetFilter(NumberFilter):
    title, parameter_name, lookup = _("Sales target at least"), "min_target", "sales_target__gte"


@admin.register(SelectionList)
class SelectionListAdmin(WritingAdmin):
    """The selection list (商品选品清单). SOP: C1"""

    subject_kind = lists.KIND
    subject_argument = "list_id"
    state_field = "state"
    lifecycle = SELECTION_LIFECYCLE
    form_class, add_permission, add_title = ListForm, "catalog.add_selectionlist", _("New selection list")
    commands = {
        "submit": Command(_("Submit for decision"), lists.submit_list),
        "return": Command(_("Return for changes"), lists.return_list, ReasonForm, danger=True),
        "close": Command(_("Close the list"), lists.close_list, ReasonForm, danger=True),
    }
    list_display = ("title", "starts_on", "ends_on", "sales_target", "coloured_state", "author_label", "decide_by")
    list_filter = ("state", TargetFilter)
    list_filter_submit = True
    search_fields = ("title__icontains", "public_id")
    fields = (
        ("title", "state"),
        ("starts_on", "ends_on"),
        ("sales_target", "author_label"),
        ("submitted_at", "decide_by"),
        ("decided_at", "decided_by"),
    )
    change_form_outer_before_template: Any = "catalog/selection/list_page.html"

    @column(_("State"), colours=_STATES, ordering="state")
    def coloured_state(self, obj: SelectionList) -> tuple[str, str]:
        return obj.state, obj.get_state_display()

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<path:object_id>/print/", wrap(self.print_view), name="catalog_selectionlist_print"),
            path("<path:object_id>/export/<slug:format>/", wrap(self.export_view), name="catalog_selectionlist_export"),
            *super().get_urls(),
        ]

    def page_context(self, request: HttpRequest, obj: SelectionList) -> dict[str, Any]:
        actor = actor_of(request)
        steps = self.lifecycle.available(obj.state, actor)
        return super().page_context(request, obj) | {
            "selection": obj,
            "rows": line_rows(lines_of(obj), now=clock.now()),
            "costs": actor.can("catalog.view_cost"),
            "may_decide": "decide" in steps and actor.staff_id not in (obj.author_id, *obj.writer_ids),
            "may_write": "edit" in steps,
            "may_draft": actor.can("catalog.add_listingrevision") and obj.state != SelectionState.CLOSED,
        }

    def buttons(self, obj: Any, actor: Actor) -> list[dict[str, Any]]:
        """The commands; before them the next line, behind them the print."""
        found = super().buttons(obj, actor)
        if "add_line" in self.lifecycle.available(obj.state, actor):
            url = reverse("admin:catalog_selectionline_add") + f"?list={obj.pk}"
            found.insert(0, {"name": "add_line", "label": _("Add a line"), "danger": False, "url": url})
        url = reverse("admin:catalog_selectionlist_print", args=[obj.pk])
        found.append({"name": "print", "label": _("Print"), "danger": False, "url": url})
        for format, label in (("xlsx", _("Export as xlsx")), ("csv", _("Export as csv"))):
            url = reverse("admin:catalog_selectionlist_export", args=[obj.pk, format])
            found.append({"name": format, "label": label, "danger": False, "url": url})
        return found

    def print_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The list on paper; costs and margins only for those who may see them. SOP: C1"""
        row = self.get_object(request, object_id)
        if row is None or not self.has_view_permission(request, row):
            raise Http404
        context = {
            "selection": row,
            "rows": line_rows(lines_of(row), now=clock.now()),
            "costs": actor_of(request).can("catalog.view_cost"),
            "now": clock.now(),
        }
        return TemplateResponse(request, "catalog/selection/list_print.html", context)

    def export_view(self, request: HttpRequest, object_id: str, format: str) -> HttpResponseBase:
        """The list as a table; costs and margins only for those who may see them. SOP: C1"""
        row = self.get_object(request, object_id)
        if row is None or not self.has_view_permission(request, row):
            raise Http404
        header, rows = line_table(lines_of(row), costs=actor_of(request).can("catalog.view_cost"))
        return sheet_response(row.public_id, header, rows, format)

    def values(self, row: SelectionList) -> dict[str, Any]:
        return {name: getattr(row, name) for name in ("version", "title", "starts_on", "ends_on", "sales_target")}

    def keep(self, row: SelectionList | None, form: ListForm, actor: Actor) -> SelectionList:
        if row is None:
            return lists.create_list(details=form.details(), actor=actor, now=clock.now())
        version = form.cleaned_data["version"] or 0
        return lists.change_list(list_id=row.pk, version=version, details=form.details(), actor=actor, now=clock.now())
