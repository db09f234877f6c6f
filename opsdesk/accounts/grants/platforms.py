"""Who takes platforms' files in and says what merchant codes mean. SOP: O1, O2"""

from opsdesk.accounts.grants.base import OPERATIONS_LEADS, SUPERVISOR, Grants
from opsdesk.accounts.roles import Role as R

_AGENTS = (*SUPERVISOR, R.CUSTOMER_SERVICE)

PLATFORMS: Grants = {
    "orders.view_skumapping": (*OPERATIONS_LEADS, R.CUSTOMER_SERVICE, R.PRODUCT_SPECIALIST, R.AUDITOR),
    "orders.change_skumapping": _AGENTS,
    "orders.view_platformproblem": (*OPERATIONS_LEADS, R.CUSTOMER_SERVICE, R.FINANCE, R.AUDITOR),
    "orders.take_platformproblem": _AGENTS,
}
