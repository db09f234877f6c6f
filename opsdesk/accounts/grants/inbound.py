"""Who may do what with purchases, deliveries, locations, transfers and write-offs. SOP: C11, C12, C22"""

from opsdesk.accounts.grants.base import OPERATIONS_LEADS, PRODUCT_DESK, PRODUCT_SPECIALIST, SEES_COSTS, SUPERVISOR, Grants
from opsdesk.accounts.roles import Role as R

_WAREHOUSE = (R.WAREHOUSE,)
_BUYERS = (R.PURCHASING,)
_KEEPERS = (*OPERATIONS_LEADS, *PRODUCT_DESK, R.WAREHOUSE, R.PURCHASING, R.FINANCE, R.AUDITOR)

INBOUND: Grants = {
    "catalog.view_storagelocation": _KEEPERS,
    "catalog.add_storagelocation": (*SUPERVISOR, *_WAREHOUSE),
    "catalog.change_storagelocation": (*SUPERVISOR, *_WAREHOUSE),
    "catalog.import_openingstock": _WAREHOUSE,
    "catalog.view_stocklot": _KEEPERS,
    "catalog.move_stocklot": _WAREHOUSE,
    "catalog.note_expiry": PRODUCT_SPECIALIST,
    "catalog.view_purchaseorder": SEES_COSTS,
    "catalog.write_purchaseorder": _BUYERS,
    "catalog.approve_purchaseorder": OPERATIONS_LEADS,
    "catalog.view_goodsreceipt": _KEEPERS,
    "catalog.receive_goods": _WAREHOUSE,
    "catalog.settle_goodsreceipt": _BUYERS,
    "catalog.view_stocktransfer": _KEEPERS,
    "catalog.transfer_stock": _WAREHOUSE,
    "catalog.view_stockadjustment": _KEEPERS,
    "catalog.adjust_stock": _WAREHOUSE,
}
