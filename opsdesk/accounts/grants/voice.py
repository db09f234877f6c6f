"""Who may do what with problems, the archive and service reports. SOP: S12, S13, S21"""

from opsdesk.accounts.grants.base import LEADS, OPERATIONS_LEADS, Grants
from opsdesk.accounts.roles import Role as R

_READERS = (*LEADS, R.CUSTOMER_SERVICE, R.AUDITOR)
_ACTING = (R.PRODUCT_SPECIALIST, R.WAREHOUSE, R.LOGISTICS, R.PURCHASING, R.DESIGNER, R.CUSTOMER_SERVICE)

VOICE: Grants = {
    "support.view_problem": (*_READERS, R.PRODUCT_SPECIALIST, R.WAREHOUSE, R.LOGISTICS),
    "support.change_problem": OPERATIONS_LEADS,
    "support.view_dailydigest": (*_READERS, R.PRODUCT_SPECIALIST, R.WAREHOUSE, R.LOGISTICS),
    "support.view_problemaction": (*LEADS, R.AUDITOR, *_ACTING),
    "support.act_on_problem": (*OPERATIONS_LEADS, *_ACTING),
    "support.view_archiveentry": _READERS,
    "support.view_voicereport": (*_READERS, R.PRODUCT_SPECIALIST, R.WAREHOUSE, R.LOGISTICS),
    "support.write_voicereport": OPERATIONS_LEADS,
    "support.view_reporttask": (*LEADS, R.AUDITOR, *_ACTING),
    "support.finish_reporttask": (*OPERATIONS_LEADS, *_ACTING),
}
