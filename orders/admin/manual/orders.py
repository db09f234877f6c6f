"""What the page of an order offers beside its steps: sending goods again, an invoice."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from opsdesk.common.actors import Actor
from orders.admin.invoices.requests import invoice_button
from orders.admin.manual.resending import resend_button
from orders.admin.tables import ShownTable
from orders.models import InvoiceRequest, ManualEntry, Order


class EntryTable(ShownTable):
    """How the order was entered."""

    model = ManualEntry
    fk_name = "order"
    fields = readonly_fields = ("channel", "state", "quoted_amount", "asked_amount", "reason", "original", "entered_by")


class ResentTable(ShownTable):
    """The orders that sent goods of this one again."""

    model = ManualEntry
    fk_name = "original"
    verbose_name_plural = _("sent again by")
    fields = readonly_fields = ("order", "cause", "state", "quoted_amount", "reason", "entered_by", "entered_at")


class InvoiceTable(ShownTable):
    model = InvoiceRequest
    fields = readonly_fields = ("state", "party", "title", "amount", "number", "asked_by", "asked_at", "due_at")


def more_tables(order: Order) -> list[Any]:
    """The tables that the order has rows for."""
    found: list[Any] = [EntryTable] if ManualEntry.objects.filter(order=order).exists() else []
    found += [ResentTable] if ManualEntry.objects.filter(original=order).exists() else []
    return found + ([InvoiceTable] if InvoiceRequest.objects.filter(order=order).exists() else [])


def more_buttons(order: Order, actor: Actor) -> list[dict[str, Any]]:
    """The buttons that are possible now."""
    return [*resend_button(order, actor), *invoice_button(order, actor)]
