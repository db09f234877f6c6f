"""Cancellations of orders that the warehouse system has. SOP: O18"""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import ReasonForm
from opsdesk.doors.admin.records import Command, LifecycleAdmin
from orders.admin import words
from orders.admin.fulfilment.tables import RECALL_COLOURS
from orders.models import WarehouseRecall
from orders.rules.fulfilment.pushes import RECALL_LIFECYCLE
from orders.services.fulfilment import recall_rows, recalls


@admin.register(WarehouseRecall)
class WarehouseRecallAdmin(LifecycleAdmin):
    subject_kind = recall_rows.KIND
    shop_field = "order__shop"
    subject_argument = "recall_id"
    state_field = "state"
    lifecycle = RECALL_LIFECYCLE
    commands = {
        "retry": Command(label=pgettext_lazy("cancellation", "Ask again"), run=recalls.retry_recall, form=ReasonForm),
        "stop": Command(label=_("Stopped by hand"), run=recalls.stop_recall, form=ReasonForm),
        "miss": Command(label=_("Too late to stop"), run=recalls.miss_recall, form=ReasonForm, danger=True),
        "settle": Command(label=_("Settled with the customer"), run=recalls.settle_recall, form=ReasonForm),
    }
    trouble = words.trouble
    list_display = ("order", "coloured_state", "asked_at", "asked_by", "attempts", "sent_at", "answered_at", "trouble")
    list_select_related = ("order",)
    list_filter = ("state", "order__shop")
    search_fields = ("order__number__startswith",)
    fields = (
        ("order", "coloured_state", "attempts"),
        ("reason", "asked_at", "asked_by"),
        ("sent_at", "next_try_at", "answered_at"),
        "trouble",
    )
    readonly_fields = ("coloured_state", "trouble")

    @column(_("state"), colours=RECALL_COLOURS, ordering="state")
    def coloured_state(self, row: WarehouseRecall) -> tuple[str, str]:
        return row.state, row.get_state_display()
