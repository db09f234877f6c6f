"""Who may do what with the selection of goods. SOP: C1, C2, C26"""

from opsdesk.accounts.grants.base import (
    OPERATIONS_LEADS,
    PRODUCT_DESK,
    PRODUCT_SPECIALIST,
    PRODUCT_SUPERVISOR,
    SUPERVISOR,
    Grants,
)
from opsdesk.accounts.roles import Role as R

_READERS = (*OPERATIONS_LEADS, *PRODUCT_DESK, R.MARKETING, R.AUDITOR)
_BUYERS = (*_READERS, R.PURCHASING)

SELECTION: Grants = {
    "catalog.view_supplier": _BUYERS,
    "catalog.add_supplier": PRODUCT_SPECIALIST,
    "catalog.change_supplier": PRODUCT_SPECIALIST,
    "catalog.suspend_supplier": PRODUCT_SUPERVISOR,
    "catalog.assess_supplier": (*PRODUCT_SUPERVISOR, *SUPERVISOR),
    "catalog.view_supplierassessment": _BUYERS,
    "catalog.view_supplierdocument": _BUYERS,
    "catalog.work_supplierdocument": PRODUCT_SPECIALIST,
    "catalog.view_selectionlist": _READERS,
    "catalog.view_selectionline": _READERS,
    "catalog.add_selectionlist": PRODUCT_SPECIALIST,
    "catalog.change_selectionlist": PRODUCT_SPECIALIST,
    "catalog.submit_selectionlist": PRODUCT_SPECIALIST,
    "catalog.decide_selectionlist": PRODUCT_SUPERVISOR,
    "catalog.view_competitorproduct": _READERS,
    "catalog.add_competitorproduct": PRODUCT_SPECIALIST,
    "catalog.change_competitorproduct": PRODUCT_SPECIALIST,
    "catalog.view_priceproposal": _READERS,
    "catalog.work_priceproposal": PRODUCT_SPECIALIST,
    "catalog.view_marketnote": _READERS,
    "catalog.add_marketnote": PRODUCT_SPECIALIST,
    "catalog.view_marketresearch": _READERS,
    "catalog.view_searchtermcount": _READERS,
    "catalog.add_searchtermcount": PRODUCT_SPECIALIST,
}
