"""Who may do what with stock. SOP: C11, C12"""

from opsdesk.accounts.grants.base import PRODUCT_DESK, PRODUCT_SPECIALIST, SEES_COSTS, SUPERVISOR, Grants
from opsdesk.accounts.roles import Role as R

STOCK_READERS = (*SEES_COSTS, R.CUSTOMER_SERVICE, R.MARKETING, R.WAREHOUSE, R.ON_SITE)

STOCK: Grants = {
    "catalog.view_warehouse": STOCK_READERS,
    "catalog.view_stockitem": STOCK_READERS,
    "catalog.view_stockmovement": STOCK_READERS,
    "catalog.view_stockalert": STOCK_READERS,
    "catalog.change_threshold": (*SUPERVISOR, *PRODUCT_DESK),
    "catalog.approve_stock_adjustment": SUPERVISOR,
    "catalog.work_stockalert": (*PRODUCT_SPECIALIST, R.PURCHASING),
}
