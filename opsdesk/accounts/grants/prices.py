"""Who may do what with prices, and with taking goods off sale. SOP: C10, C20"""

from opsdesk.accounts.grants.base import (
    LEADS,
    OPERATIONS_LEADS,
    PRODUCT_DESK,
    PRODUCT_SPECIALIST,
    PRODUCT_SUPERVISOR,
    SEES_COSTS,
    Grants,
)
from opsdesk.accounts.roles import Role as R

PRICES: Grants = {
    "catalog.view_pricechange": (*SEES_COSTS, R.MARKETING, R.CUSTOMER_SERVICE),
    "catalog.add_pricechange": (*PRODUCT_DESK, *OPERATIONS_LEADS, R.MARKETING),
    "catalog.change_pricechange": (*PRODUCT_DESK, *OPERATIONS_LEADS, R.MARKETING),
    "catalog.approve_pricechange": LEADS,
    "catalog.end_pricechange": LEADS,
}
DELISTING: Grants = {
    "catalog.view_delistpolicy": (*SEES_COSTS, R.CUSTOMER_SERVICE),
    "catalog.add_delistpolicy": (*PRODUCT_SUPERVISOR, *OPERATIONS_LEADS),
    "catalog.change_delistpolicy": (*PRODUCT_SUPERVISOR, *OPERATIONS_LEADS),
    "catalog.view_delistproposal": (*SEES_COSTS, R.CUSTOMER_SERVICE),
    "catalog.discontinue_product": (*LEADS, *PRODUCT_SPECIALIST, R.PURCHASING),
}
