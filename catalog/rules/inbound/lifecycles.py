"""The steps of purchase orders, goods receipts, transfers, adjustments and lots. Pure."""

from catalog.enums.inbound import AdjustmentStatus as A
from catalog.enums.inbound import PurchaseStatus as P
from catalog.enums.inbound import ReceiptStatus as G
from catalog.enums.inbound import TransferStatus as T
from catalog.rules.alerts import KEPT
from opsdesk.common.lifecycle import Lifecycle, Transition

_WRITE, _APPROVE = "catalog.write_purchaseorder", "catalog.approve_purchaseorder"
_RECEIVE, _MOVE = "catalog.receive_goods", "catalog.transfer_stock"
_SECOND = "catalog.approve_stock_adjustment"

# "send" leads to the review first where the amount is above the limit
PURCHASE_LIFECYCLE = Lifecycle(
    Transition("write", {P.DRAFT}, None, permission=_WRITE, sop="C12"),
    Transition("send", {P.DRAFT}, P.SENT, permission=_WRITE, sop="C12"),
    Transition("withdraw", {P.IN_REVIEW}, P.DRAFT, permission=_WRITE, sop="C12"),
    Transition("approve", {P.IN_REVIEW}, P.SENT, permission=_APPROVE, sop="C12"),
    Transition("return", {P.IN_REVIEW}, P.DRAFT, permission=_APPROVE, sop="C12"),
    Transition("reschedule", {P.SENT, P.PARTLY_RECEIVED}, None, permission=_WRITE, sop="C12"),
    Transition("receive", {P.SENT, P.PARTLY_RECEIVED}, P.PARTLY_RECEIVED, permission=_RECEIVE, sop="C12"),
    Transition("close", {P.PARTLY_RECEIVED}, P.RECEIVED, permission=_WRITE, sop="C12"),
    Transition("cancel", {P.DRAFT, P.IN_REVIEW, P.SENT}, P.CANCELLED, permission=_WRITE, sop="C12"),
)
RECEIPT_LIFECYCLE = Lifecycle(
    Transition("count", {G.OPEN}, None, permission=_RECEIVE, sop="C11"),
    Transition("post", {G.OPEN}, G.POSTED, permission=_RECEIVE, sop="C11"),
    Transition("cancel", {G.OPEN}, G.CANCELLED, permission=_RECEIVE, sop="C11"),
    Transition("settle", {G.POSTED}, None, permission="catalog.settle_goodsreceipt", sop="C12"),
)
TRANSFER_LIFECYCLE = Lifecycle(
    Transition("send", {T.REQUESTED}, T.SENT, permission=_MOVE, sop="C11"),
    Transition("receive", {T.SENT}, T.RECEIVED, permission=_MOVE, sop="C11"),
    Transition("cancel", {T.REQUESTED}, T.CANCELLED, permission=_MOVE, sop="C11"),
    Transition("settle", {T.RECEIVED}, None, permission=_SECOND, sop="C22"),
)
ADJUSTMENT_LIFECYCLE = Lifecycle(
    Transition("approve", {A.IN_REVIEW}, A.POSTED, permission=_SECOND, sop="C22"),
    Transition("reject", {A.IN_REVIEW}, A.REJECTED, permission=_SECOND, sop="C22"),
    Transition("withdraw", {A.IN_REVIEW}, A.WITHDRAWN, permission="catalog.adjust_stock", sop="C22"),
)
LOT_STEPS = Lifecycle(
    Transition("move", {KEPT}, None, permission="catalog.move_stocklot", sop="C11"),
    Transition("note_expiry", {KEPT}, None, permission="catalog.note_expiry", sop="C20"),
)
