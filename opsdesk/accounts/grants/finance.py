"""Who may do what with refunds and settlements. Who asks for a refund never approves it; who has had a hand in a settlement
never closes it. SOP: O15, O20, S8
"""

from opsdesk.accounts.grants.base import MANAGER, OPERATIONS_LEADS, Grants
from opsdesk.accounts.roles import Role as R

FINANCE: Grants = {
    "orders.view_refund": (*OPERATIONS_LEADS, R.CUSTOMER_SERVICE, R.FINANCE, R.AUDITOR),
    "orders.approve_refund": OPERATIONS_LEADS,
    "orders.pay_refund": (R.FINANCE,),
    "orders.view_settlementbatch": (*OPERATIONS_LEADS, R.FINANCE, R.AUDITOR),
    "orders.view_settlementrow": (*OPERATIONS_LEADS, R.FINANCE, R.AUDITOR),
    "orders.view_statementdifference": (*OPERATIONS_LEADS, R.FINANCE, R.AUDITOR),
    "orders.check_settlementbatch": (R.FINANCE,),
    "orders.close_settlementbatch": (*MANAGER, R.FINANCE),
}
