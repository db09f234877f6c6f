"""The states of a refund, and how much can still go back."""

from decimal import Decimal

from opsdesk.common.lifecycle import Lifecycle, Transition
from orders.enums.finance import RefundState as S
from orders.enums.orders import PaymentStatus

UNDER_WAY = (S.AWAITING_APPROVAL, S.TO_PAY)

REFUND_LIFECYCLE = Lifecycle(
    Transition("approve", {S.AWAITING_APPROVAL}, S.TO_PAY, permission="orders.approve_refund", sop="S8"),
    Transition("reject", {S.AWAITING_APPROVAL}, S.CANCELLED, permission="orders.approve_refund", sop="S8"),
    Transition("pay", {S.TO_PAY}, S.SUCCEEDED, permission="orders.pay_refund", sop="O20"),
    Transition("platform_pay", UNDER_WAY, S.SUCCEEDED, permission="orders.take_platformproblem", sop="O20"),
    Transition("fail", {S.TO_PAY}, S.FAILED, permission="orders.pay_refund", sop="O20"),
    Transition("retry", {S.FAILED}, S.TO_PAY, permission="orders.pay_refund", sop="O20"),
)


def first_state(amount: Decimal, limit: int) -> S:
    """Amounts above the limit wait for a second person. SOP: S8"""
    return S.AWAITING_APPROVAL if amount > limit else S.TO_PAY


def refundable(*, paid: Decimal, refunded: Decimal, owed: Decimal) -> Decimal:
    """What can still be promised to go back: refunds under way count as gone. SOP: O20"""
    return max(paid - refunded - owed, Decimal("0.00"))


def payment_after(*, paid: Decimal, refunded: Decimal) -> PaymentStatus:
    """How an order's payment is called once this much has gone back."""
    return PaymentStatus.REFUNDED if refunded >= paid else PaymentStatus.PARTIALLY_REFUNDED
