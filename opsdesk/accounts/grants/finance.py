"""Who may do what with refunds. Who asks for one never approves it. SOP: O15, O20, S8"""

from opsdesk.accounts.grants.base import OPERATIONS_LEADS, Grants
from opsdesk.accounts.roles import Role as R

FINANCE: Grants = {
    "orders.view_refund": (*OPERATIONS_LEADS, R.CUSTOMER_SERVICE, R.FINANCE, R.AUDITOR),
    "orders.approve_refund": OPERATIONS_LEADS,
    "orders.pay_refund": (R.FINANCE,),
}
