"""Who may do what with products and their listings. SOP: C4, C13, C14"""

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

LISTING_READERS = (*SEES_COSTS, R.CUSTOMER_SERVICE, R.DESIGNER, R.MARKETING, R.TECHNICAL, R.ON_SITE)

LISTINGS: Grants = {
    "catalog.view_category": LISTING_READERS,
    "catalog.add_category": PRODUCT_SUPERVISOR,
    "catalog.change_category": PRODUCT_SUPERVISOR,
    "catalog.view_bannedword": PRODUCT_DESK,
    "catalog.add_bannedword": PRODUCT_SUPERVISOR,
    "catalog.change_bannedword": PRODUCT_SUPERVISOR,
    "catalog.view_product": (*LISTING_READERS, R.WAREHOUSE),
    "catalog.view_sku": (*LISTING_READERS, R.WAREHOUSE),
    "catalog.view_listingrevision": LISTING_READERS,
    "catalog.view_cost": SEES_COSTS,
    "catalog.add_listingrevision": PRODUCT_SPECIALIST,
    "catalog.change_listingrevision": PRODUCT_SPECIALIST,
    "catalog.submit_listing": PRODUCT_SPECIALIST,
    "catalog.review_material": PRODUCT_SUPERVISOR,
    "catalog.release_listing": LEADS,
    "catalog.waive_margin": OPERATIONS_LEADS,
    "catalog.publish_listing": PRODUCT_SPECIALIST,
    "catalog.delist_listing": (*LEADS, *PRODUCT_SPECIALIST),
    "catalog.view_postpublishcheck": SEES_COSTS,
    "catalog.work_postpublishcheck": PRODUCT_DESK,
}
