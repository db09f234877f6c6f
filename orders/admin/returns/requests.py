"""Returns in the browser."""

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from opsdesk.common.actors import Actor
from opsdesk.doors.admin.forms import CommandForm, ReasonForm
from opsdesk.doors.admin.records import Command, LifecycleAdmin
from orders.admin.manual.resending import resend_button
from orders.admin.returns.entry import entry_page
from orders.admin.returns.forms import (
    AmountForm,
    AskForm,
    ConcedeForm,
    EvidenceForm,
    ExchangeForm,
    InspectForm,
    ReceiveForm,
    RejectForm,
    ReplacementForm,
    SettleForm,
    ShipBackForm,
    ask_form,
    exchange_form,
    inspect_form,
)
from orders.admin.returns.slip import slip_page
from orders.admin.tables import ReturnLineTable
from orders.models import ReturnRequest
from orders.queries.returns import requests as queries
from orders.rules.returns.lifecycle import RETURN_LIFECYCLE, WITH_SLIP, fits
from orders.services.returns import deciding, exchanging, goods, moving, requesting


@admin.register(ReturnRequest)
class ReturnAdmin(LifecycleAdmin):
    """SOP: O20, O21, S8"""

    subject_kind = moving.KIND
    shop_field = "order__shop"
    subject_argument = "return_id"
    state_field = "state"
    lifecycle = RETURN_LIFECYCLE
    commands = {
        "ask_evidence": Command(label=_("Ask for evidence"), run=deciding.ask_evidence, form=AskForm),
        "add_evidence": Command(label=_("Add evidence"), run=requesting.add_evidence, form=EvidenceForm),
        "approve": Command(label=_("Approve the return"), run=deciding.approve_return, form=AmountForm),
        "reject": Command(label=_("Reject the return"), run=deciding.reject_return, form=RejectForm, danger=True),
        "ship_back": Command(label=_("Sent back"), run=goods.ship_back, form=ShipBackForm),
        "receive": Command(label=_("Parcel received"), run=goods.receive, form=ReceiveForm),
        "inspect": Command(label=_("Inspect"), run=goods.inspect, form=InspectForm),
        "settle": Command(label=_("Settle the return"), run=deciding.settle_return, form=SettleForm),
        "place_exchange": Command(label=_("Make the exchange order"), run=exchanging.place_exchange, form=ExchangeForm),
        "send_replacement": Command(label=_("Exchange order is placed"), run=exchanging.send_replacement, form=ReplacementForm),
        "dispute": Command(label=_("Customer disputes"), run=deciding.dispute, form=ReasonForm),
        "concede": Command(label=_("Decide for the customer"), run=deciding.concede, form=ConcedeForm),
        "uphold": Command(label=_("Uphold the rejection"), run=deciding.uphold, form=ReasonForm, danger=True),
        "cancel": Command(label=_("Cancel the return"), run=deciding.cancel_return, form=ReasonForm, danger=True),
    }
    keyset = ("-id",)
    list_display = ("order", "type", "state", "amount", "solution_due", "finish_due", "strict_due", "late")
    list_select_related = ("order__shop",)
    list_filter = ("state", "type")
    search_fields = ("order__number__startswith", "public_id__exact", "tracking_no__startswith")
    fields = (
        ("order", "type", "state"),
        ("amount", "note", "asked_by"),
        ("requested_at", "solution_due", "solved_at"),
        ("finish_due", "strict_due", "finished_at"),
        ("paused_at", "solution_late_at", "finish_late_at"),
        ("refusal", "clause"),
        ("carrier", "tracking_no", "warehouse"),
        ("replacement", "files", "still_missing"),
        "promised",
    )
    readonly_fields = ("files", "still_missing", "promised")
    inlines = (ReturnLineTable,)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.enter_view)
        slip = self.admin_site.admin_view(self.slip_view)
        return [
            path("enter/<int:order_id>/", view, name="orders_returnrequest_enter"),
            path("<path:object_id>/slip/", slip, name="orders_returnrequest_slip"),
            *super().get_urls(),
        ]

    def slip_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The return slip."""
        row = self.get_object(request, object_id)
        if row is None or not self.has_view_permission(request):
            raise Http404
        return slip_page(request, row)

    def enter_view(self, request: HttpRequest, order_id: int) -> HttpResponse:
        """A new return of an order."""
        return entry_page(request, order_id, self.admin_site, self.opts)

    def form_for(self, command: Command, obj: Any) -> type[CommandForm]:
        """An inspection asks line by line; what is asked for begins as what is missing."""
        if command.form is InspectForm:
            return inspect_form(obj)
        if command.form is ExchangeForm:
            return exchange_form(obj)
        return ask_form(queries.evidence_missing(obj)) if command.form is AskForm else command.form

    def buttons(self, obj: Any, actor: Actor) -> list[dict[str, Any]]:
        """Only what makes sense for the type; and the slip, while goods are to come back."""
        shown = [button for button in super().buttons(obj, actor) if fits(button["name"], obj.type)]
        if obj.state in WITH_SLIP:
            url = reverse("admin:orders_returnrequest_slip", args=[obj.pk])
            shown.append({"name": "slip", "label": _("Return slip"), "danger": False, "url": url})
        may_end = "cancel" in self.lifecycle.available(obj.state, actor)
        return shown + (resend_button(obj.order, actor, source_id=obj.public_id) if may_end else [])

    @admin.display(description=_("late"), boolean=True)
    def late(self, row: ReturnRequest) -> bool:
        return row.solution_late_at is not None or row.finish_late_at is not None

    @admin.display(description=_("evidence"))
    def files(self, row: ReturnRequest) -> SafeString:
        rows = row.evidence.select_related("file").order_by("pk")
        links = (
            (reverse("admin:file", args=[one.file.public_id]), one.file.original_name, one.get_shows_display()) for one in rows
        )
        return format_html_join(" · ", '<a href="{}">{}</a> ({})', links)

    @admin.display(description=_("evidence still missing"))
    def still_missing(self, row: ReturnRequest) -> str:
        return ", ".join(str(kind.label) for kind in queries.evidence_missing(row)) or "–"

    @admin.display(description=_("what the policy promised"))
    def promised(self, row: ReturnRequest) -> SafeString:
        terms = {line.policy_id: line.policy for line in row.lines.select_related("policy") if line.policy}
        texts = ((one.clause, one.get_freight_display()) for one in terms.values())
        return format_html_join(" · ", "{} ({})", texts) or format_html("–")
