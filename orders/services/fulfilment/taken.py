"""Saying whose a tracking number is."""

from opsdesk.common.errors import Issue
from opsdesk.common.text import mark
from orders.errors import TrackingInUse
from orders.models import Order

_OF_ORDER = mark("This tracking number belongs to the parcel of order %(order)s.")


def in_use(pointer: str, owner: Order | None, shop_id: int) -> Issue:
    """Why the number at the pointer is refused; an order of another shop is not named. SOP: O12"""
    if owner is None or owner.shop_id != shop_id:
        return Issue(pointer, TrackingInUse.code, TrackingInUse.message)
    return Issue(pointer, TrackingInUse.code, _OF_ORDER, {"order": owner.number})
