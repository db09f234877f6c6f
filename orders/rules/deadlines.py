"""By when something about an order must be done. Spans are parameters, moments are aware."""

from datetime import datetime, timedelta

from orders.enums.orders import PaymentStatus


def process_by(*, placed_at: datetime, paid_later_at: datetime | None, payment_status: str, span: timedelta) -> datetime | None:
    """When every parcel of the order must be handed over; None while it is not paid.

    Runs from placing the order, cash on delivery included; from the payment if that came later than the order.
    SOP: O17
    """
    if payment_status == PaymentStatus.UNPAID:
        return None
    return (paid_later_at or placed_at) + span
