"""Whether the customer has said what is right of a held order. SOP: O5"""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Max

from opsdesk.common.actors import Actor, ActorKind
from orders.enums.intake import ContactAnswer, ContactChannel
from orders.models import CustomerContact, Order, OrderHold
from orders.rules.holds import VERIFIED_CODES, needs_verification


def verified_holds(order: Order, codes: Collection[str], *, actor: Actor) -> set[str]:
    """Those of the order's open holds of these codes that the actor may lift: those that need no word of the customer's,
    and those about which the customer has been asked since.

    A shop's own system speaks for its customer, and the house's own duties decide by what the books say.
    SOP: O5
    """
    if actor.kind is not ActorKind.STAFF:
        return set(codes)
    contacts = CustomerContact.objects.filter(order=order, outcome=ContactAnswer.VERIFIED)
    verified_at = contacts.aggregate(at=Max("at"))["at"]
    rows = OrderHold.objects.filter(order=order, code__in=codes, released_at=None).values_list("code", "opened_at")
    return {code for code, opened_at in rows if not needs_verification(code, opened_at=opened_at, verified_at=verified_at)}


def note_answer_of_shop(order: Order, codes: Collection[str], *, answer: str, actor: Actor, now: datetime) -> None:
    """A shop's system that lifts a hold of its customer's has asked them: that stands in the books like any contact.

    SOP: O5
    """
    if actor.kind is ActorKind.CLIENT and not VERIFIED_CODES.isdisjoint(codes):
        CustomerContact.objects.create(
            order=order,
            at=now,
            by=actor.label,
            channel=ContactChannel.SHOP,
            outcome=ContactAnswer.VERIFIED,
            answer=answer,
        )
