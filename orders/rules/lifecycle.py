"""The states of an order and the steps between them, read top to bottom."""

from collections.abc import Collection

from opsdesk.common.actors import Actor
from opsdesk.common.lifecycle import Lifecycle, Transition
from orders.enums.orders import OrderStatus as S
from orders.enums.orders import PaymentStatus
from orders.rules.holds import needs_contact

_OPEN = (S.PENDING, S.PROCESSING, S.READY_TO_SHIP)

ORDER_LIFECYCLE = Lifecycle(
    Transition("hold", _OPEN, None, permission="orders.hold_order", sop="O5"),
    Transition("release_hold", _OPEN, None, permission="orders.release_order", sop="O5"),
    Transition("contact", _OPEN, None, permission="orders.contact_order", sop="O5"),
    Transition("compare", {S.PENDING}, None, permission="orders.decide_order", sop="O4"),
    Transition("promise", _OPEN, None, permission="orders.promise_order", sop="O17"),
    Transition("note", set(S), None, permission="orders.note_order", sop="O5"),
    Transition("release", {S.PENDING}, S.PROCESSING, permission="orders.decide_order", sop="O6"),
    Transition("allocate", {S.PENDING, S.PROCESSING}, None, permission="orders.allocate_order", sop="O8"),
    Transition("pack", {S.PROCESSING}, S.READY_TO_SHIP, permission="orders.pack_order", sop="O10"),
    Transition("ship", {S.READY_TO_SHIP}, S.SHIPPED, permission="orders.ship_order", sop="O12"),
    Transition("ship_part", {S.READY_TO_SHIP}, None, permission="orders.ship_order", sop="O12"),
    Transition("cancel_rest", {S.READY_TO_SHIP}, S.SHIPPED, permission="orders.cancel_order", sop="O12"),
    Transition("confirm_receipt", {S.SHIPPED}, S.COMPLETED, permission="orders.complete_order", sop="O15"),
    Transition("cancel", _OPEN, S.CANCELLED, permission="orders.cancel_order", sop="O18"),
    Transition("change_address", _OPEN, None, permission="orders.change_address", sop="O18"),
    Transition("mark_paid", (*_OPEN, S.SHIPPED), None, permission="orders.mark_paid_order", sop="O2"),
    Transition("intercept", {S.READY_TO_SHIP, S.SHIPPED}, None, permission="orders.intercept_order", sop="O18"),
)


def available_steps(
    *, status: str, payment_status: str, open_holds: Collection[str], has_left: bool, actor: Actor
) -> list[str]:
    """The steps that the actor may take on an order now; `has_left` when a parcel of it has left the house.

    Nothing is released while a hold is open, holds are lifted only where there are any, customers are asked where a hold
    waits for them, only what is unpaid can be paid, and once a parcel has left, the carrier is asked to stop it and only
    the rest can be cancelled.
    SOP: O5, O6, O7, O18
    """
    steps = ORDER_LIFECYCLE.available(status, actor)
    gone = {"cancel", "change_address"} if has_left else {"intercept", "cancel_rest"}
    steps = [step for step in steps if step not in gone]
    if not open_holds:
        steps = [step for step in steps if step != "release_hold"]
    else:
        steps = [step for step in steps if step not in {"release", "pack", "ship"}]
    if not needs_contact(open_holds):
        steps = [step for step in steps if step != "contact"]
    if payment_status not in {PaymentStatus.UNPAID, PaymentStatus.COD}:
        steps = [step for step in steps if step != "mark_paid"]
    return steps
