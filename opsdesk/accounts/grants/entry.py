"""Who may do what with that which listings are written by. SOP: C5, C7, C8, C9, C13"""

from opsdesk.accounts.grants.base import LEADS, PRODUCT_DESK, PRODUCT_SUPERVISOR, Grants
from opsdesk.accounts.grants.listings import LISTING_READERS

ENTRY: Grants = {
    "catalog.view_categoryattribute": LISTING_READERS,
    "catalog.add_categoryattribute": PRODUCT_SUPERVISOR,
    "catalog.change_categoryattribute": PRODUCT_SUPERVISOR,
    "catalog.view_tag": LISTING_READERS,
    "catalog.add_tag": PRODUCT_SUPERVISOR,
    "catalog.change_tag": PRODUCT_SUPERVISOR,
    "catalog.view_commitment": LISTING_READERS,
    "catalog.add_commitment": PRODUCT_SUPERVISOR,
    "catalog.change_commitment": PRODUCT_SUPERVISOR,
    "catalog.view_claimpattern": PRODUCT_DESK,
    "catalog.add_claimpattern": PRODUCT_SUPERVISOR,
    "catalog.change_claimpattern": PRODUCT_SUPERVISOR,
    "catalog.waive_finding": LEADS,
}
