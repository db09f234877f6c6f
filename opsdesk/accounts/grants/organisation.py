"""Who may do what with people, shops, parameters, the calendar and the trails. SOP: G1, G16"""

from opsdesk.accounts.grants.base import OPERATIONS_LEADS, PRODUCT_DESK, SUPERVISOR, Grants
from opsdesk.accounts.roles import Role as R

_OVERSEERS = (*OPERATIONS_LEADS, R.AUDITOR, R.SYSADMIN)
_DESKS = tuple(role for role in R if role not in {R.AUDITOR, R.SYSADMIN})

ORGANISATION: Grants = {
    "audit.view_auditentry": _OVERSEERS,
    "parameters.view_parameteroverride": _OVERSEERS,
    "parameters.change_parameteroverride": OPERATIONS_LEADS,
    "workcalendar.view_calendarday": _OVERSEERS,
    "workcalendar.add_calendarday": SUPERVISOR,
    "workcalendar.change_calendarday": SUPERVISOR,
    "notifications.view_notice": (*OPERATIONS_LEADS, R.CUSTOMER_SERVICE, R.LOGISTICS, R.AUDITOR),
    "notifications.resend_notice": (*SUPERVISOR, R.CUSTOMER_SERVICE),
    "handover.view_handovernote": (*_DESKS, R.AUDITOR),
    "handover.oversee_handovernote": (*OPERATIONS_LEADS, R.AUDITOR),
    "handover.give_handovernote": _DESKS,
    "handover.accept_handovernote": _DESKS,
    "invariants.view_invariantrun": (*_OVERSEERS, R.TECHNICAL, R.FINANCE),
    "invariants.check_invariants": (*OPERATIONS_LEADS, R.SYSADMIN),
    "duties.view_dutyrun": (*_OVERSEERS, R.TECHNICAL),
    "webhooks.view_event": (R.TECHNICAL, R.SYSADMIN),
    "reviews.view_reviewrequest": (*OPERATIONS_LEADS, *PRODUCT_DESK, R.AUDITOR),
    "shops.view_shop": _OVERSEERS,
    "shops.add_shop": (R.SYSADMIN,),
    "shops.change_shop": (*SUPERVISOR, R.SYSADMIN),
    "accounts.view_user": (R.AUDITOR, R.SYSADMIN),
    "accounts.add_user": (R.SYSADMIN,),
    "accounts.change_user": (R.SYSADMIN,),
    "accounts.view_apiclient": (R.AUDITOR, R.SYSADMIN),
    "accounts.add_apiclient": (R.SYSADMIN,),
    "accounts.change_apiclient": (R.SYSADMIN,),
}
