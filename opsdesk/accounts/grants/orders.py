"""Who may do what with orders. SOP: O3, O18"""

from opsdesk.accounts.grants.base import OPERATIONS_LEADS, PRODUCT_SPECIALIST, SUPERVISOR, Grants
from opsdesk.accounts.roles import Role as R

_READERS = (
    *OPERATIONS_LEADS,
    *PRODUCT_SPECIALIST,
    R.CUSTOMER_SERVICE,
    R.WAREHOUSE,
    R.FINANCE,
    R.LOGISTICS,
    R.ON_SITE,
    R.AUDITOR,
)
_CHECKERS = (*SUPERVISOR, *PRODUCT_SPECIALIST, R.CUSTOMER_SERVICE)
_AGENTS = (*SUPERVISOR, R.CUSTOMER_SERVICE)
_PACKERS = (R.WAREHOUSE,)

ORDERS: Grants = {
    "orders.view_order": _READERS,
    "orders.view_shipment": _READERS,
    "orders.view_checkround": _READERS,
    "orders.view_carriercase": _READERS,
    "orders.view_contacttask": _READERS,
    "orders.decide_order": _CHECKERS,
    "orders.hold_order": _CHECKERS,
    "orders.release_order": _CHECKERS,
    "orders.sign_checkround": _CHECKERS,
    "orders.add_order": _AGENTS,
    "orders.cancel_order": _AGENTS,
    "orders.change_address": _AGENTS,
    "orders.mark_paid_order": _AGENTS,
    "orders.contact_order": _AGENTS,
    "orders.promise_order": _AGENTS,
    "orders.note_order": _AGENTS,
    "orders.complete_order": _AGENTS,
    "orders.work_contacttask": _AGENTS,
    "orders.intercept_order": (*_AGENTS, R.LOGISTICS),
    "orders.reveal_customer": _AGENTS,
    "orders.work_carriercase": (*_AGENTS, R.LOGISTICS),
    "orders.view_picklist": (*OPERATIONS_LEADS, *_PACKERS),
    "orders.pick_order": _PACKERS,
    "orders.pack_order": _PACKERS,
    "orders.ship_order": _PACKERS,
    "orders.record_tracking": (*_PACKERS, R.LOGISTICS),
    "orders.view_carrier": (*OPERATIONS_LEADS, *_PACKERS, R.LOGISTICS),
    "orders.change_carrier": (*SUPERVISOR, R.LOGISTICS),
    "orders.view_settlement": (*OPERATIONS_LEADS, R.FINANCE, R.AUDITOR),
    "orders.view_satisfactioncontact": (*OPERATIONS_LEADS, R.CUSTOMER_SERVICE, R.AUDITOR),
    "orders.work_satisfactioncontact": _AGENTS,
    "orders.remedy_satisfactioncontact": OPERATIONS_LEADS,
    "orders.view_reviewinvitation": (*OPERATIONS_LEADS, R.CUSTOMER_SERVICE, R.MARKETING, R.AUDITOR),
    "orders.settle_order": (R.FINANCE,),
}
