"""Who sets the bot and who sees how it talks. SOP: S18"""

from opsdesk.accounts.grants.base import OPERATIONS_LEADS, Grants
from opsdesk.accounts.roles import Role as R

BOT: Grants = {
    "support.view_botsetting": (*OPERATIONS_LEADS, R.CUSTOMER_SERVICE, R.AUDITOR),
    "support.change_botsetting": OPERATIONS_LEADS,
    "support.view_bottalk": (*OPERATIONS_LEADS, R.CUSTOMER_SERVICE, R.AUDITOR),
}
