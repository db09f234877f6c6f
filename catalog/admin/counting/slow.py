"""Turnover, the age of stock, and what to do about stock that hardly moves."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from catalog.admin.counting.forms import NoteForm
from catalog.admin.counting.period import PeriodForm
from catalog.models import SlowStock
from catalog.queries.counting import age_bands, turnover_rows, warehouse_codes
from catalog.rules.counting.lifecycle import SLOW_LIFECYCLE
from catalog.services.counting import slow
from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.records import Command, LifecycleAdmin
from opsdesk.doors.admin.sheets import sheet_response
from opsdesk.duties.definitions import SHOP_TIME

_HEADER = (
    _("Code"),
    _("Name"),
    _("Pieces sold"),
    _("Cost of goods sold"),
    _("Stock value at the start"),
    _("Stock value at the end"),
    _("Turnover (times)"),
    _("Days to turn over"),
)


@admin.register(SlowStock)
class SlowStockAdmin(LifecycleAdmin):
    """A proposal for every SKU that hardly moves, and what was decided. SOP: C23"""

    subject_kind = slow.KIND
    subject_argument = "slow_id"
    state_field = "state"
    lifecycle = SLOW_LIFECYCLE
    commands = {
        "accept": Command(_("Accept"), slow.accept, NoteForm),
        "decline": Command(_("Decline"), slow.decline, NoteForm),
    }
    list_display = ("sku", "proposal", "owner", "state", "pieces", "unsold_days", "cover_days", "due_at")
    list_select_related = ("sku", "decided_by")
    list_filter = ("state", "proposal")
    search_fields = ("sku__code__startswith",)
    fields = (
        "sku",
        "proposal",
        "owner",
        "state",
        "pieces",
        "sold",
        "age_days",
        "unsold_days",
        "cover_days",
        "found_at",
        "due_at",
        "decided_by",
        "decided_at",
        "note",
    )

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.turnover_view)
        return [path("turnover/", view, name="catalog_turnover"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        shops = actor_of(request).shop_ids
        return rows if shops is None else rows.filter(sku__product__offers__shop__in=shops).distinct()

    def buttons(self, obj: Any, actor: Actor) -> list[dict[str, Any]]:
        """Only the desk whose proposal it is decides."""
        return super().buttons(obj, actor) if slow.OWNERS[obj.proposal] in actor.roles else []

    @column(_("Owner"))
    def owner(self, obj: SlowStock) -> Any:
        return slow.OWNERS[obj.proposal].label

    @column(_("Pieces"))
    def pieces(self, obj: SlowStock) -> Any:
        return obj.facts.get("pieces")

    @column(_("Sold in the window"))
    def sold(self, obj: SlowStock) -> Any:
        return obj.facts.get("sold")

    @column(_("Oldest piece (days)"))
    def age_days(self, obj: SlowStock) -> Any:
        return obj.facts.get("age_days")

    @column(_("Not sold for (days)"))
    def unsold_days(self, obj: SlowStock) -> Any:
        return obj.facts.get("unsold_days")

    @column(_("Lasts (days)"))
    def cover_days(self, obj: SlowStock) -> Any:
        return obj.facts.get("cover_days")

    def turnover_view(self, request: HttpRequest) -> HttpResponseBase:
        """Turnover by SKU, category or warehouse over months, and how long stock lies; also as a sheet. SOP: C23"""
        actor = actor_of(request)
        if not actor.can("catalog.view_slowstock") or not actor.can("catalog.view_cost"):
            raise PermissionDenied
        today = clock.now().astimezone(SHOP_TIME).date()
        form = PeriodForm(request.GET or None, warehouses=warehouse_codes(actor), today=today)
        chosen = form.chosen()
        rows = turnover_rows(**chosen) if chosen else []
        if chosen and request.GET.get("format") in ("xlsx", "csv"):
            return sheet_response("turnover", _HEADER, [_sheet_row(row) for row in rows], request.GET["format"])
        context = self.admin_site.each_context(request) | {
            "title": _("Stock turnover"),
            "form": form,
            "header": _HEADER,
            "rows": rows,
            "bands": age_bands(now=clock.now(), warehouse=chosen["warehouse"]) if chosen else [],
            "query": request.GET.urlencode(),
        }
        return TemplateResponse(request, "catalog/counting/turnover.html", context, status=200 if chosen else 400)


def _sheet_row(row: Any) -> list[Any]:
    return [
        row.code,
        row.name,
        row.sold,
        row.cost_of_goods_sold,
        row.opening_value,
        row.closing_value,
        row.times,
        row.turnover_days,
    ]
