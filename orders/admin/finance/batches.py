"""Settlements of periods in the browser: made, compared, adjusted, checked, closed; printed and taken away as a table."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import CommandForm, ReasonForm
from opsdesk.doors.admin.records import Command
from opsdesk.doors.admin.sheets import sheet_response
from opsdesk.shops.queries import visible_to
from orders.admin.finance.base import FinancePages
from orders.admin.finance.paper import HEADER, cells, lines_of
from orders.enums.finance import BatchState, DifferenceKind
from orders.models import SettlementBatch
from orders.queries.finance import settlements, statements
from orders.rules.finance.settlement import BATCH_LIFECYCLE
from orders.services.finance import batches, closing, differences
from orders.services.finance import statements as comparing

COLOURS = {BatchState.OPEN: "amber", BatchState.CHECKED: "blue", BatchState.CLOSED: "green"}


class MakeForm(CommandForm):
    """Until which day the shop is settled. SOP: O15"""

    shop_id = forms.TypedChoiceField(label=_("Shop"), coerce=int)
    ends_on = forms.DateField(
        label=pgettext_lazy("settlement", "Settle until"),
        help_text=_("A day that is over, in Chinese time. It begins behind the last settlement."),
        widget=forms.DateInput(attrs={"type": "date", "class": "od-input"}),
    )


class AdjustForm(ReasonForm):
    """An amount that no order or refund explains. SOP: O15"""

    amount = forms.DecimalField(label=_("Amount"), max_digits=12, decimal_places=2, help_text=_("Negative takes away."))
    order_number = forms.CharField(label=_("Order"), max_length=20, required=False)


class ResolveManyForm(ReasonForm):
    """All open differences of one kind. SOP: O15"""

    kind = forms.ChoiceField(label=_("Kind"), choices=DifferenceKind.choices)


@admin.register(SettlementBatch)
class SettlementBatchAdmin(FinancePages):
    """SOP: O15"""

    subject_kind = batches.KIND
    shop_field = "shop"
    subject_argument = "batch_id"
    state_field = "state"
    lifecycle = BATCH_LIFECYCLE
    commands = {
        "compare": Command(_("Compare with the statement"), comparing.compare),
        "adjust": Command(_("Add an adjustment"), batches.adjust_batch, AdjustForm),
        "resolve_many": Command(_("Resolve many differences"), differences.resolve_many, ResolveManyForm),
        "check": Command(_("The settlement is right"), closing.check_batch),
        "send_back": Command(_("Send back"), closing.send_back, ReasonForm, danger=True),
        "close": Command(_("Close for good"), closing.close_batch),
    }
    change_form_outer_before_template: Any = "orders/finance/batch_top.html"
    list_display = ("number", "shop", "starts_on", "ends_on", "coloured_state", "amount", "currency", "checker", "closer")
    list_select_related = ("shop", "checker", "closer")
    list_filter = ("state", "shop")
    search_fields = ("number__startswith",)
    fields = (
        ("number", "shop", "coloured_state"),
        ("starts_on", "ends_on", "currency"),
        ("made_at", "made_by", "compared_at"),
        ("checked_at", "checker"),
        ("closed_at", "closer"),
    )
    readonly_fields = ("coloured_state",)

    @column(_("state"), colours=COLOURS)
    def coloured_state(self, row: SettlementBatch) -> tuple[str, str]:
        return row.state, row.get_state_display()

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<path:object_id>/paper/", wrap(self.paper_view), name="orders_settlementbatch_paper"),
            path("<path:object_id>/table/<slug:format>/", wrap(self.table_view), name="orders_settlementbatch_table"),
            *super().get_urls(),
        ]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return actor_of(request).can(batches.PERMISSION)

    def list_buttons(self, actor: Actor) -> list[dict[str, Any]]:
        return [self.link("add", _("Settle a period"))] if actor.can(batches.PERMISSION) else []

    def buttons(self, obj: Any, actor: Actor) -> list[dict[str, Any]]:
        """The commands that make sense, and the ways out of the house."""
        counts = statements.difference_counts(obj)
        useless = set() if counts["open"] else {"resolve_many"}
        if not counts["open"] and not obj.statement.exists():
            useless.add("compare")
        found = [button for button in super().buttons(obj, actor) if button["name"] not in useless]
        return [*found, self.link("paper", _("Print"), obj.pk), self.link("table", _("Export as xlsx"), obj.pk, "xlsx")]

    def page_context(self, request: HttpRequest, obj: SettlementBatch) -> dict[str, Any]:
        return super().page_context(request, obj) | {
            "lines": lines_of(obj),
            "kinds": settlements.totals_by_kind(obj),
            "statement": statements.statement_totals(obj),
            "counts": statements.difference_counts(obj),
            "open_differences": statements.open_differences(obj),
            "may_import": obj.state == BatchState.OPEN and actor_of(request).can(batches.PERMISSION),
        }

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Settle a shop's next period."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        choices = [(shop.pk, f"{shop.code} {shop.name}") for shop in visible_to(actor_of(request))]
        field = forms.TypedChoiceField(label=_("Shop"), coerce=int, choices=choices)
        form = type("ShopMakeForm", (MakeForm,), {"shop_id": field})
        return self.ask(request, form, batches.make_batch, _("Settle a period"))

    def paper_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The settlement on paper, to be signed."""
        batch = self.seen(request, object_id)
        context = {
            "batch": batch,
            "lines": lines_of(batch),
            "kinds": settlements.totals_by_kind(batch),
            "days": settlements.totals_by_day(batch),
            "statement": statements.statement_totals(batch),
            "now": clock.now(),
        }
        return TemplateResponse(request, "orders/finance/paper.html", context)

    def table_view(self, request: HttpRequest, object_id: str, format: str) -> HttpResponseBase:
        """Every row of the settlement as a table."""
        batch = self.seen(request, object_id)
        return sheet_response(batch.number, HEADER, (cells(row) for row in settlements.rows_of(batch)), format)
