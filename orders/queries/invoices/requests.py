"""Named reads of invoice requests."""

from django.db.models import Q, QuerySet

from opsdesk.common.actors import Actor
from opsdesk.files.models import StoredFile
from orders.enums.invoices import InvoiceState
from orders.models import InvoiceRequest

OPEN = (InvoiceState.REQUESTED, InvoiceState.RED_LETTER_DUE)


def visible_to(actor: Actor) -> QuerySet[InvoiceRequest]:
    """The requests of the shops that the actor sees."""
    rows = InvoiceRequest.objects.all()
    return rows if actor.shop_ids is None else rows.filter(order__shop__in=actor.shop_ids)


def open_requests(actor: Actor) -> QuerySet[InvoiceRequest]:
    """What finance has to issue or take back, the oldest first. SOP: O7"""
    return visible_to(actor).filter(state__in=OPEN).select_related("order__shop").order_by("pk")


def may_have_invoice(actor: Actor, file: StoredFile) -> bool:
    """True when the file belongs to an invoice that the actor may see."""
    rows = visible_to(actor).filter(Q(file=file) | Q(red_file=file))
    return actor.can("orders.view_invoicerequest") and rows.exists()
