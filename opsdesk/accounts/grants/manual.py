"""Who may enter orders by hand, merge and split them, and who asks for invoices. Who enters a price never approves it; who
asks for an invoice never issues it. SOP: O1, O7
"""

from opsdesk.accounts.grants.base import OPERATIONS_LEADS, SUPERVISOR, Grants
from opsdesk.accounts.roles import Role as R

_AGENTS = (*SUPERVISOR, R.CUSTOMER_SERVICE)
_SEE = (*OPERATIONS_LEADS, R.CUSTOMER_SERVICE, R.AUDITOR)

MANUAL: Grants = {
    "orders.view_manualentry": (*_SEE, R.FINANCE),
    "orders.enter_order": _AGENTS,
    "orders.reship_order": _AGENTS,
    "orders.approve_price": OPERATIONS_LEADS,
    "orders.view_parcelgroup": (*_SEE, R.WAREHOUSE),
    "orders.view_ordersplit": (*_SEE, R.WAREHOUSE),
    "orders.group_order": (*_AGENTS, R.WAREHOUSE),
    "orders.view_invoicerequest": (*_SEE, R.FINANCE),
    "orders.request_invoice": _AGENTS,
    "orders.issue_invoice": (R.FINANCE,),
}
