"""Who works with platforms' files: taking them in, merchant codes, tables of tracking numbers. SOP: O1, O2, O12"""

from opsdesk.accounts.grants.base import OPERATIONS_LEADS, SUPERVISOR, Grants
from opsdesk.accounts.roles import Role as R

_AGENTS = (*SUPERVISOR, R.CUSTOMER_SERVICE)

PLATFORMS: Grants = {
    "orders.view_skumapping": (*OPERATIONS_LEADS, R.CUSTOMER_SERVICE, R.PRODUCT_SPECIALIST, R.AUDITOR),
    "orders.change_skumapping": _AGENTS,
    "orders.view_platformproblem": (*OPERATIONS_LEADS, R.CUSTOMER_SERVICE, R.FINANCE, R.AUDITOR),
    "orders.take_platformproblem": _AGENTS,
    "orders.view_shippingexport": (*OPERATIONS_LEADS, R.CUSTOMER_SERVICE, R.WAREHOUSE, R.LOGISTICS, R.AUDITOR),
    "orders.export_shipping": (*_AGENTS, R.WAREHOUSE, R.LOGISTICS),
    "orders.view_carriername": (*OPERATIONS_LEADS, R.CUSTOMER_SERVICE, R.WAREHOUSE, R.LOGISTICS, R.AUDITOR),
    "orders.change_carriername": (*SUPERVISOR, R.LOGISTICS),
}
