"""What the page of an order offers beside its steps: sending goods again, an invoice."""

from typing import Any

from opsdesk.common.actors import Actor
from orders.admin.invoices.requests import invoice_button
from orders.admin.manual.resending import resend_button
from orders.models import Order


def more_buttons(order: Order, actor: Actor) -> list[dict[str, Any]]:
    """The buttons that are possible now."""
    return [*resend_button(order, actor), *invoice_button(order, actor)]
