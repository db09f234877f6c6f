"""Who chooses warehouses, keeps the warehouse's rules, and settles what did not go by itself. SOP: O6, O8, O9, O10"""

from opsdesk.accounts.grants.base import OPERATIONS_LEADS, SUPERVISOR, Grants
from opsdesk.accounts.roles import Role as R

_READERS = (*OPERATIONS_LEADS, R.WAREHOUSE, R.LOGISTICS, R.AUDITOR)

FULFILMENT: Grants = {
    "orders.allocate_order": SUPERVISOR,
    "orders.view_allocationrule": _READERS,
    "orders.add_allocationrule": SUPERVISOR,
    "orders.change_allocationrule": SUPERVISOR,
    "orders.view_giftrule": (*_READERS, R.MARKETING),
    "orders.add_giftrule": SUPERVISOR,
    "orders.change_giftrule": SUPERVISOR,
    "orders.view_packingrule": _READERS,
    "orders.add_packingrule": SUPERVISOR,
    "orders.change_packingrule": SUPERVISOR,
    "orders.view_warehousepush": (*_READERS, R.TECHNICAL),
    "orders.view_warehouserecall": (*_READERS, R.CUSTOMER_SERVICE, R.TECHNICAL),
    "orders.work_warehousepush": (*SUPERVISOR, R.WAREHOUSE),
    "orders.view_shortpick": _READERS,
    "orders.work_shortpick": (*SUPERVISOR, R.WAREHOUSE),
    "orders.write_off_shortpick": SUPERVISOR,
}
