"""What happened and what ran: audit entries, events, duty runs."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from opsdesk.audit.labels import label
from opsdesk.audit.models import AuditEntry
from opsdesk.common.actors import ActorKind
from opsdesk.doors.admin.filters import choice_filter
from opsdesk.doors.admin.records import ReadOnlyAdmin
from opsdesk.doors.words import say
from opsdesk.duties.definitions import REGISTER
from opsdesk.duties.models import DutyRun
from opsdesk.webhooks.models import Event

_ACTORS = ((ActorKind.STAFF, _("Staff")), (ActorKind.CLIENT, _("API client")), (ActorKind.SYSTEM, _("System")))


def _actors() -> Iterable[tuple[str, Any]]:
    return [(kind.value, title) for kind, title in _ACTORS]


def _duties() -> Iterable[tuple[str, Any]]:
    return [(name, say(duty.title, {})) for name, duty in sorted(REGISTER.items())]


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ("at", "what", "subject_id", "actor_label", "shop", "reason")
    list_filter = (choice_filter(_("actor"), "actor_kind", _actors),)
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
    search_fields = ("subject_id__startswith",)
    fields = ("public_id", "type", "occurred_at", "shop", "subject_id", "sequence", "data")


@admin.register(DutyRun)
class DutyRunAdmin(ReadOnlyAdmin):
    list_display = ("slot", "duty", "outcome", "late", "hits", "started_at", "finished_at", "attempts")
    list_filter = ("outcome", "late", choice_filter(_("duty"), "duty", _duties))
    fields = (*list_display, "error")
