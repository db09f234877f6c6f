"""The work and the trail of orders that staff enter, of shared parcels, and of invoices."""

from django.urls import reverse

from opsdesk.accounts.roles import Role
from opsdesk.common.text import mark
from opsdesk.duties.definitions import Duty
from opsdesk.files import access
from opsdesk.handbook.charts import Chart
from opsdesk.inbox.kinds import Kind
from orders.queries.invoices.requests import may_have_invoice
from orders.rules.grouping.groups import GROUP_LIFECYCLE
from orders.rules.invoices.lifecycle import INVOICE_LIFECYCLE
from orders.rules.manual.prices import ENTRY_LIFECYCLE
from orders.services.invoices import issuing, rows
from orders.services.manual import approvals

access.register(issuing.PURPOSE, may_have_invoice)


def _invoice_page(public_id: str) -> str:
    return reverse("admin:orders_invoicerequest_change", args=[public_id])


KINDS = (
    Kind(
        approvals.WORK,
        mark("Prices entered by hand"),
        mark("Order %(number)s: agree to %(asked)s instead of %(quoted)s"),
        Role.OPERATIONS_SUPERVISOR,
        lambda public_id: reverse("admin:orders_manualentry_change", args=[public_id]),
        "O1",
        Role.OPERATIONS_MANAGER,
    ),
    Kind(
        rows.ISSUE,
        mark("Invoices to issue"),
        mark("Order %(number)s: issue the invoice over %(amount)s"),
        Role.FINANCE,
        _invoice_page,
        "O7",
        Role.OPERATIONS_MANAGER,
    ),
    Kind(
        rows.RED_LETTER,
        mark("Red-letter invoices to issue"),
        mark("Order %(number)s: take the invoice over %(amount)s back"),
        Role.FINANCE,
        _invoice_page,
        "O7",
        Role.OPERATIONS_MANAGER,
    ),
)
DUTIES: tuple[Duty, ...] = ()
LABELS = {
    "orders.entry_made": mark("Order entered by hand"),
    "orders.entry_approve": mark("Price approved"),
    "orders.entry_reject": mark("Price rejected"),
    "orders.parcel_group_accepted": mark("Orders share a parcel"),
    "orders.parcel_group_refused": mark("Orders go apart"),
    "orders.parcel_group_dissolved": mark("Shared parcel dissolved"),
    "orders.parcel_group_shipped": mark("Shared parcel shipped"),
    "orders.split_accepted": mark("Order split"),
    "orders.split_refused": mark("Order not split"),
    "orders.invoice_request": mark("Invoice asked for"),
    "orders.invoice_correct": mark("Invoice request corrected"),
    "orders.invoice_issue": mark("Invoice issued"),
    "orders.invoice_cancel": mark("Invoice request cancelled"),
    "orders.invoice_ask_red_letter": mark("Red-letter invoice asked for"),
    "orders.invoice_issue_red_letter": mark("Red-letter invoice issued"),
}
CHARTS = {
    "orders.manual_entry": Chart(ENTRY_LIFECYCLE),
    "orders.parcel_group": Chart(GROUP_LIFECYCLE),
    "orders.invoice": Chart(INVOICE_LIFECYCLE),
}
