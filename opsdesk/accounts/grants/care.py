"""Who looks after customers: profiles, return visits, broadcasts. SOP: S15, S16, S17"""

from opsdesk.accounts.grants.base import OPERATIONS_LEADS, Grants
from opsdesk.accounts.roles import Role as R

_DESK = (*OPERATIONS_LEADS, R.CUSTOMER_SERVICE)

CARE: Grants = {
    "support.view_customerprofile": (*_DESK, R.MARKETING, R.AUDITOR),
    "support.change_customerprofile": _DESK,
    "support.merge_customerprofile": _DESK,
    "support.view_segment": (*_DESK, R.MARKETING, R.AUDITOR),
    "support.change_segment": (*OPERATIONS_LEADS, R.MARKETING),
    "support.view_callplan": (*_DESK, R.MARKETING, R.AUDITOR),
    "support.change_callplan": OPERATIONS_LEADS,
    "support.view_callback": (*_DESK, R.MARKETING, R.AUDITOR),
    "support.make_callback": _DESK,
    "support.view_broadcast": (*_DESK, R.MARKETING, R.AUDITOR),
    "support.write_broadcast": (*OPERATIONS_LEADS, R.MARKETING),
    "support.approve_broadcast": OPERATIONS_LEADS,
}
