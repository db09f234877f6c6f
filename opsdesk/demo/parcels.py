"""The demo company's parcels: an order of which a part has left, and one whose rest could not follow."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from opsdesk.common.actors import SYSTEM
from opsdesk.demo.later import Placed, tracking_no
from orders.queries.fulfilment.handed import left_of
from orders.services.fulfilment.resting import cancel_rest
from orders.services.fulfilment.shipping import Parcel, ship_order

_HOUR = timedelta(hours=1)


def make_parcels(packed: Sequence[Placed], *, now: datetime) -> None:
    """Of two packed orders with several pieces, one leaves; of the second the rest is given up."""
    waiting, given_up = [order for order in packed if sum(left_of(order.id).values()) > 1][:2]
    for order in (waiting, given_up):
        first = next(iter(left_of(order.id)))
        parcel = Parcel("sf", tracking_no(order), ((first.sku_code, 1),))
        ship_order(order_id=order.id, parcels=[parcel], actor=SYSTEM, now=now - _HOUR)
    cancel_rest(order_id=given_up.id, reason="其余商品破损，无法补发", actor=SYSTEM, now=now)
