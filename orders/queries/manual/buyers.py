"""Finding the buyer who is on the telephone, with the orders and addresses of before. SOP: O1"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from opsdesk.common.actors import Actor
from orders.models import Customer, DeliveryAddress, Order
from orders.queries import visible_to
from orders.rules.phones import e164

MOST, ORDERS = 8, 5  # buyers, and orders of each


@dataclass(frozen=True)
class Buyer:
    """Somebody who bought in the shop before; without a name at the shop, whoever gave that phone."""

    customer: Customer | None
    orders: Sequence[Order]


def find_buyers(text: str, *, shop: str, actor: Actor) -> list[Buyer]:
    """Buyers of a shop by their phone, or by how their name begins, with their last orders; a fixed number of statements.

    SOP: O1
    """
    text = text.strip()
    if not text:
        return []
    mine = visible_to(actor).filter(shop__code=shop)
    phone = e164(text)
    known = Customer.objects.filter(shop__code=shop)
    known = known.filter(phone=phone) if phone else known.filter(name__startswith=text)
    customers = {row.pk: row for row in known.order_by("pk")[:MOST]}
    strangers: list[Order] = []
    if phone:
        places = DeliveryAddress.objects.filter(phone=phone).order_by("-order").values("order")[:MOST]
        for order in mine.filter(pk__in=places).select_related("address", "customer").order_by("-pk"):
            if order.customer is None:
                strangers.append(order)
            else:
                customers.setdefault(order.customer.pk, order.customer)
    found: dict[int, list[Order]] = defaultdict(list)
    rows = mine.filter(customer__in=customers).select_related("address").order_by("-pk")
    for order in rows[: MOST * ORDERS]:
        assert order.customer_id
        found[order.customer_id].append(order)
    buyers = [Buyer(row, found[key][:ORDERS]) for key, row in list(customers.items())[:MOST]]
    return buyers + ([Buyer(None, strangers[:ORDERS])] if strangers else [])
