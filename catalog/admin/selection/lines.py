"""The lines of selection lists: filtered, written, decided, made into drafts."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.admin.selection.frame import AddingAdmin
from catalog.admin.selection.line_filters import PlatformFilter, SalesFilter, ScoreFilter, TargetFilter, TurnoverFilter
from catalog.admin.selection.line_forms import VERDICTS, DecisionForm, LineForm, values_of
from catalog.admin.selection.line_rows import COLOURS, line_rows
from catalog.admin.selection.line_table import line_table
from catalog.enums.selection import LineDecision, SelectionState
from catalog.models import SelectionLine, SelectionList
from catalog.queries.selection.lines import open_lists, with_facts
from catalog.rules.selection.lifecycles import LINE_LIFECYCLE, SELECTION_LIFECYCLE
from catalog.services.selection import decisions, lines
from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import posted
from opsdesk.doors.admin.records import Command
from opsdesk.doors.admin.sheets import sheet_response
from opsdesk.doors.api.problems import status_of
from opsdesk.shops.enums import Platform

_COSTS = ("cost", "margin", "margin_score")
_DECIDE = "catalog.decide_selectionlist"


@admin.register(SelectionLine)
class SelectionLineAdmin(AddingAdmin):
    """Ideas of products over all selection lists. SOP: C1, C2"""

    subject_kind = lines.LINE
    subject_argument = "line_id"
    state_field = "decision"
    lifecycle = LINE_LIFECYCLE
    form_class, add_permission, add_title = LineForm, "catalog.change_selectionlist", _("New line")
    commands = {"make_product": Command(_("Make a draft product"), decisions.make_product)}
    list_display = (
        "idea",
        "coloured_decision",
        "score",
        "selection",
        "category",
        "supplier",
        "platform_names",
        "monthly_sales",
        "turnover",
        "price",
        "cost",
        "margin",
    )
    list_select_related = ("selection", "category", "supplier")
    list_filter = ("decision", PlatformFilter, SalesFilter, TurnoverFilter, ScoreFilter, TargetFilter)
    list_filter_submit = True
    search_fields = ("idea__icontains", "search_term__icontains", "selection__title__icontains", "supplier__name__icontains")
    fields = (
        ("idea", "selection", "no"),
        ("category", "supplier", "platform_names"),
        ("expected_monthly_sales", "turnover_days", "search_term"),
        ("price", "competitor_price"),
        ("cost", "margin"),
        ("demand_score", "quality_score", "supplier_score"),
        ("margin_score", "score"),
        ("quality_standard", "complaint_record"),
        "trend_note",
        "source_lines",
        ("decision", "product"),
        ("decided_by", "decided_at"),
        "reason",
    )
    change_form_outer_before_template: Any = "catalog/selection/line_page.html"
    list_before_template: Any = "catalog/selection/lines_top.html"

    @column(_("Decision"), colours=COLOURS, ordering="decision")
    def coloured_decision(self, obj: SelectionLine) -> tuple[str, str]:
        return obj.decision, obj.get_decision_display()

    @admin.display(description=_("Platforms"))
    def platform_names(self, obj: SelectionLine) -> str:
        return ", ".join(str(Platform(code).label) for code in obj.platforms)

    @admin.display(description=_("Sales a month"))
    def monthly_sales(self, obj: SelectionLine) -> int | None:
        return obj.expected_monthly_sales

    @admin.display(description=_("Turnover (days)"))
    def turnover(self, obj: SelectionLine) -> int | None:
        return obj.turnover_days

    @admin.display(description=_("Sources"))
    def source_lines(self, obj: SelectionLine) -> str:
        return "\n".join(obj.sources)

    def get_list_display(self, request: HttpRequest) -> Any:
        return _visible(self.list_display, request)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        rows = (row if isinstance(row, tuple) else (row,) for row in self.fields)
        return [visible for row in rows if (visible := _visible(row, request))]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("platform_names", "source_lines")

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("export/<slug:format>/", wrap(self.export_view), name="catalog_selectionline_export"),
            path("<path:object_id>/edit/", wrap(self.edit_view), name="catalog_selectionline_edit"),
            path("<path:object_id>/decide/", wrap(self.decide_view), name="catalog_selectionline_decide"),
            *super().get_urls(),
        ]

    def export_view(self, request: HttpRequest, format: str) -> HttpResponseBase:
        """The lines that the list shows, by the same filters, as a table. SOP: C1"""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = with_facts(self.get_changelist_instance(request).get_queryset(request))
        header, rows = line_table(found, costs=actor_of(request).can("catalog.view_cost"))
        return sheet_response("selection-lines", header, rows, format)

    def page_context(self, request: HttpRequest, obj: SelectionLine) -> dict[str, Any]:
        found = with_facts(SelectionLine.objects.filter(pk=obj.pk))
        [row] = line_rows(found, now=clock.now())
        return super().page_context(request, obj) | {"row": row, "costs": actor_of(request).can("catalog.view_cost")}

    def buttons(self, obj: Any, actor: Actor) -> list[dict[str, Any]]:
        """What may be done with the line now: write it, decide on it, draft its product."""
        screens, steps = [], SELECTION_LIFECYCLE.available(obj.selection.state, actor)
        if "edit" in steps and obj.decision == LineDecision.OPEN:
            screens.append(("edit", _("Edit")))
        if "decide" in steps and obj.decision == LineDecision.OPEN:
            screens.append(("decide", _("Decide")))
        found = [
            {
                "name": name,
                "label": label,
                "danger": False,
                "url": reverse(f"admin:catalog_selectionline_{name}", args=[obj.pk]),
            }
            for name, label in screens
        ]
        done = obj.product_id is not None or obj.selection.state == SelectionState.CLOSED
        return [*found, *(() if done else super().buttons(obj, actor))]

    def make_form(self, request: HttpRequest, row: Any) -> LineForm:
        if row:
            return LineForm(posted(request), initial=values_of(row))
        selection = self._named_list(request)
        assert selection
        return LineForm(posted(request), list_id=selection.pk)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Write a line on the list named by ``list``."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        selection = self._named_list(request)
        if selection is None:
            messages.error(request, gettext("No selection list is open; begin one first."))
            return HttpResponseRedirect(reverse("admin:catalog_selectionlist_changelist"))
        title = gettext("New line of %(list)s") % {"list": selection}
        return self.ask(request, None, title, reverse("admin:catalog_selectionlist_change", args=[selection.pk]))

    def edit_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Write a line anew."""
        row = self._line(request, object_id, "catalog.change_selectionlist")
        return self.ask(request, row, gettext("Line of %(list)s") % {"list": row.selection}, self.page_of(row))

    def keep(self, row: SelectionLine | None, form: LineForm, actor: Actor) -> SelectionLine:
        details = form.details()
        if row is None:
            return lines.add_line(list_id=form.list_id, details=details, actor=actor, now=clock.now())
        version = form.cleaned_data["version"] or 0
        return lines.change_line(line_id=row.pk, version=version, details=details, actor=actor, now=clock.now())

    def page_of(self, row: Any) -> str:
        return reverse("admin:catalog_selectionlist_change", args=[row.selection_id])

    def decide_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show the line with all that speaks against it, and take the decision. SOP: C1, C2"""
        row = self._line(request, object_id, _DECIDE)
        form, status = DecisionForm(posted(request), initial={"version": row.version}), 200
        if request.method == "POST":
            status = 422
            if form.is_valid():
                try:
                    decisions.decide_line(line_id=row.pk, **form.cleaned_data, actor=actor_of(request), now=clock.now())
                except DomainError as refusal:
                    form.refuse(refusal)
                    status = status_of(refusal)
                else:
                    messages.success(request, gettext("Decided: %(line)s") % {"line": row})
                    return HttpResponseRedirect(self.page_of(row))
        context = self.admin_site.each_context(request) | {
            **self.page_context(request, row),
            "title": gettext("Decide on a line of %(list)s") % {"list": row.selection},
            "form": form,
            "verdicts": VERDICTS.items(),
            "back": self.page_of(row),
            "opts": self.opts,
            "original": row,
        }
        return TemplateResponse(request, "catalog/selection/decide.html", context, status=status)

    def command_view(self, request: HttpRequest, object_id: str, command: str) -> HttpResponse:
        """One click makes the draft and opens it."""
        response = super().command_view(request, object_id, command)
        line = self.get_object(request, object_id)
        if response.status_code == 302 and line.product_id:
            return HttpResponseRedirect(reverse("admin:catalog_listingrevision_write", args=[line.product.latest_revision_id]))
        return response

    @staticmethod
    def _named_list(request: HttpRequest) -> SelectionList | None:
        """The list that the address names, else the newest that is still a draft."""
        key = request.GET.get("list", "")
        named = SelectionList.objects.filter(pk=int(key)) if key.isdecimal() and len(key) < 19 else open_lists()
        return named.first()

    def _line(self, request: HttpRequest, object_id: str, permission: str) -> SelectionLine:
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        if not self.has_view_permission(request, row) or not actor_of(request).can(permission):
            raise PermissionDenied
        found: SelectionLine = row
        return found


def _visible(names: Any, request: HttpRequest) -> tuple[str, ...]:
    """The names without those that tell costs, for people who may not see them."""
    costs = actor_of(request).can("catalog.view_cost")
    return tuple(name for name in names if costs or name not in _COSTS)
