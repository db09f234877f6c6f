"""What other apps may name of orders, by the number that somebody has in hand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from opsdesk.common.actors import Actor
from orders.enums.orders import OrderStatus
from orders.models import CarrierCase, Customer, Order, ReturnRequest, ReviewInvitation, Shipment
from orders.queries import visible_to
from orders.queries.manual.buyers import find_buyers
from orders.rules.masking import mask_name, mask_phone


@dataclass(frozen=True)
class Parcel:
    """A parcel and where it is."""

    tracking_no: str
    carrier: str
    state: str
    last: str


@dataclass(frozen=True)
class Whereabouts:
    """Where an order and its parcels are."""

    number: str
    state: str
    parcels: Sequence[Parcel]


def order_named(text: str, *, shop_id: int, actor: Actor) -> Order | None:
    """The order of the shop that this public id, number, platform's number or ``external:<shop>:<external_id>`` names."""
    if text.startswith("external:") and text.count(":") > 1:
        _, shop, text = text.split(":", 2)
        return (
            visible_to(actor).filter(shop__code=shop, shop=shop_id, external_id=text).select_related("customer", "shop").first()
        )
    known = Q(public_id=text) | Q(number=text) | Q(external_id=text)
    return visible_to(actor).filter(known, shop=shop_id).select_related("customer", "shop").first()


@dataclass(frozen=True)
class Bought:
    """Something of an order; without a `sku_id` the order has no such SKU. `sent` is true once a parcel has left."""

    order_id: int
    public_id: str
    number: str
    shop_id: int
    shop: str
    sent: bool
    is_test: bool
    sku: str
    sku_id: int = 0
    product_id: int = 0
    product: str = ""
    title: str = ""


def bought(order: str, sku: str, *, actor: Actor) -> Bought | None:
    """The SKU of the order that this public id, number or ``external:<shop>:<external_id>`` names; None without the order."""
    rows = visible_to(actor).select_related("shop")
    if order.startswith("external:") and order.count(":") > 1:
        _, shop, external_id = order.split(":", 2)
        row = rows.filter(shop__code=shop, external_id=external_id).first()
    else:
        row = rows.filter(Q(public_id=order) | Q(number=order)).first()
    if row is None:
        return None
    sent = row.status in (OrderStatus.SHIPPED, OrderStatus.COMPLETED)
    plain = (row.pk, row.public_id, row.number, row.shop_id, row.shop.code, sent, row.is_test, sku)
    line = row.lines.filter(sku__code=sku).select_related("sku__product").first()
    if line is None:
        return Bought(*plain)
    product = line.sku.product
    return Bought(*plain, line.sku_id, product.pk, product.code, product.title)


def customer_named(text: str, *, shop_id: int) -> Customer | None:
    """The buyer of the shop whom this public id, or the shop's own id, names."""
    return Customer.objects.filter(Q(public_id=text) | Q(external_id=text), shop=shop_id).first()


def customer_by_mail(address: str, *, shop_id: int) -> Customer | None:
    """The buyer of the shop with this e-mail address."""
    return Customer.objects.filter(email__iexact=address, shop=shop_id).order_by("-pk").first() if address else None


def return_named(text: str, *, shop_id: int) -> ReturnRequest | None:
    """The return of the shop with this public id."""
    return ReturnRequest.objects.filter(public_id=text, order__shop=shop_id).select_related("order").first()


def case_named(text: str, *, shop_id: int) -> CarrierCase | None:
    """The carrier case of a parcel of the shop with this public id."""
    return CarrierCase.objects.filter(public_id=text, shipment__shop=shop_id).select_related("shipment").first()


def last_orders(customer_id: int, *, most: int = 5) -> Sequence[Order]:
    """The buyer's last orders."""
    return list(Order.objects.filter(customer=customer_id).order_by("-pk")[:most])


_NUMBER = re.compile(r"[0-9A-Za-z-]{8,}")


