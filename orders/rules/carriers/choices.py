"""What may still be done about the carrier of an order that has not left, and about a carrier, its tables and its claims.

Pure.
"""

from datetime import date

from opsdesk.common.lifecycle import Lifecycle, Transition
from orders.enums.carriers import ClaimState
from orders.enums.orders import OrderStatus

_WAITING = (OrderStatus.PENDING, OrderStatus.PROCESSING, OrderStatus.READY_TO_SHIP)
ACTIVE, INACTIVE = "active", "inactive"

CHOICE_STEPS = Lifecycle(
    Transition("override", _WAITING, None, permission="orders.override_carrier", sop="O11"),
    Transition("rechoose", _WAITING, None, permission="orders.override_carrier", sop="O11"),
)

CARRIER_STEPS = Lifecycle(
    Transition("change", (ACTIVE, INACTIVE), None, permission="orders.change_carrier", sop="O11"),
    Transition("activate", {INACTIVE}, ACTIVE, permission="orders.change_carrier", sop="O11"),
    Transition("deactivate", {ACTIVE}, INACTIVE, permission="orders.change_carrier", sop="O11"),
)

REGION_STEPS = Lifecycle(Transition("change", {ACTIVE}, None, permission="orders.change_carrier", sop="O11"))

PRICE_STEPS = Lifecycle(
    Transition("change", {ACTIVE}, None, permission="orders.change_carrier", sop="O11"),
    Transition("end", {ACTIVE}, None, permission="orders.change_carrier", sop="O11"),
)

CLAIM_LIFECYCLE = Lifecycle(
    Transition("grant", {ClaimState.ASKED}, ClaimState.GRANTED, permission="orders.work_carrierclaim", sop="O11"),
    Transition("refuse", {ClaimState.ASKED}, ClaimState.REFUSED, permission="orders.work_carrierclaim", sop="O11"),
)


def standing(valid_until: date | None, today: date) -> str:
    """A price that has ended stays as it was: parcels went by it. SOP: O11"""
    return INACTIVE if valid_until is not None and valid_until < today else ACTIVE
