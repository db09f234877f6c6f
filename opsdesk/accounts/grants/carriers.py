"""Who chooses carriers, prints labels, and looks after tables, ratings and claims. SOP: O11"""

from opsdesk.accounts.grants.base import OPERATIONS_LEADS, SUPERVISOR, Grants
from opsdesk.accounts.roles import Role as R

_READERS = (*OPERATIONS_LEADS, R.WAREHOUSE, R.LOGISTICS, R.AUDITOR)

CARRIERS: Grants = {
    "orders.add_carrier": (*SUPERVISOR, R.LOGISTICS),
    "orders.delete_carrier": (*SUPERVISOR, R.LOGISTICS),
    "orders.view_carriercoverage": _READERS,
    "orders.view_carrierprice": (*OPERATIONS_LEADS, R.LOGISTICS, R.FINANCE, R.AUDITOR),
    "orders.view_carrierchoice": _READERS,
    "orders.override_carrier": (*SUPERVISOR, R.WAREHOUSE, R.LOGISTICS),
    "orders.view_labelprint": _READERS,
    "orders.print_label": (R.WAREHOUSE,),
    "orders.view_carrierscore": (*OPERATIONS_LEADS, R.LOGISTICS, R.FINANCE, R.AUDITOR),
    "orders.view_carrierclaim": (*OPERATIONS_LEADS, R.LOGISTICS, R.CUSTOMER_SERVICE, R.FINANCE, R.AUDITOR),
    "orders.work_carrierclaim": (*SUPERVISOR, R.LOGISTICS),
    "catalog.change_handling": (*SUPERVISOR, R.PRODUCT_SPECIALIST, R.WAREHOUSE, R.LOGISTICS),
}
