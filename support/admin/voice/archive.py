"""The archive of tickets in the browser. SOP: S13"""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from opsdesk.common import clock
from opsdesk.doors.admin.filters import choice_filter
from opsdesk.doors.admin.records import ReadOnlyAdmin
from support.admin.sla.pages import ticket_link, ticket_url
from support.models import ArchiveEntry, Problem
from support.queries.voice import archive as queries

PERIODS = {
    "30": _("Last 30 days"),
    "90": _("Last 90 days"),
    "365": _("Last 365 days"),
}


class OpenedFilter(admin.SimpleListFilter):
    """By when the ticket was opened."""

    title = _("opened")
    parameter_name = "opened"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return list(PERIODS.items())

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        days = self.value()
        return queryset.filter(opened_at__gte=clock.now() - timedelta(days=int(days))) if days in PERIODS else queryset


def _problems() -> list[tuple[str, str]]:
    return [(str(key), name) for key, name in Problem.objects.order_by("position", "pk").values_list("pk", "name")]


@admin.register(ArchiveEntry)
class ArchiveEntryAdmin(ReadOnlyAdmin):
    """SOP: S13"""

    shop_field = "shop"
    list_before_template: Any = "support/voice/archive_list_top.html"
    list_display = ("number", "subject", "type", "channel", "product", "problem", "solution_type", "rated", "archived_at")
    list_display_links = ("subject",)
    list_filter = (
        OpenedFilter,
        "type",
        "channel",
        "solution_type",
        choice_filter(_("problem"), "problem_id", _problems),
        "shop",
    )
    list_select_related = ("ticket", "product", "problem")
    search_fields = ("ticket__number__startswith",)
    search_help_text = _("Words of what was said, of the subject or the solution, or the number")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """By the index of terms: what was said, and the number."""
        return (queries.saying(queryset, search_term) if search_term.strip() else queryset), False

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """An archived ticket is read on the workbench."""
        entry = self.get_object(request, object_id or "")
        if entry is None or not self.has_view_permission(request, entry):
            raise Http404
        return HttpResponseRedirect(ticket_url(entry.ticket))

    @admin.display(description=_("ticket"))
    def number(self, row: ArchiveEntry) -> Any:
        return ticket_link(row.ticket)

    @admin.display(description=_("subject"))
    def subject(self, row: ArchiveEntry) -> str:
        return row.ticket.subject

    @admin.display(description=_("stars"))
    def rated(self, row: ArchiveEntry) -> str:
        return "★" * row.stars if row.stars else "–"