def own_order(text: str, *, customer_id: int | None, order_id: int | None) -> int | None:
    """The key of the order that a buyer's words speak of: by a number of theirs in it, else the one in hand, else their
    last one. A number that is nobody's, or somebody else's, answers nothing.
    """
    own = (
        Order.objects.order_by("-pk")
        .values_list("pk", flat=True)
        .filter(Q(pk=order_id) | Q(customer=customer_id, customer__isnull=False))
    )
    numbers = [word for word in _NUMBER.findall(text) if any(letter.isdigit() for letter in word)]
    if numbers:
        named = Q(number__in=numbers) | Q(external_id__in=numbers) | Q(shipments__tracking_no__in=numbers)
        return own.filter(named).first()
    return order_id or own.first()


def whereabouts(order_id: int) -> Whereabouts:
    """Where an order stands, in the language of the moment."""
    order = Order.objects.get(pk=order_id)
    return Whereabouts(order.number, order.get_status_display(), parcels(order_id))


def parcels(order_id: int) -> Sequence[Parcel]:
    """The parcels of an order, each with what its carrier said last."""
    rows = Shipment.objects.filter(orders=order_id).select_related("carrier").order_by("pk")
    return [
        Parcel(
            row.tracking_no,
            row.carrier.name,
            row.get_state_display(),
            (event.description or event.code) if (event := row.events.order_by("-occurred_at").first()) else "",
        )
        for row in rows
    ]


def order_states() -> list[tuple[str, str]]:
    """The states of orders with their names."""
    return [(value, str(label)) for value, label in Order._meta.get_field("status").flatchoices]


def recent_buyers(*, since: datetime, shop_id: int | None, product_id: int | None) -> QuerySet[Customer]:
    """Buyers who can be reached and whose real order was completed since then, the newest first."""
    bought = Order.objects.filter(customer=OuterRef("pk"), completed_at__gte=since, is_test=False, historical=False)
    if product_id is not None:
        bought = bought.filter(lines__sku__product=product_id)
    rows = Customer.objects.exclude(email="", phone="").filter(Exists(bought)).order_by("-pk")
    return rows if shop_id is None else rows.filter(shop=shop_id)


def handed_over_between(shop_id: int, start: datetime, end: datetime) -> int:
    """How many orders of the shop left the house in the period, without test orders."""
    return Order.objects.filter(shop=shop_id, shipped_at__gte=start, shipped_at__lt=end, is_test=False).count()


def invited(actor: Actor, start: datetime, end: datetime) -> int:
    """How many buyers were invited to a review in the period."""
    sent = ReviewInvitation.objects.filter(sent_at__gte=start, sent_at__lt=end)
    return (sent if actor.shop_ids is None else sent.filter(order__shop__in=actor.shop_ids)).count()


@dataclass(frozen=True)
class MaskedBuyer:
    """Somebody who bought before, as those see them who need not know all."""

    key: str
    shop: str
    name: str
    phone: str
    orders: Sequence[Order]


def masked_buyers(text: str, *, actor: Actor) -> list[MaskedBuyer]:
    """Buyers by telephone number or by how the name begins, with their last orders; names and numbers are masked."""
    return [
        MaskedBuyer(
            found.customer.public_id if found.customer else "",
            found.orders[0].shop.code if found.orders else "",
            mask_name(found.customer.name if found.customer else ""),
            mask_phone(found.customer.phone if found.customer else ""),
            found.orders,
        )
        for found in find_buyers(text, actor=actor)
    ]


def masked_customer(customer_id: int) -> MaskedBuyer | None:
    """A buyer with the last orders; the name and number are masked."""
    row = Customer.objects.filter(pk=customer_id).select_related("shop").first()
    if row is None:
        return None
    return MaskedBuyer(row.public_id, row.shop.code, mask_name(row.name), mask_phone(row.phone), last_orders(row.pk))
