"""Tickets."""

from itertools import count
from typing import Any

from opsdesk.shops.models import Shop
from support.enums.tickets import Channel, Stage, TicketType
from support.models import Ticket
from tests.builders.times import NOW

_serial = count(1)


def a_ticket(**columns: Any) -> Ticket:
    """A new ticket of the first shop, as a row."""
    number = next(_serial)
    given: dict[str, Any] = {
        "number": f"T20260611{number:05}",
        "channel": Channel.EMAIL,
        "stage": Stage.PRE_SALE,
        "type": TicketType.PRODUCT,
        "subject": "Where is it?",
        "opened_at": NOW,
    }
    given |= columns
    if "shop" not in given:
        given["shop"] = Shop.objects.order_by("id")[0]
    return Ticket.objects.create(**given)
