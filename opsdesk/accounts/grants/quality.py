"""Who may do what after publication. SOP: C15, C17, C18, C19, C27"""

from opsdesk.accounts.grants.base import LEADS, PRODUCT_DESK, PRODUCT_SPECIALIST, Grants
from opsdesk.accounts.roles import Role as R

_TECHNICAL = (R.TECHNICAL, R.SYSADMIN)
_READERS = (*LEADS, *PRODUCT_SPECIALIST, R.AUDITOR)
_HEARS_CUSTOMERS = (*LEADS, *PRODUCT_SPECIALIST, R.CUSTOMER_SERVICE, R.ON_SITE)

QUALITY: Grants = {
    "catalog.view_storefront": (*_READERS, *_TECHNICAL),
    "catalog.add_storefront": _TECHNICAL,
    "catalog.change_storefront": _TECHNICAL,
    "catalog.view_storefrontitem": (*_READERS, *_TECHNICAL),
    "catalog.add_storefrontitem": (*PRODUCT_DESK, *_TECHNICAL),
    "catalog.change_storefrontitem": (*PRODUCT_DESK, *_TECHNICAL),
    "catalog.view_proberun": (*_READERS, *_TECHNICAL),
    "catalog.view_qualityaudit": _READERS,
    "catalog.open_qualityaudit": LEADS,
    "catalog.work_qualityaudit": PRODUCT_DESK,
    "catalog.view_auditedfield": _READERS,
    "catalog.view_listingerror": _READERS,
    "catalog.correct_listingerror": PRODUCT_DESK,
    "catalog.view_accuracycheck": _READERS,
    "catalog.work_accuracycheck": PRODUCT_DESK,
    "catalog.view_productfeedback": (*_HEARS_CUSTOMERS, R.DESIGNER, R.MARKETING, R.AUDITOR),
    "catalog.add_productfeedback": _HEARS_CUSTOMERS,
    "catalog.view_suggestion": (*_READERS, R.DESIGNER, R.MARKETING, R.CUSTOMER_SERVICE),
    "catalog.add_productvisits": (*PRODUCT_DESK, R.MARKETING),
    "catalog.add_suggestion": (*PRODUCT_DESK, R.CUSTOMER_SERVICE, R.DESIGNER, R.MARKETING),
    "catalog.work_suggestion": PRODUCT_SPECIALIST,
    "catalog.view_qualitycomplaint": (*_HEARS_CUSTOMERS, R.WAREHOUSE, R.PURCHASING, R.AUDITOR),
    "catalog.add_qualitycomplaint": (*_HEARS_CUSTOMERS, R.WAREHOUSE),
    "catalog.work_qualitycomplaint": PRODUCT_DESK,
    "catalog.close_qualitycomplaint": (*LEADS, R.CUSTOMER_SERVICE),
    "catalog.check_faulty_stock": (R.WAREHOUSE,),
}
