"""Questions to departments in the browser."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from opsdesk.common.actors import Actor
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.records import Command, LifecycleAdmin
from support.admin.tickets.forms import AnswerForm
from support.models import DepartmentTask
from support.rules.tickets.lifecycle import TASK_LIFECYCLE
from support.services.tickets.departments import TASK_KIND, answer_task


@admin.register(DepartmentTask)
class DepartmentTaskAdmin(LifecycleAdmin):
    """SOP: S6"""

    subject_kind = TASK_KIND
    shop_field = "ticket__shop"
    subject_argument = "task_id"
    state_field = "state"
    lifecycle = TASK_LIFECYCLE
    commands = {"answer": Command(label=_("Answer"), run=answer_task, form=AnswerForm)}
    list_display = ("ticket", "role", "state", "asked_by", "asked_at", "due_at", "answered_by", "answered_at")
    list_select_related = ("ticket",)
    list_filter = ("state", "role")
    fields = (
        ("ticket", "role", "state"),
        "question",
        ("asked_by", "asked_at", "due_at"),
        "answer",
        ("answered_by", "answered_at"),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        """A department sees what it is asked; customer service sees all."""
        rows, actor = super().get_queryset(request), actor_of(request)
        return rows if actor.can("support.view_ticket") else rows.filter(role__in=actor.roles)

    def buttons(self, obj: Any, actor: Actor) -> list[dict[str, Any]]:
        """Only the department that is asked answers."""
        return super().buttons(obj, actor) if obj.role in actor.roles else []
