"""The duty to contact the customer of a held order."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from opsdesk.common.actors import Actor
from opsdesk.inbox.services import Work, raise_many, resolve
from opsdesk.parameters.queries import value
from orders.models import Order
from orders.parameters.intake import CONTACT_TIME
from orders.services.events import KIND

CONTACT_CUSTOMER = "orders.contact_customer"


def ask_customer(orders: Iterable[Order], *, now: datetime) -> None:
    """Raise the work to contact these orders' customers, once an order. SOP: O5"""
    due = now + value(CONTACT_TIME)
    works = [
        Work(CONTACT_CUSTOMER, KIND, order.public_id, due, shop_id=order.shop_id, params={"number": order.number})
        for order in orders
    ]
    if works:
        raise_many(works, now=now)


def customer_answered(orders: Sequence[Order], *, outcome: str, actor: Actor, now: datetime) -> None:
    """Nothing waits for these customers any more. SOP: O5"""
    ids = [order.public_id for order in orders]
    resolve(kind=CONTACT_CUSTOMER, subject_ids=ids, outcome=outcome, actor=actor, now=now)
