"""Who stops parcels, checks them in, and looks after the carriers' feeds. SOP: O14, O18"""

from opsdesk.accounts.grants.base import OPERATIONS_LEADS, SUPERVISOR, Grants
from opsdesk.accounts.roles import Role as R

TRACKING: Grants = {
    "orders.view_interception": (*OPERATIONS_LEADS, R.CUSTOMER_SERVICE, R.WAREHOUSE, R.LOGISTICS, R.AUDITOR),
    "orders.work_interception": (*SUPERVISOR, R.CUSTOMER_SERVICE, R.LOGISTICS),
    "orders.receive_interception": (R.WAREHOUSE,),
    "orders.view_trackingfeed": (*OPERATIONS_LEADS, R.LOGISTICS, R.TECHNICAL, R.AUDITOR),
    "orders.repair_trackingfeed": (R.TECHNICAL,),
    "orders.view_carriermessage": (R.TECHNICAL, R.LOGISTICS, R.AUDITOR),
}
