"""Stocktakes in the browser: planning, counting by scanner or keyboard, checking what differs, posting, prints."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from catalog.admin.counting.forms import CountRows, PlanForm
from catalog.enums.counting import StocktakeState
from catalog.models import Stocktake, StocktakeLine
from catalog.queries.counting import locations_of, stocktakes_for, warehouse_codes
from catalog.rules.counting.lifecycle import STOCKTAKE_LIFECYCLE
from catalog.services.counting import counts, planning, posting, steps
from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import CommandForm, ReasonForm, posted
from opsdesk.doors.admin.records import Command, LifecycleAdmin

_OPEN_BOOKS = (StocktakeState.REVIEWED, StocktakeState.POSTED)  # whoever counts does not see what is expected

_TO_COUNT = (StocktakeState.PLANNED, StocktakeState.COUNTING)
_COLOURS = {"counting": "blue", "reviewed": "amber", "posted": "green", "overdue": "red"}


@admin.register(Stocktake)
class StocktakeAdmin(LifecycleAdmin):
    """Counts, each with its lines and its prints. SOP: C22"""

    subject_kind = steps.KIND
    subject_argument = "stocktake_id"
    state_field = "state"
    lifecycle = STOCKTAKE_LIFECYCLE
    commands = {
        "start": Command(_("Start counting"), counts.start),
        "finish": Command(_("Everything is counted"), counts.finish, CommandForm),
        "post": Command(_("Post the variances"), posting.post, CommandForm),
        "recount": Command(_("Have it counted again"), posting.recount, ReasonForm),
        "cancel": Command(_("Cancel the stocktake"), planning.cancel, ReasonForm, danger=True),
    }
    list_before_template: Any = "catalog/inbound/list_top.html"
    list_display = ("title", "warehouse", "standing", "due_at", "counter", "poster", "posted_at")
    list_select_related = ("warehouse", "counter", "poster")
    list_filter = ("state", "warehouse")
    search_fields = ("title__startswith",)
    fields = ("title", "warehouse", "state", "due_at", "started_at", "counter", "finished_at", "poster", "posted_at")
    change_form_outer_before_template: Any = "catalog/counting/stocktake.html"

    @column(_("state"), colours=_COLOURS, ordering="state")
    def standing(self, row: Stocktake) -> tuple[str, str]:
        if row.state in _TO_COUNT and row.due_at < clock.now():
            return "overdue", _t("%(state)s, overdue") % {"state": row.get_state_display()}
        return row.state, row.get_state_display()

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("<path:object_id>/count/", wrap(self.count_view), name="catalog_stocktake_count"),
            path("<path:object_id>/print/", wrap(self.print_view), name="catalog_stocktake_print"),
        ]
        return [*own, *super().get_urls()]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("catalog.add_stocktake")  # type: ignore[union-attr]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(pk__in=stocktakes_for(actor_of(request)).values("pk"))

    def page_context(self, request: HttpRequest, obj: Stocktake) -> dict[str, Any]:
        return super().page_context(request, obj) | _lines(obj) | {"stocktake": obj}

    def buttons(self, obj: Any, actor: Actor) -> list[dict[str, Any]]:
        """The commands, and before them the screen to count on."""
        screens, order = [], list(self.commands)
        if "count" in self.lifecycle.available(obj.state, actor):
            url = reverse("admin:catalog_stocktake_count", args=[obj.pk])
            screens.append({"name": "count", "label": _("Count"), "danger": False, "url": url})
        return [*screens, *sorted(super().buttons(obj, actor), key=lambda button: order.index(button["name"]))]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        url = reverse("admin:catalog_stocktake_add")
        found = [{"name": "add", "label": _("Plan a stocktake"), "url": url}] if self.has_add_permission(request) else []
        return super().changelist_view(request, {"list_buttons": found} | (extra_context or {}))

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Plan a stocktake."""
        actor = actor_of(request)
        if not actor.can("catalog.add_stocktake"):
            raise PermissionDenied
        form = PlanForm(posted(request), warehouses=warehouse_codes(actor))
        if request.method == "POST" and form.is_valid():
            try:
                stocktake = planning.plan_stocktake(**form.cleaned_data, actor=actor, now=clock.now())
            except DomainError as refusal:
                form.refuse(refusal)
            else:
                return HttpResponseRedirect(reverse("admin:catalog_stocktake_change", args=[stocktake.pk]))
        context = self.admin_site.each_context(request) | {"title": _("Plan a stocktake"), "form": form, "opts": self.opts}
        return TemplateResponse(request, "catalog/counting/plan.html", context, status=422 if form.errors else 200)

    def count_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Enter what was counted; what the books say is not shown."""
        actor, stocktake = actor_of(request), self.get_object(request, object_id)
        if stocktake is None:
            raise Http404
        if not self.has_view_permission(request, stocktake) or not actor.can("catalog.count_stock"):
            raise PermissionDenied
        lines = list(stocktake.lines.select_related("sku__product").order_by("sku__code"))
        filled = [{"sku": row.sku.code, "counted": row.counted, "reason": row.reason, "note": row.note} for row in lines]
        rows, error = CountRows(posted(request), initial=filled, prefix="counts"), None
        if request.method == "POST" and rows.is_valid():
            given = [found for row in rows if (found := row.to_count())]
            try:
                counts.count(stocktake_id=stocktake.pk, counts=given, actor=actor, now=clock.now())
            except DomainError as refusal:
                error = CommandForm({})
                error.is_valid()
                error.refuse(refusal)
            else:
                messages.success(request, _t("Saved: %(count)s counts.") % {"count": len(given)})
                return HttpResponseRedirect(reverse("admin:catalog_stocktake_change", args=[stocktake.pk]))
        places = locations_of([line.sku_id for line in lines], stocktake.warehouse_id)
        known = [(line, places.get(line.sku_id, "")) for line in lines]
        context = self.admin_site.each_context(request) | {
            "title": _("Count"),
            "subtitle": str(stocktake),
            "opts": self.opts,
            "original": stocktake,
            "rows": rows,
            "known": [(form, *known[index]) if index < len(known) else (form, None, "") for index, form in enumerate(rows)],
            "error": error,
        }
        status = 422 if request.method == "POST" else 200
        return TemplateResponse(request, "catalog/counting/count.html", context, status=status)

    def print_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The slip: to be filled in before the count, with what differed after it."""
        stocktake = self.get_object(request, object_id)
        if stocktake is None or not self.has_view_permission(request, stocktake):
            raise Http404
        context = _lines(stocktake) | {"stocktake": stocktake, "now": clock.now()}
        return TemplateResponse(request, "catalog/counting/slip.html", context)


def _lines(stocktake: Stocktake) -> dict[str, Any]:
    """The lines for page and print; the books are shown only once everything is counted."""
    lines = list(stocktake.lines.select_related("sku__product").order_by("sku__code"))
    places = locations_of([line.sku_id for line in lines], stocktake.warehouse_id)
    shows_books = stocktake.state in _OPEN_BOOKS
    rows = [(line, places.get(line.sku_id, ""), _variance(line) if shows_books else None) for line in lines]
    return {
        "lines": rows,
        "shows_books": shows_books,
        "counted": sum(line.counted is not None for line in lines),
        "differing": sum(bool(variance) for _line, _place, variance in rows),
    }


def _variance(line: StocktakeLine) -> int:
    return (line.counted or 0) - (line.expected_at_count or 0)
