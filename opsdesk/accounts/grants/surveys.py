"""Who reads surveys, talks with the unhappy, and plans them. SOP: S11"""

from opsdesk.accounts.grants.base import OPERATIONS_LEADS, Grants
from opsdesk.accounts.roles import Role as R

SURVEYS: Grants = {
    "support.view_survey": (*OPERATIONS_LEADS, R.CUSTOMER_SERVICE, R.MARKETING, R.AUDITOR),
    "support.follow_survey": (*OPERATIONS_LEADS, R.CUSTOMER_SERVICE),
    "support.view_surveyplan": (*OPERATIONS_LEADS, R.CUSTOMER_SERVICE, R.MARKETING, R.AUDITOR),
    "support.change_surveyplan": (*OPERATIONS_LEADS, R.MARKETING),
}
