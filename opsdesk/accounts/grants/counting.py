"""Who may count stock, post counts and decide on slow stock. SOP: C22, C23"""

from opsdesk.accounts.grants.base import OPERATIONS_LEADS, PRODUCT_DESK, SUPERVISOR, Grants
from opsdesk.accounts.roles import Role as R

_READERS = (*OPERATIONS_LEADS, *PRODUCT_DESK, R.WAREHOUSE, R.FINANCE, R.PURCHASING, R.AUDITOR)

COUNTING: Grants = {
    "catalog.view_stocktake": _READERS,
    "catalog.add_stocktake": (*SUPERVISOR, R.WAREHOUSE),
    "catalog.count_stock": (R.WAREHOUSE,),
    "catalog.post_stocktake": SUPERVISOR,
    "catalog.view_slowstock": (*OPERATIONS_LEADS, *PRODUCT_DESK, R.MARKETING, R.FINANCE, R.PURCHASING, R.AUDITOR),
    "catalog.decide_slowstock": (*PRODUCT_DESK, R.MARKETING, R.PURCHASING),
}
