"""Finding orders by any number that somebody has in hand."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.db.models.functions import Right

from opsdesk.common.actors import Actor
from orders.models import DeliveryAddress, Order, Shipment
from orders.queries import visible_to
from orders.rules.finding import TAIL, Asked

MOST_A_TAIL = 50  # the newest orders of a phone's last four digits


def found_by(asked: Asked, actor: Actor) -> dict[str, set[int]]:
    """The orders of each number: an order number, a platform number, a tracking number or the last four of a phone.

    At most four statements, whatever was pasted. Only orders of shops that the actor sees.
    """
    orders = visible_to(actor)
    found: dict[str, set[int]] = defaultdict(set)
    _keep(found, orders.filter(number__in=asked.numbers).values_list("number", "pk"))
    _keep(found, orders.filter(external_id__in=_spellings(asked.numbers)).values_list("external_id", "pk"))
    through = Shipment.orders.through.objects.filter(
        shipment__tracking_no__in=[number.upper() for number in asked.numbers], order__in=orders
    )
    _keep(found, through.values_list("shipment__tracking_no", "order_id"))
    for tail in asked.tails:
        _keep(found, ((tail, pk) for pk in _of_phone(tail, orders)))
    return {number: found.get(number, set()) | found.get(number.upper(), set()) for number in asked.numbers}


def with_tail(rows: QuerySet[DeliveryAddress], tail: str) -> QuerySet[DeliveryAddress]:
    """Addresses whose phone ends with these four digits, by the index on them."""
    return rows.annotate(tail=Right("phone", TAIL)).filter(tail=tail)


def _of_phone(tail: str, orders: QuerySet[Order]) -> Sequence[int]:
    newest = with_tail(DeliveryAddress.objects.filter(order__in=orders), tail).order_by("-order")
    return list(newest.values_list("order_id", flat=True)[:MOST_A_TAIL])


def _spellings(numbers: Iterable[str]) -> set[str]:
    return {spelling for number in numbers for spelling in (number, number.upper())}


def _keep(found: dict[str, set[int]], rows: Iterable[tuple[str, int]]) -> None:
    for number, pk in rows:
        found[number].add(pk)
