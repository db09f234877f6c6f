"""Pieces that were not on their shelf. SOP: O9"""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import CommandForm
from opsdesk.doors.admin.records import Command, LifecycleAdmin
from orders.enums.fulfilment import ShortState
from orders.models import ShortPick
from orders.rules.fulfilment.scanning import SHORT_LIFECYCLE
from orders.services.fulfilment import shorts


class NoteForm(CommandForm):
    """Where they were, or what became of them."""

    note = forms.CharField(label=_("Note"), max_length=500, widget=forms.Textarea)


@admin.register(ShortPick)
class ShortPickAdmin(LifecycleAdmin):
    subject_kind = shorts.KIND
    shop_field = "order__shop"
    subject_argument = "short_id"
    state_field = "state"
    lifecycle = SHORT_LIFECYCLE
    commands = {
        "found": Command(label=_("Pieces found"), run=shorts.found, form=NoteForm),
        "write_off": Command(label=_("Write off"), run=shorts.write_off, form=NoteForm, danger=True),
    }
    list_display = ("sku_code", "lot_code", "quantity", "order", "warehouse", "coloured_state", "reported_at", "reported_by")
    list_select_related = ("order", "warehouse")
    list_filter = ("state", "warehouse")
    search_fields = ("order__number__startswith",)
    fields = (
        ("order", "warehouse", "coloured_state"),
        ("sku_code", "lot_code", "quantity"),
        ("reason", "reported_at", "reported_by"),
        ("closed_at", "closed_by"),
    )
    readonly_fields = ("coloured_state",)

    @column(
        _("state"), colours={ShortState.OPEN: "amber", ShortState.FOUND: "green", ShortState.MISSING: "red"}, ordering="state"
    )
    def coloured_state(self, row: ShortPick) -> tuple[str, str]:
        return row.state, row.get_state_display()
