"""The notes by which shifts are handed over, and their signing by the next shift. Ours: shift handover note."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline

from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import ReasonForm
from opsdesk.doors.admin.records import Command, LifecycleAdmin
from opsdesk.doors.words import say
from opsdesk.handover import services
from opsdesk.handover.enums import HandoverState
from opsdesk.handover.models import HandoverLine, HandoverNote
from opsdesk.handover.queries import readable
from opsdesk.handover.rules import HANDOVER_LIFECYCLE, KIND
from opsdesk.inbox.kinds import REGISTER

COLOURS = {HandoverState.GIVEN: "amber", HandoverState.ACCEPTED: "green", HandoverState.SENT_BACK: "red"}
NOW_COLOURS = {"open": "amber", "finished": "green"}


class LinesTable(TabularInline):
    """What was open, and what has become of it since."""

    model = HandoverLine
    extra = 0
    can_delete = False
    hide_title = True
    fields = readonly_fields = ("due_at", "work", "in_work", "remark", "now", "owner")

    def get_queryset(self, request: HttpRequest) -> QuerySet[HandoverLine]:
        return super().get_queryset(request).select_related("item__owner", "item__shop")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may see the note may see its lines."""
        return True

    @admin.display(description=_("work"))
    def work(self, line: HandoverLine) -> SafeString:
        kind = REGISTER[line.item.kind]
        return format_html('<a href="{}">{}</a>', kind.url(line.item.subject_id), say(kind.title, line.item.params))

    @admin.display(description=_("was in work"))
    def in_work(self, line: HandoverLine) -> str:
        return gettext("yes") if line.claimed else ""

    @column(_("state now"), colours=NOW_COLOURS)
    def now(self, line: HandoverLine) -> tuple[str, Any]:
        return ("finished", _("finished")) if line.item.closed_at else ("open", _("open"))

    @admin.display(description=_("claimed by"))
    def owner(self, line: HandoverLine) -> str:
        return str(line.item.owner or line.item.closed_by or "")


@admin.register(HandoverNote)
class HandoverNoteAdmin(LifecycleAdmin):
    """SOP: G2"""

    subject_kind = KIND
    subject_argument = "note_id"
    state_field = "state"
    lifecycle = HANDOVER_LIFECYCLE
    commands = {
        "accept": Command(label=_("Take over"), run=services.accept_shift),
        "send_back": Command(label=_("Send back"), run=services.send_back, form=ReasonForm, danger=True),
    }
    keyset = ("-id",)
    list_before_template: Any = "consoles/handover_list_top.html"
    list_display = ("desk", "given_by", "given_at", "coloured_state", "accept_by", "answered_by", "answered_at")
    list_select_related = ("given_by", "answered_by")
    list_filter = ("state", "desk")
    inlines = (LinesTable,)
    fields = (
        ("desk", "state", "more"),
        ("given_by", "given_at", "accept_by"),
        "remark",
        ("answered_by", "answered_at", "answer"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[HandoverNote]:
        return readable(super().get_queryset(request), actor_of(request))

    @column(_("state"), colours=COLOURS)
    def coloured_state(self, note: HandoverNote) -> tuple[str, str]:
        return note.state, note.get_state_display()
