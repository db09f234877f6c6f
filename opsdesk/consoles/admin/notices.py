"""What customers were told, by which channel and with what success; and telling them once more. SOP: O13"""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from opsdesk.common.words import say
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import ReasonForm
from opsdesk.doors.admin.records import Command, LifecycleAdmin
from opsdesk.notifications import services
from opsdesk.notifications.enums import NoticeState
from opsdesk.notifications.models import Notice
from opsdesk.notifications.rules import KIND, NOTICE_LIFECYCLE, masked
from opsdesk.outbound.client import in_words

COLOURS = {NoticeState.WAITING: "amber", NoticeState.SENT: "green", NoticeState.GIVEN_UP: "red"}
STATES = {
    NoticeState.WAITING: Q(sent_at=None, failed_at=None),
    NoticeState.SENT: Q(sent_at__isnull=False),
    NoticeState.GIVEN_UP: Q(failed_at__isnull=False),
}


class StateFilter(admin.SimpleListFilter):
    """By what has become of it."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(state.value, state.label) for state in NoticeState]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Notice]) -> QuerySet[Notice]:
        chosen = self.value()
        return queryset.filter(STATES[NoticeState(chosen)]) if chosen in NoticeState.values else queryset


@admin.register(Notice)
class NoticeAdmin(LifecycleAdmin):
    """SOP: O13"""

    subject_kind = KIND
    subject_argument = "notice_id"
    state_field = "state"
    lifecycle = NOTICE_LIFECYCLE
    commands = {"resend": Command(label=_("Send again"), run=services.resend, form=ReasonForm)}
    keyset = ("-id",)
    list_display = ("created_at", "shop", "channel", "reached_at", "text", "coloured_state", "attempts", "trouble")
    list_select_related = ("shop",)
    list_filter = (StateFilter, "channel", "shop")
    search_fields = ("subject_id__exact",)
    fields = (
        ("shop", "channel", "reached_at"),
        "text",
        ("coloured_state", "attempts", "send_after"),
        ("created_at", "sent_at", "failed_at"),
        "trouble",
    )
    readonly_fields = ("reached_at", "text", "coloured_state", "trouble")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Notice]:
        """Only what customers were told, of the shops that one sees."""
        rows: QuerySet[Notice] = super().get_queryset(request).filter(user=None)
        shops = actor_of(request).shop_ids
        return rows if shops is None else rows.filter(shop__in=shops)

    @admin.display(description=_("address"))
    def reached_at(self, row: Notice) -> str:
        return masked(row.address)

    @admin.display(description=_("text"))
    def text(self, row: Notice) -> str:
        return say(row.message, row.params)

    @column(_("state"), colours=COLOURS)
    def coloured_state(self, row: Notice) -> tuple[str, str]:
        return row.state, str(row.state.label)

    @admin.display(description=_("what went wrong"))
    def trouble(self, row: Notice) -> str:
        return say(in_words(row.error), {}) if row.error else "-"
