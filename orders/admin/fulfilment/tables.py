"""What the page of an order says of its warehouse, its gifts and the warehouse system. SOP: O6, O8, O10"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opsdesk.doors.admin.columns import column
from orders.admin import words
from orders.admin.tables import ShownTable
from orders.enums.fulfilment import AllocationOutcome, PushState, Verdict
from orders.models import Allocation, OrderGift, WarehousePush

PUSH_COLOURS = {
    PushState.WAITING: "blue",
    PushState.CONFIRMED: "green",
    PushState.REJECTED: "red",
    PushState.UNANSWERED: "red",
    PushState.SETTLED: "green",
    PushState.WITHDRAWN: "grey",
}
OUTCOME_COLOURS = {
    AllocationOutcome.RULE: "green",
    AllocationOutcome.KEPT: "grey",
    AllocationOutcome.OVERRIDE: "amber",
    AllocationOutcome.NONE: "red",
}


def explain(look: dict[str, Any]) -> str:
    """One warehouse that was looked at, in words."""
    verdict = Verdict(look["verdict"]).label
    short = ", ".join(f"{sku} × {pieces}" for sku, pieces in look["missing"].items())
    named = f"{look['warehouse']} ({look['rule']})" if look["rule"] else look["warehouse"]
    said = gettext("%(place)s: %(verdict)s") % {"place": named, "verdict": verdict}
    return gettext("%(said)s; missing: %(short)s") % {"said": said, "short": short} if short else said


class AllocationTable(ShownTable):
    """Which warehouse, by which rule, and why no other."""

    model = Allocation
    fields = readonly_fields = ("warehouse", "coloured_outcome", "explanation", "carrier", "reason", "decided_at", "decided_by")
    ordering = ("-id",)

    @column(_("outcome"), colours=OUTCOME_COLOURS)
    def coloured_outcome(self, row: Allocation) -> tuple[str, str]:
        return row.outcome, row.get_outcome_display()

    @admin.display(description=_("looked at"))
    def explanation(self, row: Allocation) -> str:
        return format_html_join("", "<div>{}</div>", ((explain(look),) for look in row.looked_at)) or "–"


class GiftTable(ShownTable):
    """What the order gets on top."""

    model = OrderGift
    fields = readonly_fields = ("sku_code", "title", "quantity", "rule", "there")
    ordering = ("id",)

    @column(_("reserved"), colours={"yes": "green", "no": "red"})
    def there(self, row: OrderGift) -> tuple[str, str]:
        return ("yes", gettext("Reserved")) if row.is_reserved else ("no", gettext("None left"))


class PushTable(ShownTable):
    """How the warehouse system answered."""

    model = WarehousePush
    verbose_name_plural = _("warehouse system")
    fields = readonly_fields = (
        "coloured_state",
        "attempts",
        "sent_at",
        "next_try_at",
        "answered_at",
        "reference",
        "trouble",
    )
    trouble = words.trouble
    show_change_link = True

    @column(_("state"), colours=PUSH_COLOURS)
    def coloured_state(self, row: WarehousePush) -> tuple[str, str]:
        return row.state, row.get_state_display()

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True
