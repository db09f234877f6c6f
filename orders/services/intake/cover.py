"""Reserving the pieces of an order that has none any more, or never had."""

from collections import Counter
from datetime import datetime

from catalog.queries.offers import warehouses_of
from catalog.queries.reservations import owners_with_stock
from catalog.services import stock
from opsdesk.parameters.queries import value
from orders.enums.orders import PaymentStatus
from orders.models import Order
from orders.parameters.intake import UNPAID_RESERVATION
from orders.services.intake.remainder import take_what_is_there


def is_covered(order: Order, *, now: datetime) -> bool:
    """True when the order's pieces are reserved, now or already; the order is locked. SOP: O2, O8"""
    if owners_with_stock([order.public_id]):
        return not take_what_is_there(order, now=now)  # a part of it may have been kept while the rest was awaited
    wanted: Counter[int] = Counter()
    for sku_id, quantity in order.lines.values_list("sku_id", "quantity"):
        wanted[sku_id] += quantity
    plan = stock.plan([stock.Demand(order.public_id, wanted, warehouses_of({order.shop_id})[order.shop_id])])
    if plan.short:
        return False
    unpaid = order.payment_status == PaymentStatus.UNPAID
    expiry = {order.public_id: now + value(UNPAID_RESERVATION)} if unpaid else {}
    stock.reserve(plan.takes, expires_at=expiry, now=now)
    return True
