"""Orders that staff entered, and the page on which they enter one. SOP: O1"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from opsdesk.common.actors import Actor
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import ReasonForm
from opsdesk.doors.admin.records import Command
from orders.admin.finance.base import FinancePages
from orders.admin.manual.entering import entry_page
from orders.admin.manual.resending import resend_page
from orders.admin.tables import ShownTable
from orders.enums.manual import EntryState
from orders.models import ManualEntry, ReshipLine
from orders.rules.manual.prices import ENTRY_LIFECYCLE
from orders.services.manual import approvals
from orders.services.manual.entering import PERMISSION

COLOURS = {
    EntryState.STANDS: "green",
    EntryState.AWAITING: "amber",
    EntryState.APPROVED: "green",
    EntryState.REJECTED: "red",
    EntryState.WITHDRAWN: "blue",
}


class ReshipTable(ShownTable):
    model = ReshipLine
    fields = readonly_fields = ("order_line", "quantity", "worth")


@admin.register(ManualEntry)
class ManualEntryAdmin(FinancePages):
    """SOP: O1"""

    subject_kind = approvals.KIND
    shop_field = "order__shop"
    subject_argument = "entry_id"
    state_field = "state"
    lifecycle = ENTRY_LIFECYCLE
    commands = {
        "approve": Command(label=_("Approve the price"), run=approvals.approve_price),
        "reject": Command(label=_("Reject the price"), run=approvals.reject_price, form=ReasonForm, danger=True),
    }
    list_display = (
        "public_id",
        "order",
        "channel",
        "coloured_state",
        "quoted_amount",
        "asked_amount",
        "original",
        "entered_by",
        "entered_at",
        "due_at",
    )
    list_select_related = ("order", "original")
    list_filter = ("state", "channel")
    search_fields = ("order__number__startswith", "public_id__exact")
    fields = (
        ("order", "coloured_state", "channel"),
        ("quoted_amount", "asked_amount", "reason"),
        ("entered_by", "entered_at", "due_at"),
        ("decided_by", "decided_at"),
        ("original", "cause", "source_id"),
    )
    readonly_fields = ("coloured_state",)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("new/", view(self.new_view), name="orders_manualentry_new"),
            path("reship/<int:order_id>/", view(self.reship_view), name="orders_manualentry_reship"),
            *super().get_urls(),
        ]

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        return [ReshipTable] if obj and obj.original_id else []

    def list_buttons(self, actor: Actor) -> list[dict[str, Any]]:
        return [self.link("new", _("Enter an order"))] if actor.can(PERMISSION) else []

    def new_view(self, request: HttpRequest) -> HttpResponse:
        """The page on which an order is entered."""
        return entry_page(request, self.admin_site)

    def reship_view(self, request: HttpRequest, order_id: int) -> HttpResponse:
        """The page on which goods are sent again."""
        return resend_page(request, self, order_id)

    @column(_("state"), colours=COLOURS)
    def coloured_state(self, entry: ManualEntry) -> tuple[str, str]:
        return entry.state, entry.get_state_display()
