"""Who may do what with returns. SOP: O20, O21, O22"""

from opsdesk.accounts.grants.base import OPERATIONS_LEADS, PRODUCT_DESK, PRODUCT_SPECIALIST, SUPERVISOR, Grants
from opsdesk.accounts.roles import Role as R

_AGENTS = (*SUPERVISOR, R.CUSTOMER_SERVICE)
_READERS = (*OPERATIONS_LEADS, *PRODUCT_SPECIALIST, R.CUSTOMER_SERVICE, R.WAREHOUSE, R.FINANCE, R.AUDITOR)

RETURNS: Grants = {
    "orders.view_returnrequest": _READERS,
    "orders.view_returnpolicy": _READERS,
    "orders.change_returnpolicy": OPERATIONS_LEADS,
    "orders.add_return": _AGENTS,
    "orders.decide_return": _AGENTS,
    "orders.decide_large_return": OPERATIONS_LEADS,
    "orders.receive_return": (R.WAREHOUSE,),
    "orders.judge_dispute": SUPERVISOR,
    "orders.view_returnimprovement": (*_READERS, R.PURCHASING),
    "orders.reopen_improvement": SUPERVISOR,
    "orders.improve_return": (*OPERATIONS_LEADS, *PRODUCT_DESK, R.PURCHASING),
}
