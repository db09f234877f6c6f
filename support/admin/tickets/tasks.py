"""Questions of customer service to departments, in the browser."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from opsdesk.common.actors import Actor
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.records import Command, LifecycleAdmin
from support.admin.tickets.forms import AnswerForm
from support.enums.desk import TaskState
from support.models import DepartmentTask
from support.rules.tickets.tasks import TASK_LIFECYCLE
from support.services.tickets import departments

COLOURS = {TaskState.OPEN: "amber", TaskState.ANSWERED: "green", TaskState.WITHDRAWN: "grey"}


@admin.register(DepartmentTask)
class DepartmentTaskAdmin(LifecycleAdmin):
    """SOP: S6"""

    subject_kind = departments.KIND
    subject_argument = "task_id"
    state_field = "state"
    shop_field = "ticket__shop"
    lifecycle = TASK_LIFECYCLE
    commands = {"answer": Command(label=_("Answer"), run=departments.answer_task, form=AnswerForm)}
    keyset = ("-id",)
    list_display = ("public_id", "ticket_number", "role", "coloured_state", "due_at", "asked_by")
    list_select_related = ("ticket",)
    list_filter = ("state", "role")
    search_fields = ("ticket__number__startswith",)
    fields = (
        ("ticket_number", "role", "coloured_state"),
        "question",
        ("asked_by", "asked_at", "due_at"),
        "answer",
        ("answered_by", "answered_at"),
    )
    readonly_fields = ("ticket_number", "coloured_state")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("ticket")

    def buttons(self, obj: Any, actor: Actor) -> list[dict[str, Any]]:
        """Only the department that was asked answers."""
        return super().buttons(obj, actor) if obj.role in actor.roles else []

    @admin.display(description=_("ticket"))
    def ticket_number(self, row: DepartmentTask) -> SafeString:
        address = reverse("admin:support_ticket_change", args=[row.ticket_id])
        return format_html('<a href="{}">{}</a>', address, row.ticket.number)

    @column(_("state"), colours=COLOURS)
    def coloured_state(self, row: DepartmentTask) -> tuple[str, str]:
        return row.state, row.get_state_display()
