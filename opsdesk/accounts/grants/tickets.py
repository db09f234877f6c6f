"""Who may do what with tickets. SOP: S2, S5, S6"""

from opsdesk.accounts.grants.base import OPERATIONS_LEADS, SUPERVISOR, Grants
from opsdesk.accounts.roles import Role as R

_AGENTS = (*SUPERVISOR, R.CUSTOMER_SERVICE)
_READERS = (*OPERATIONS_LEADS, R.CUSTOMER_SERVICE, R.PRODUCT_SUPERVISOR, R.LOGISTICS, R.AUDITOR)
_DEPARTMENTS = (R.WAREHOUSE, R.PRODUCT_SPECIALIST, R.LOGISTICS, R.FINANCE)

TICKETS: Grants = {
    "support.view_ticket": _READERS,
    "support.add_ticket": _AGENTS,
    "support.work_ticket": _AGENTS,
    "support.assign_ticket": SUPERVISOR,
    "support.view_team": _READERS,
    "support.change_team": SUPERVISOR,
    "support.view_triagerule": _READERS,
    "support.change_triagerule": SUPERVISOR,
    "support.view_macro": _READERS,
    "support.change_macro": SUPERVISOR,
    "support.view_departmenttask": (*_READERS, R.WAREHOUSE, R.PRODUCT_SPECIALIST, R.FINANCE),
    "support.answer_task": _DEPARTMENTS,
}
