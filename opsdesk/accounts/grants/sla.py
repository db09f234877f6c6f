"""Who may do what with service levels, promises and staffing. SOP: S3, S4a, S8, S9, S20"""

from opsdesk.accounts.grants.base import OPERATIONS_LEADS, SUPERVISOR, Grants
from opsdesk.accounts.roles import Role as R

_AGENTS = (*SUPERVISOR, R.CUSTOMER_SERVICE)
_READERS = (*OPERATIONS_LEADS, R.CUSTOMER_SERVICE, R.AUDITOR)

SLA: Grants = {
    "support.view_slapolicy": _READERS,
    "support.change_slapolicy": OPERATIONS_LEADS,
    "support.view_ticketclock": _READERS,
    "support.view_promise": (*_READERS, R.PRODUCT_SUPERVISOR),
    "support.give_promise": _AGENTS,
    "support.view_complaintreview": (*_READERS, R.PRODUCT_SUPERVISOR),
    "support.change_complaintreview": _AGENTS,
    "support.view_staffedhour": _READERS,
    "support.change_staffedhour": OPERATIONS_LEADS,
}
