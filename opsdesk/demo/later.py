"""What happened to orders after they came in: how far each share of the plan has got by now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from opsdesk.common.actors import SYSTEM
from orders.services.changes import cancel_order
from orders.services.completion.completion import confirm_receipt
from orders.services.fulfilment.packing import Checklist, pack_order
from orders.services.fulfilment.picking import make_for_orders
from orders.services.fulfilment.shipping import Parcel, ship_order
from orders.services.release import release_orders
from orders.services.tracking.tracking import Report, record_reports

CARRIER = "sf"
RELEASED, PACKED, SHIPPED = timedelta(hours=1), timedelta(hours=3), timedelta(hours=5)  # after the order was placed
ON_THE_ROAD, DELIVERED, CONFIRMED = timedelta(hours=9), timedelta(hours=50), timedelta(hours=80)
_CHECKLIST = Checklist(appearance=True, packing_list=True, manual=True, warranty=True)


@dataclass(frozen=True)
class Placed:
    """An order of the plan."""

    id: int
    placed_at: datetime


def carry_on(orders: Mapping[str, Sequence[Placed]], *, now: datetime) -> None:
    """Take the steps that the shares' names tell, each at its time."""
    for name in ("released", "picking", "packed", "shipped", "stalled", "delivered", "unconfirmed", "completed"):
        for order in orders[name]:
            release_orders(order_ids=[order.id], actor=SYSTEM, now=order.placed_at + RELEASED)
    make_for_orders(order_ids=[order.id for order in orders["picking"]], actor=SYSTEM, now=now)
    for name in ("packed", "shipped", "stalled", "delivered", "unconfirmed", "completed"):
        for order in orders[name]:
            pack_order(order_id=order.id, checklist=_CHECKLIST, actor=SYSTEM, now=order.placed_at + PACKED)
    for name in ("shipped", "stalled", "delivered", "unconfirmed", "completed"):
        for order in orders[name]:
            parcel = Parcel(CARRIER, tracking_no(order))
            ship_order(order_id=order.id, parcels=[parcel], actor=SYSTEM, now=order.placed_at + SHIPPED)
    moving = [order for name in ("shipped", "delivered", "unconfirmed", "completed") for order in orders[name]]
    _report(moving, "in_transit", ON_THE_ROAD, "离开深圳转运中心", now)
    _report([*orders["delivered"], *orders["unconfirmed"], *orders["completed"]], "delivered", DELIVERED, "已签收", now)
    for order in orders["completed"]:
        confirm_receipt(order_id=order.id, actor=SYSTEM, now=order.placed_at + CONFIRMED)
    for order in orders["cancelled"]:
        cancel_order(order_id=order.id, reason="买家改变主意", actor=SYSTEM, now=order.placed_at + RELEASED)


def tracking_no(order: Placed) -> str:
    """The made-up number of the order's parcel."""
    return f"SF7{order.id:012d}"


def _report(orders: Sequence[Placed], code: str, after: timedelta, text: str, now: datetime) -> None:
    reports = [
        Report(CARRIER, tracking_no(order), code, order.placed_at + after, text)
        for order in orders
        if order.placed_at + after < now
    ]
    record_reports(reports=reports, all_or_nothing=False, actor=SYSTEM, now=now)
