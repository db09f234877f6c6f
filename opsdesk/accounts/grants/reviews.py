"""Who reads and answers product reviews. SOP: S14"""

from opsdesk.accounts.grants.base import OPERATIONS_LEADS, PRODUCT_DESK, Grants
from opsdesk.accounts.roles import Role as R

REVIEWS: Grants = {
    "support.view_productreview": (*OPERATIONS_LEADS, *PRODUCT_DESK, R.CUSTOMER_SERVICE, R.MARKETING, R.AUDITOR),
    "support.reply_productreview": (*OPERATIONS_LEADS, R.CUSTOMER_SERVICE),
}
