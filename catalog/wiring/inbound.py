"""The work, the duties and the trail of purchasing, goods receipt, transfers and write-offs."""

from collections.abc import Callable

from django.urls import reverse

from catalog.rules.inbound.lifecycles import (
    ADJUSTMENT_LIFECYCLE,
    PURCHASE_LIFECYCLE,
    RECEIPT_LIFECYCLE,
    TRANSFER_LIFECYCLE,
)
from catalog.services.inbound import adjustment_steps, expiry, posting, purchase_steps, transfer_ends
from opsdesk.accounts.roles import Role
from opsdesk.common.text import mark
from opsdesk.duties.definitions import Duty
from opsdesk.handbook.charts import Chart
from opsdesk.inbox.kinds import Kind


def _page(model: str) -> Callable[[str], str]:
    return lambda subject: reverse(f"admin:catalog_{model}_change", args=[subject])


_ORDER, _RECEIPT, _TRANSFER = _page("purchaseorder"), _page("goodsreceipt"), _page("stocktransfer")
_ADJUSTMENT, _LOT = _page("stockadjustment"), _page("stocklot")

KINDS = (
    Kind(
        purchase_steps.APPROVAL,
        mark("Purchase orders to approve"),
        mark("Approve purchase order %(number)s of %(amount)s yuan"),
        Role.OPERATIONS_SUPERVISOR,
        _ORDER,
        "C12",
    ),
    Kind(
        purchase_steps.RETURNED,
        mark("Purchase orders to correct"),
        mark("Correct purchase order %(number)s: %(reason)s"),
        Role.PURCHASING,
        _ORDER,
        "C12",
    ),
    Kind(
        purchase_steps.LATE,
        mark("Suppliers to call"),
        mark("Purchase order %(number)s is overdue at %(supplier)s"),
        Role.PURCHASING,
        _ORDER,
        "C12",
    ),
    Kind(
        posting.DIFFERENCES,
        mark("Deliveries with differences"),
        mark("Settle the differences of delivery %(number)s with %(supplier)s"),
        Role.PURCHASING,
        _RECEIPT,
        "C12",
    ),
    Kind(
        transfer_ends.TO_SEND,
        mark("Transfers to send"),
        mark("Send transfer %(number)s from %(source)s to %(target)s"),
        Role.WAREHOUSE,
        _TRANSFER,
        "C11",
    ),
    Kind(
        transfer_ends.TO_RECEIVE,
        mark("Transfers to receive"),
        mark("Receive transfer %(number)s in %(target)s"),
        Role.WAREHOUSE,
        _TRANSFER,
        "C11",
    ),
    Kind(
        transfer_ends.DIFFERENCES,
        mark("Transfers with differences"),
        mark("Transfer %(number)s lost %(missing)s pieces on the way"),
        Role.OPERATIONS_SUPERVISOR,
        _TRANSFER,
        "C22",
    ),
    Kind(
        adjustment_steps.APPROVAL,
        mark("Write-offs to approve"),
        mark("Approve write-off %(number)s: %(pieces)s pieces, %(amount)s yuan"),
        Role.OPERATIONS_SUPERVISOR,
        _ADJUSTMENT,
        "C22",
    ),
    Kind(
        expiry.EXPIRING,
        mark("Goods that expire soon"),
        mark("%(pieces)s pieces of %(sku)s, lot %(lot)s, expire on %(day)s"),
        Role.PRODUCT_SPECIALIST,
        _LOT,
        "C20",
        Role.PRODUCT_SUPERVISOR,
    ),
    Kind(
        adjustment_steps.EXPIRED,
        mark("Expired goods to write off"),
        mark("Write off %(pieces)s pieces of %(sku)s, lot %(lot)s: expired on %(day)s"),
        Role.WAREHOUSE,
        _LOT,
        "C20",
    ),
)
DUTIES = (
    Duty(
        "catalog.scan_expiry",
        "0 7 * * *",
        "C20",
        lambda slot, now: expiry.scan_expiry(now=now),
        mark("Look for goods that expire"),
    ),
    Duty(
        "catalog.scan_late_purchases",
        "30 8 * * *",
        "C12",
        lambda slot, now: purchase_steps.scan_late_purchases(now=now),
        mark("Look for purchase orders that are overdue"),
    ),
)
LABELS = {
    "catalog.stock_alert_reopened": mark("Goods to be ordered again"),
    "catalog.locations_created": mark("Storage locations made"),
    "catalog.location_changed": mark("Storage location changed"),
    "catalog.lot_moved": mark("Goods moved to another location"),
    "catalog.expiry_noted": mark("Decided what to do before it expires"),
    "catalog.purchase_written": mark("Purchase order written"),
    "catalog.purchase_gathered": mark("Requests gathered into a purchase order"),
    "catalog.purchase_submit": mark("Purchase order submitted for approval"),
    "catalog.purchase_withdraw": mark("Purchase order withdrawn"),
    "catalog.purchase_send": mark("Purchase order sent"),
    "catalog.purchase_approve": mark("Purchase order approved and sent"),
    "catalog.purchase_return": mark("Purchase order returned"),
    "catalog.purchase_reschedule": mark("Purchase order put off"),
    "catalog.purchase_receive": mark("Goods of the purchase order received"),
    "catalog.purchase_close": mark("Purchase order closed"),
    "catalog.purchase_cancel": mark("Purchase order cancelled"),
    "catalog.receipt_opened": mark("Goods receipt opened"),
    "catalog.receipt_cancelled": mark("Goods receipt cancelled"),
    "catalog.receipt_posted": mark("Goods receipt posted"),
    "catalog.receipt_settled": mark("Differences settled with the supplier"),
    "catalog.transfer_requested": mark("Transfer requested"),
    "catalog.transfer_send": mark("Transfer sent"),
    "catalog.transfer_receive": mark("Transfer received"),
    "catalog.transfer_settled": mark("Loss on the way accepted"),
    "catalog.transfer_cancel": mark("Transfer cancelled"),
    "catalog.adjustment_made": mark("Correction of stock made"),
    "catalog.adjustment_post": mark("Correction of stock booked"),
    "catalog.adjustment_reject": mark("Correction of stock rejected"),
    "catalog.adjustment_withdraw": mark("Correction of stock withdrawn"),
}
CHARTS = {
    "catalog.purchase_order": Chart(
        PURCHASE_LIFECYCLE, {"write": mark("Edit"), "receive": mark("Goods come in")}, frozenset({"receive"})
    ),
    "catalog.goods_receipt": Chart(RECEIPT_LIFECYCLE, {"count": mark("Add to the count")}),
    "catalog.stock_transfer": Chart(TRANSFER_LIFECYCLE, {"receive": mark("The goods have arrived")}),
    "catalog.stock_adjustment": Chart(ADJUSTMENT_LIFECYCLE),
}
