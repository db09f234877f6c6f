"""Holding an order back, and letting it go on. SOP: O5"""

from datetime import datetime

from django.db import transaction

from catalog.errors import InsufficientStock
from opsdesk.common.actors import Actor
from opsdesk.inbox import services as inbox
from orders.enums.orders import CheckCode, CheckResult, HoldCode, OrderStatus
from orders.enums.rounds import RoundDecision
from orders.errors import AlreadyOnHold, ContactNotVerified, HoldStillNeeded, NotOnHold
from orders.models import Order
from orders.queries.manual.entries import awaits_approval
from orders.rules.holds import is_still_needed
from orders.rules.intake import checks
from orders.services import hold_rows, steps
from orders.services.fulfilment import allocation
from orders.services.intake import check_rows
from orders.services.intake.cover import is_covered
from orders.services.intake.verifying import note_answer_of_shop, verified_holds
from orders.services.rounds.items import note_decision


@transaction.atomic(savepoint=False)
def hold_order(*, order_id: int, code: HoldCode, reason: str, actor: Actor, now: datetime) -> Order:
    """Hold an order back before it leaves the house; what only the customer can end becomes work for customer service.

    Raises: NotFound, Forbidden, IllegalTransition, AlreadyOnHold.
    SOP: O5
    """
    order = steps.lock_orders([order_id], actor)[0]
    step = steps.enter([order], "hold", actor)
    if code in hold_rows.open_codes(order):
        raise AlreadyOnHold(hold=code.value)
    hold_rows.put_on(order, [code], reason=reason, actor=actor, now=now)
    if order.status == OrderStatus.PENDING:
        note_decision([order.pk], RoundDecision.HOLD, note=reason, actor=actor, now=now)
    steps.move([order], step, event="held", actor=actor, now=now, reason=reason, details={"hold": code.value})
    return order


@transaction.atomic(savepoint=False)
def release_hold(*, order_id: int, code: HoldCode, reason: str, actor: Actor, now: datetime) -> Order:
    """Lift one hold of an order. What can be seen not to have happened - payment, address, stock - is not lifted;
    what waits for the customer is lifted by a person only after the customer has verified it.

    Raises: NotFound, Forbidden, IllegalTransition, NotOnHold, HoldStillNeeded, ContactNotVerified,
    InsufficientStock.
    SOP: O5
    """
    order = steps.lock_orders([order_id], actor)[0]
    step = steps.enter([order], "release_hold", actor)
    if code not in hold_rows.open_codes(order):
        raise NotOnHold(hold=code.value)
    address = check_rows.address_of(order)
    if is_still_needed(
        code,
        payment_status=order.payment_status,
        address_missing=checks.missing_address_parts(address),
        contact_missing=checks.missing_contact_parts(address),
    ):
        raise HoldStillNeeded(hold=code.value)
    if code == HoldCode.PRICE and awaits_approval(order):
        raise HoldStillNeeded(hold=code.value)
    if not verified_holds(order, [code], actor=actor):
        raise ContactNotVerified(hold=code.value)
    note_answer_of_shop(order, [code], answer=reason, actor=actor, now=now)
    if code == HoldCode.STOCK:
        if not is_covered(order, now=now):
            raise InsufficientStock()
        check_rows.write(order, [checks.Finding(CheckCode.STOCK, CheckResult.OK)])
    if code == HoldCode.OTHER:
        inbox.resolve(kind=allocation.WORK, subject_ids=[order.public_id], outcome="lifted", actor=actor, now=now)
    columns = hold_rows.lift(order, [code], actor=actor, now=now)
    steps.move([order], step, event="released", actor=actor, now=now, reason=reason, details={"hold": code.value}, **columns)
    return order
