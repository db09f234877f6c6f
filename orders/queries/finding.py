"""Finding orders by any number that somebody has in hand."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import F, QuerySet, Window
from django.db.models.functions import Right, RowNumber

from opsdesk.common.actors import Actor
from orders.models import DeliveryAddress, Order, Shipment
from orders.queries import visible_to
from orders.rules.finding import TAIL, Asked

MOST_A_TAIL = 20  # the newest orders of a phone's last four digits


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
    if asked.tails:
        _keep(found, _of_phones(asked.tails, orders))
    return {number: found.get(number, set()) | found.get(number.upper(), set()) for number in asked.numbers}


def with_tails(rows: QuerySet[DeliveryAddress], tails: Collection[str]) -> QuerySet[DeliveryAddress]:
    """Addresses whose phone ends with one of these four digits, by the index on them."""
    return rows.annotate(tail=Right("phone", TAIL)).filter(tail__in=tails)


def _of_phones(tails: Collection[str], orders: QuerySet[Order]) -> Iterable[tuple[str, int]]:
    """The newest orders of each phone's end; one statement."""
    newest = Window(RowNumber(), partition_by=[F("tail")], order_by=F("order").desc())
    rows = with_tails(DeliveryAddress.objects.filter(order__in=orders), tails).annotate(place=newest)
    return rows.filter(place__lte=MOST_A_TAIL).values_list("tail", "order_id")


def _spellings(numbers: Iterable[str]) -> set[str]:
    return {spelling for number in numbers for spelling in (number, number.upper())}


def _keep(found: dict[str, set[int]], rows: Iterable[tuple[str, int]]) -> None:
    for number, pk in rows:
        found[number].add(pk)
