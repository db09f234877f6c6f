"""The states of orders that share a parcel. Pure. SOP: O7"""

from collections.abc import Collection, Mapping, Sequence

from opsdesk.common.lifecycle import Lifecycle, Transition
from orders.enums.grouping import GroupState as S

GROUP_LIFECYCLE = Lifecycle(
    Transition("dissolve", {S.ACCEPTED}, S.DISSOLVED, permission="orders.group_order", sop="O7"),
)


def same_place(places: Mapping[int, Collection[int]], orders: Sequence[int]) -> bool:
    """True when all of these orders lie in one warehouse, the same for all; those with nothing reserved do not count."""
    found = {place for order in orders for place in places.get(order, ())}
    return len(found) <= 1
