"""Tickets in the browser: the list, and the page of one with its conversation, buttons and panels."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import CommandForm, ReasonForm
from opsdesk.doors.admin.records import Command, LifecycleAdmin
from support.admin import panels
from support.admin.tickets import forms
from support.admin.tickets.showing import contact_shown, conversation_rows
from support.enums.tickets import Delivery, TicketState
from support.models import Ticket
from support.queries.tickets.departments import open_of
from support.rules.tickets.lifecycle import TICKET_LIFECYCLE
from support.services.tickets import departments, merging, replying, steps
from support.services.tickets.moving import KIND

COLOURS = {
    TicketState.NEW: "red",
    TicketState.ASSIGNED: "amber",
    TicketState.IN_PROGRESS: "blue",
    TicketState.WAITING_CUSTOMER: "grey",
    TicketState.WAITING_DEPARTMENT: "purple",
    TicketState.RESOLVED: "green",
    TicketState.CONFIRMED: "green",
}


@admin.register(Ticket)
class TicketAdmin(LifecycleAdmin):
    """SOP: S2, S5, S6, S10"""

    subject_kind = KIND
    subject_argument = "ticket_id"
    state_field = "state"
    shop_field = "shop"
    lifecycle = TICKET_LIFECYCLE
    commands = {
        "take": Command(label=_("Take"), run=steps.take),
        "reply": Command(label=_("Reply"), run=replying.reply, form=forms.SayForm),
        "note": Command(label=_("Add a note"), run=replying.add_note, form=forms.SayForm),
        "assign": Command(label=_("Assign"), run=steps.assign, form=forms.AssignForm),
        "classify": Command(label=_("Classify"), run=steps.classify, form=forms.ClassifyForm),
        "wait_customer": Command(label=_("Wait for the customer"), run=steps.wait_customer),
        "ask": Command(label=_("Ask a department"), run=departments.ask_department, form=forms.AskForm),
        "go_on": Command(label=_("Go on"), run=steps.go_on),
        "resolve": Command(label=_("Resolve"), run=steps.resolve_ticket, form=forms.ResolveForm),
        "confirm": Command(label=_("Customer confirms"), run=steps.confirm, form=forms.ConfirmForm),
        "reopen": Command(label=_("Reopen"), run=steps.reopen, form=ReasonForm),
        "send_again": Command(label=_("Send again"), run=replying.send_again),
        "merge": Command(label=_("Merge"), run=merging.merge, form=forms.MergeForm, danger=True),
    }
    keyset = ("-id",)
    list_display = ("number", "subject", "channel", "type", "priority", "coloured_state", "assignee", "opened_at")
    list_select_related = ("assignee",)
    list_filter = ("state", "channel", "type", "priority")
    search_fields = ("number__startswith", "contact__startswith", "subject__icontains")
    fields = (
        ("number", "coloured_state", "channel"),
        "subject",
        ("stage", "type", "priority"),
        ("shop", "shown_contact", "customer", "order"),
        ("team", "assignee", "merged_into"),
        ("opened_at", "last_incoming_at", "last_outgoing_at"),
        ("resolved_at", "solution_type", "confirmed_at"),
        "solution",
    )
    readonly_fields = ("coloured_state", "shown_contact")
    change_form_outer_before_template: Any = "support/tickets/ticket_top.html"

    def form_for(self, command: Command, obj: Any) -> type[CommandForm]:
        """Classifying begins with what is known; assigning offers who may have it."""
        if command.form is forms.ClassifyForm:
            return forms.classify_form(obj)
        return forms.assign_form(obj) if command.form is forms.AssignForm else command.form

    def buttons(self, obj: Any, actor: Actor) -> list[dict[str, Any]]:
        """Sending again only where something has failed."""
        shown = super().buttons(obj, actor)
        if obj.messages.filter(delivery=Delivery.FAILED).exists():
            return shown
        return [button for button in shown if button["name"] != "send_again"]

    def page_context(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        actor = actor_of(request)
        return super().page_context(request, obj) | {
            "conversation": conversation_rows(obj),
            "panels": panels.shown(obj, actor, clock.now(), request),
            "open_tasks": list(open_of(obj)),
            "ticket": obj,
        }

    @column(_("state"), colours=COLOURS, ordering="state")
    def coloured_state(self, row: Ticket) -> tuple[str, str]:
        return row.state, row.get_state_display()

    @admin.display(description=_("contact"))
    def shown_contact(self, row: Ticket) -> str:
        return contact_shown(row)
