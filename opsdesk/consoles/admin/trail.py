"""What happened and what ran: audit entries, events, duty runs."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from opsdesk.audit.labels import label
from opsdesk.audit.models import AuditEntry
from opsdesk.doors.admin.records import ReadOnlyAdmin
from opsdesk.doors.words import say
from opsdesk.duties.definitions import REGISTER
from opsdesk.duties.models import DutyRun
from opsdesk.webhooks.models import Event


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ("at", "what", "subject_id", "actor_label", "shop", "reason")
    list_filter = ("actor_kind",)
    search_fields = ("subject_id__startswith", "request_id__startswith")
    fields = ("at", "action", "subject_kind", "subject_id", "actor_kind", "actor_label", "shop", "reason", "before", "after",
              "request_id")  # fmt: skip

    @admin.display(description=_("action"))
    def what(self, entry: AuditEntry) -> str:
        """The action in words."""
        return say(label(entry.action), {})


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ("occurred_at", "type", "subject_id", "sequence", "shop")
    list_select_related = ("shop",)
    search_fields = ("subject_id__startswith", "type__startswith")
    fields = ("public_id", "type", "occurred_at", "shop", "subject_id", "sequence", "data")


class DutyFilter(admin.SimpleListFilter):
    """By duty, as they are registered: the runs themselves are too many to ask them."""

    title = _("duty")
    parameter_name = "duty"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(name, name) for name in sorted(REGISTER)]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(duty=self.value()) if self.value() else queryset


@admin.register(DutyRun)
class DutyRunAdmin(ReadOnlyAdmin):
    list_display = ("slot", "duty", "outcome", "late", "hits", "started_at", "finished_at", "attempts")
    list_filter = ("outcome", "late", DutyFilter)
    fields = (*list_display, "error")
