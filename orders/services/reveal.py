"""Showing a customer's data in full, to those who need it, with a trace."""

from datetime import datetime

from django.db import transaction

from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from orders.rules.intake.draft import DraftAddress
from orders.services import steps
from orders.services.events import KIND
from orders.services.intake import check_rows


@transaction.atomic(savepoint=False)
def reveal_customer(*, order_id: int, actor: Actor, now: datetime) -> DraftAddress:
    """Who gets the order and where, in full; who looked is recorded, what they saw is not.

    Raises: NotFound, Forbidden.
    SOP: O5. Ours: G14
    """
    actor.require("orders.reveal_customer")
    order = steps.lock_orders([order_id], actor)[0]
    record(Change("orders.reveal", KIND, order.public_id, shop=order.shop.code), actor=actor, now=now)
    return check_rows.address_of(order) or DraftAddress()
