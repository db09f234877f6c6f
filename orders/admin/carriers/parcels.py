"""What the page of a parcel says of its carriage and its labels."""

from django.utils.translation import gettext_lazy as _

from opsdesk.doors.admin.columns import column
from orders.admin.tables import ShownTable
from orders.models import LabelPrint, ParcelCarriage


class CarriageTable(ShownTable):
    """On which terms the parcel travels, and which choice it goes back to."""

    model = ParcelCarriage
    fields = readonly_fields = ("choice", "carrier_chosen", "grams", "cost", "promised_by")

    @column(_("chosen carrier"))
    def carrier_chosen(self, row: ParcelCarriage) -> str:
        return str(row.choice.carrier or "") if row.choice else ""


class PrintTable(ShownTable):
    """Every print of its labels."""

    model = LabelPrint
    fields = readonly_fields = ("paper", "layout", "number", "printed_at", "printed_by", "reason")
    ordering = ("id",)
