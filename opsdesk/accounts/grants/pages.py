"""Who may do what with store pages. SOP: C25"""

from opsdesk.accounts.grants.base import OPERATIONS_LEADS, PRODUCT_DESK, Grants
from opsdesk.accounts.roles import Role as R

_WRITERS = (R.DESIGNER, R.MARKETING)

PAGES: Grants = {
    "catalog.view_contentpage": (*OPERATIONS_LEADS, *PRODUCT_DESK, *_WRITERS, R.CUSTOMER_SERVICE, R.AUDITOR),
    "catalog.add_contentpage": _WRITERS,
    "catalog.change_contentpage": _WRITERS,
    "catalog.release_page": OPERATIONS_LEADS,
    "catalog.publish_page": (*OPERATIONS_LEADS, *_WRITERS),
    "catalog.look_at_page": (R.DESIGNER,),
}
