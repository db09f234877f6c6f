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
ON_THE_ROAD, DELIVERED, CONFIRMED = timedelta(hours=9), timedelta(hours=50), timedelta(hours=140)
TOO_LATE = timedelta(hours=130)  # for any carrier's promise
_OTHERS = (("sf", "SF"), ("zto", "ZT"), ("jtexpress", "JT"))  # carrier and how its numbers begin
_LATE = {"zto": 7, "jtexpress": 4}  # every so many parcels of them come late
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
            parcel = _parcel(order, name)
            ship_order(order_id=order.id, parcels=[parcel], actor=SYSTEM, now=order.placed_at + SHIPPED)
    for name in ("shipped", "delivered", "unconfirmed", "completed"):
        _report(orders, name, "in_transit", "离开深圳转运中心", now)
    for name in ("delivered", "unconfirmed", "completed"):
        _report(orders, name, "delivered", "已签收", now)
    for order in orders["completed"]:
        confirm_receipt(order_id=order.id, actor=SYSTEM, now=order.placed_at + CONFIRMED)
    for order in orders["cancelled"]:
        cancel_order(order_id=order.id, reason="买家改变主意", actor=SYSTEM, now=order.placed_at + RELEASED)


def tracking_no(order: Placed) -> str:
    """The made-up number of the order's parcel."""
    return f"SF7{order.id:012d}"


def _parcel(order: Placed, share: str) -> Parcel:
    """The order's parcel; what is completed went with several carriers."""
    code, prefix = _OTHERS[order.id % len(_OTHERS)] if share == "completed" else (CARRIER, "SF")
    return Parcel(code, tracking_no(order).replace("SF", prefix))


def _report(orders: Mapping[str, Sequence[Placed]], share: str, code: str, text: str, now: datetime) -> None:
    reports = []
    for order in orders[share]:
        parcel = _parcel(order, share)
        late = _LATE.get(parcel.carrier, 0) and order.id % _LATE[parcel.carrier] == 0
        after = ON_THE_ROAD if code == "in_transit" else TOO_LATE if late else DELIVERED
        if order.placed_at + after < now:
            reports.append(Report(parcel.carrier, parcel.tracking_no, code, order.placed_at + after, text))
    record_reports(reports=reports, all_or_nothing=False, actor=SYSTEM, now=now)
