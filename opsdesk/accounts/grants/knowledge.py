"""Who may do what with the knowledge base, phrases, presence and tone. SOP: S7, S19"""

from opsdesk.accounts.grants.base import OPERATIONS_LEADS, PRODUCT_DESK, SUPERVISOR, Grants
from opsdesk.accounts.roles import Role as R

_AGENTS = (*SUPERVISOR, R.CUSTOMER_SERVICE)

KNOWLEDGE: Grants = {
    "support.view_article": (*OPERATIONS_LEADS, *PRODUCT_DESK, R.CUSTOMER_SERVICE, R.MARKETING, R.AUDITOR),
    "support.write_article": (*_AGENTS, *PRODUCT_DESK, R.MARKETING),
    "support.publish_article": OPERATIONS_LEADS,
    "support.view_phrase": (*OPERATIONS_LEADS, R.CUSTOMER_SERVICE, R.AUDITOR),
    "support.change_phrase": OPERATIONS_LEADS,
    "support.view_agentpresence": (*OPERATIONS_LEADS, R.CUSTOMER_SERVICE, R.AUDITOR),
    "support.set_presence": _AGENTS,
    "support.view_tonescore": (*OPERATIONS_LEADS, R.AUDITOR),
    "support.score_tone": OPERATIONS_LEADS,
}
