"""The rows that a settlement adds up, and the differences from the platform's statement."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import CommandForm, ReasonForm
from opsdesk.doors.admin.records import Command, LifecycleAdmin, ReadOnlyAdmin
from orders.enums.finance import DifferenceState
from orders.models import Settlement, SettlementRow, StatementDifference
from orders.rules.finance.settlement import DIFFERENCE_LIFECYCLE
from orders.services.finance import differences, statements


class ResolveForm(ReasonForm):
    """Why they disagree, and what it changes here. SOP: O15"""


@admin.register(SettlementRow)
class SettlementRowAdmin(ReadOnlyAdmin):
    """SOP: O15"""

    shop_field = "batch__shop"
    list_display = ("batch", "kind", "order", "at", "amount", "note")
    list_select_related = ("batch", "order")
    list_filter = ("kind",)
    search_fields = ("order__number__startswith", "batch__number__exact")
    fields = (
        ("batch", "kind", "at"),
        ("order", "settlement", "refund"),
        ("goods", "shop_discount", "platform_discount"),
        ("freight", "prepaid"),
        ("refunds", "compensation", "adjustment"),
        ("amount", "note"),
    )


@admin.register(StatementDifference)
class StatementDifferenceAdmin(LifecycleAdmin):
    """SOP: O15"""

    subject_kind = statements.KIND
    shop_field = "batch__shop"
    subject_argument = "difference_id"
    state_field = "state"
    lifecycle = DIFFERENCE_LIFECYCLE
    commands = {"resolve": Command(label=_("Resolve"), run=differences.resolve_difference, form=ResolveForm)}
    list_display = ("external_id", "batch", "kind", "coloured_state", "ours", "theirs", "order", "resolved_by")
    list_select_related = ("batch", "order")
    list_filter = ("state", "kind")
    search_fields = ("external_id__startswith", "batch__number__exact")
    fields = (
        ("external_id", "batch", "order"),
        ("kind", "coloured_state"),
        ("ours", "theirs", "adjustment_amount"),
        ("reason", "resolved_at", "resolved_by"),
    )
    readonly_fields = ("coloured_state", "adjustment_amount")

    @column(_("state"), colours={DifferenceState.OPEN: "red", DifferenceState.RESOLVED: "green"})
    def coloured_state(self, row: StatementDifference) -> tuple[str, str]:
        return row.state, row.get_state_display()

    @column(_("adjustment"))
    def adjustment_amount(self, row: StatementDifference) -> Any:
        return row.adjustment.amount if row.adjustment else None

    def form_for(self, command: Command, obj: Any) -> type[CommandForm]:
        """The form says what each side has."""
        said = gettext("Ours: %(ours)s. The platform's: %(theirs)s. Adjust only where ours is wrong; negative takes away.")
        text = said % {"ours": obj.ours, "theirs": obj.theirs}
        field = forms.DecimalField(label=_("Adjustment"), help_text=text, max_digits=12, decimal_places=2, required=False)
        return type("DifferenceResolveForm", (ResolveForm,), {"adjustment": field})

    def buttons(self, obj: Any, actor: Any) -> list[dict[str, Any]]:
        """Nothing can be resolved once the settlement is checked."""
        return super().buttons(obj, actor) if obj.batch.state == "open" else []


@admin.register(Settlement)
class SettlementAdmin(ReadOnlyAdmin):
    """What is to be settled of each completed order; the settlement of its period settles it. SOP: O15"""

    subject_kind = "settlement"
    shop_field = "order__shop"
    list_display = ("order", "amount", "currency", "state", "due_since", "settled_at", "reference")
    list_select_related = ("order",)
    list_filter = ("state", "order__shop")
    search_fields = ("order__number__startswith", "reference__startswith")
    fields = (("order", "amount", "currency"), ("state", "due_since"), ("settled_at", "settled_by", "reference"))

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("order")
