"""Finding an order, a buyer or a return by the key that the outside world calls it by, for other apps."""

from django.db.models import Q

from opsdesk.common.actors import Actor
from orders.models import Customer, Order
from orders.queries import visible_to
from orders.rules.masking import mask_name, mask_phone
from orders.rules.phones import e164


def order_by_key(key: str, actor: Actor) -> Order | None:
    """The order that ``ord_...``, ``external:<shop>:<external_id>`` or its own number names; None when there is none."""
    orders = visible_to(actor)
    if key.startswith("external:") and key.count(":") > 1:
        _, shop, external_id = key.split(":", 2)
        return orders.filter(shop__code=shop, external_id=external_id).first()
    return orders.filter(Q(public_id=key) | Q(number=key)).order_by("-pk").first()


def customer_by_key(key: str, *, shop_id: int) -> Customer | None:
    """The buyer of a shop whom ``cus_...`` or the shop's own id names; None when there is none."""
    return Customer.objects.filter(Q(public_id=key) | Q(external_id=key), shop=shop_id).order_by("pk").first()


def customer_of_contact(contact: str, *, shop_id: int) -> Customer | None:
    """The buyer of a shop who gave this e-mail address or phone (E.164); None when nobody or several people did."""
    if not contact:
        return None
    by = {"email__iexact": contact} if "@" in contact else {"phone": contact}
    rows = list(Customer.objects.filter(shop=shop_id, **by).order_by("pk")[:2])
    return rows[0] if len(rows) == 1 else None


def phone_of(text: str) -> str:
    """The number in E.164; empty when the text is none. SOP: O2"""
    return e164(text) or ""


def masked_name(name: str) -> str:
    """A name as screens show it."""
    return mask_name(name)


def masked_phone(phone: str) -> str:
    """A number as screens show it."""
    return mask_phone(phone)
