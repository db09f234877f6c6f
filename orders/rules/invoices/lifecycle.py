"""The states of a request for an invoice. Pure. SOP: O7"""

from opsdesk.common.lifecycle import Lifecycle, Transition
from orders.enums.invoices import InvoiceState as S

_ISSUE = "orders.issue_invoice"

INVOICE_LIFECYCLE = Lifecycle(
    Transition("issue", {S.REQUESTED}, S.ISSUED, permission=_ISSUE, sop="O7"),
    Transition("correct", {S.REQUESTED}, None, permission="orders.request_invoice", sop="O7"),
    Transition("cancel", {S.REQUESTED}, S.CANCELLED, permission="orders.request_invoice", sop="O7"),
    Transition("ask_red_letter", {S.ISSUED}, S.RED_LETTER_DUE, permission="orders.request_invoice", sop="O7"),
    Transition("issue_red_letter", {S.RED_LETTER_DUE}, S.RED_LETTERED, permission=_ISSUE, sop="O7"),
)
