"""Orders on their way to the warehouse system. SOP: O6"""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import ReasonForm
from opsdesk.doors.admin.records import Command, LifecycleAdmin
from orders.admin import words
from orders.admin.fulfilment.tables import PUSH_COLOURS
from orders.models import WarehousePush
from orders.rules.fulfilment.pushes import PUSH_LIFECYCLE
from orders.services.fulfilment import pushes


@admin.register(WarehousePush)
class WarehousePushAdmin(LifecycleAdmin):
    subject_kind = pushes.KIND
    shop_field = "order__shop"
    subject_argument = "push_id"
    state_field = "state"
    lifecycle = PUSH_LIFECYCLE
    commands = {
        "retry": Command(label=_("Send again"), run=pushes.retry_push, form=ReasonForm),
        "settle": Command(label=_("Handed over by hand"), run=pushes.settle_push, form=ReasonForm),
    }
    trouble = words.trouble
    list_display = ("order", "coloured_state", "attempts", "sent_at", "answered_at", "reference", "trouble")
    list_select_related = ("order",)
    list_filter = ("state", "order__shop")
    search_fields = ("order__number__startswith",)
    fields = (
        ("order", "coloured_state", "attempts"),
        ("queued_at", "sent_at", "next_try_at"),
        ("answered_at", "reference"),
        "trouble",
    )
    readonly_fields = ("coloured_state", "trouble")

    @column(_("state"), colours=PUSH_COLOURS, ordering="state")
    def coloured_state(self, row: WarehousePush) -> tuple[str, str]:
        return row.state, row.get_state_display()
