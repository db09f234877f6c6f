"""What the bot says, in the customers' language."""

from django.utils import translation
from django.utils.translation import gettext

from opsdesk.notifications.services import CUSTOMERS_LANGUAGE
from orders.queries.links import whereabouts


def of_order(order_id: int) -> str:
    """Where an order and its parcels are. SOP: S18"""
    with translation.override(CUSTOMERS_LANGUAGE):
        order = whereabouts(order_id)
        told = [gettext("Your order %(number)s: %(state)s.") % {"number": order.number, "state": order.state}]
        for one in order.parcels:
            facts = {"carrier": one.carrier, "number": one.tracking_no, "state": one.state, "last": one.last}
            told.append((gettext("%(carrier)s %(number)s: %(state)s. %(last)s") % facts).rstrip())
        return "\n".join([*told, _hint()])


def of_article(text: str) -> str:
    """What the knowledge base answers. SOP: S7, S18"""
    with translation.override(CUSTOMERS_LANGUAGE):
        return f"{text}\n{_hint()}"


def handing_over() -> str:
    """Somebody comes. SOP: S18"""
    with translation.override(CUSTOMERS_LANGUAGE):
        return gettext("A colleague takes over and will answer you here.")


def _hint() -> str:
    return gettext("Write “agent” to talk with a person.")
