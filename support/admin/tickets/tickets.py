"""Tickets in the browser: their list, the workbench, and the form for calls and chats."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import ReasonForm
from opsdesk.doors.admin.records import Command, LifecycleAdmin
from support.admin.solving.forms import ConfirmForm
from support.admin.solving.pages import start_page
from support.admin.tickets import forms, workbench
from support.admin.tickets.entering import enter_page
from support.enums.tickets import TicketState
from support.models import Ticket
from support.rules.tickets.lifecycle import TICKET_LIFECYCLE
from support.services.solving import confirming
from support.services.tickets import departments, steps
from support.services.tickets.moving import KIND

STATE_COLOURS = {
    TicketState.NEW: "amber",
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
    shop_field = "shop"
    subject_argument = "ticket_id"
    state_field = "state"
    lifecycle = TICKET_LIFECYCLE
    commands = {
        "take": Command(label=_("Take"), run=steps.take),
        "assign": Command(label=_("Assign"), run=steps.assign, form=forms.AssignForm),
        "classify": Command(label=_("Classify"), run=steps.classify, form=forms.ClassifyForm),
        "wait_customer": Command(label=_("Wait for the customer"), run=steps.wait_customer),
        "wait_department": Command(label=_("Ask a department"), run=departments.ask_department, form=forms.AskForm),
        "go_on": Command(label=_("Go on"), run=steps.go_on),
        "resolve": Command(label=_("Resolve"), run=steps.resolve, form=forms.ResolveForm),
        "reopen": Command(label=_("Reopen"), run=steps.reopen, form=ReasonForm),
        "confirm": Command(label=_("The customer was asked"), run=confirming.confirm, form=ConfirmForm),
        "merge": Command(label=_("Merge into another"), run=steps.merge, form=forms.MergeForm, danger=True),
    }
    keyset = ("-id",)
    list_before_template: Any = "support/tickets/list_top.html"
    list_display = ("number", "subject", "channel", "type", "coloured_state", "priority", "assignee", "opened_at")
    list_select_related = ("assignee", "shop")
    list_filter = ("state", "channel", "type", "stage", "shop")
    search_fields = ("number__startswith", "contact__startswith", "subject__icontains")
    fields = ("number",)

    @column(_("State"), colours=STATE_COLOURS)
    def coloured_state(self, row: Ticket) -> Any:
        return row.state, row.get_state_display()

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        pages = {
            "workbench": self.workbench_view,
            "enter": lambda request: enter_page(request, self.admin_site),
            "feed": workbench.feed_view,
        }
        own = [path(f"{name}/", wrap(view), name=f"support_ticket_{name}") for name, view in pages.items()]
        own += [
            path("<int:ticket_id>/say/", wrap(self.say_view), name="support_ticket_say"),
            path("<slug:ticket_id>/solve/", wrap(self.solve_view), name="support_ticket_solve"),
            path("<int:ticket_id>/link/", wrap(self.link_view), name="support_ticket_link"),
        ]
        return [*own, *super().get_urls()]

    def workbench_view(self, request: HttpRequest) -> Any:
        """The workbench with nothing open yet."""
        return workbench.page(self, request, None)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """The workbench with a ticket open."""
        return workbench.page(self, request, self.get_object(request, object_id or ""))

    def say_view(self, request: HttpRequest, ticket_id: int) -> Any:
        """Send a reply, or keep a note."""
        return workbench.say(self, request, self.get_object(request, str(ticket_id)))

    def solve_view(self, request: HttpRequest, ticket_id: str) -> Any:
        """Give a solution."""
        return start_page(self, request, ticket_id)

    def link_view(self, request: HttpRequest, ticket_id: int) -> Any:
        """Link something to the ticket."""
        return workbench.link(self, request, self.get_object(request, str(ticket_id)))
