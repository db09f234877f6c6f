"""Who may do what with tickets. SOP: S2, S5"""

from opsdesk.accounts.grants.base import OPERATIONS_LEADS, SUPERVISOR, Grants
from opsdesk.accounts.roles import Role as R

_AGENTS = (*SUPERVISOR, R.CUSTOMER_SERVICE)
_READERS = (*OPERATIONS_LEADS, R.CUSTOMER_SERVICE, R.PRODUCT_SUPERVISOR, R.LOGISTICS, R.AUDITOR)
_ASKED = (R.WAREHOUSE, R.FINANCE, R.MARKETING, R.TECHNICAL)

TICKETS: Grants = {
    "support.view_ticket": _READERS,
    "support.add_ticket": _AGENTS,
    "support.work_ticket": _AGENTS,
    "support.assign_ticket": SUPERVISOR,
    "support.view_team": _READERS,
    "support.change_team": SUPERVISOR,
    "support.view_triagerule": (*OPERATIONS_LEADS, R.CUSTOMER_SERVICE, R.AUDITOR),
    "support.change_triagerule": SUPERVISOR,
    "support.view_macro": (*OPERATIONS_LEADS, R.CUSTOMER_SERVICE, R.AUDITOR),
    "support.change_macro": SUPERVISOR,
    "support.view_departmenttask": (*_READERS, *_ASKED),
    "support.answer_task": (*_ASKED, R.PRODUCT_SUPERVISOR, R.LOGISTICS),
    "support.view_rawmail": (*OPERATIONS_LEADS, R.CUSTOMER_SERVICE),
}
