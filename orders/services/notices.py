"""What customers are told of their orders, each thing once."""

from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from opsdesk.common.text import mark
from opsdesk.notifications.services import CustomerTelling, Message, tell_customers
from orders.models import Customer, DeliveryAddress, Order, ReturnRequest, Shipment
from orders.services.events import KIND

SHIPPED = mark("Your order %(number)s is on its way: %(parcels)s.")
PART_SHIPPED = mark("A part of your order %(number)s is on its way: %(parcels)s. The rest follows.")
REST_CANCELLED = mark("The rest of your order %(number)s cannot be sent; %(amount)s %(currency)s go back to you.")
CORRECTED = mark("Your order %(number)s travels under another number: %(parcels)s.")
REVIEW = mark("Thank you for confirming order %(number)s. We would be glad to hear how you like it.")
RETURN = mark("Your return %(return_id)s of order %(number)s: %(text)s")
TROUBLE = mark("Your order %(number)s: %(text)s")


def tell_shipped(orders: Sequence[Order], shipments: Sequence[Shipment], *, now: datetime) -> None:
    """Tell the buyers by which carriers and numbers their orders, or what was left of them, travel. SOP: O13"""
    _tell(orders, "shipped", SHIPPED, now, occasion=shipments[0].public_id, parcels=_numbers(shipments))


def tell_part_shipped(orders: Sequence[Order], shipments: Sequence[Shipment], *, now: datetime) -> None:
    """Tell the buyers which parcels have left, and that more follow. SOP: O13"""
    _tell(orders, "shipped", PART_SHIPPED, now, occasion=shipments[0].public_id, parcels=_numbers(shipments))


def tell_rest_cancelled(order: Order, *, amount: Decimal, now: datetime) -> None:
    """Tell the buyer that nothing more follows, and how much goes back. SOP: O13, O18"""
    _tell([order], "rest_cancelled", REST_CANCELLED, now, amount=f"{amount:.2f}", currency=order.currency)


def _numbers(shipments: Sequence[Shipment]) -> str:
    return ", ".join(f"{row.carrier.name} {row.tracking_no}" for row in shipments)


def tell_corrected(orders: Sequence[Order], shipment: Shipment, *, now: datetime) -> None:
    """Tell the buyers the right number of a parcel. SOP: O13"""
    parcel = f"{shipment.carrier.name} {shipment.tracking_no}"
    _tell(orders, "number_corrected", CORRECTED, now, occasion=shipment.public_id, parcels=parcel)


def invite_review(orders: Sequence[Order], *, now: datetime) -> None:
    """Invite the buyers of completed orders to a review. SOP: O19"""
    _tell(orders, "review_invitation", REVIEW, now)


def tell_trouble(orders: Sequence[Order], *, text: str, key: str, now: datetime) -> None:
    """Tell the buyers what has become of a parcel; `key` names the occasion. SOP: O14"""
    _tell(orders, "parcel_trouble", TROUBLE, now, occasion=key, text=text)


def tell_return(row: ReturnRequest, *, text: str, now: datetime) -> None:
    """Tell the buyer what has become of a return, and why. SOP: O20"""
    occasion = f"{row.public_id}:{now.isoformat()}"
    _tell([row.order], "return_decided", RETURN, now, occasion=occasion, return_id=row.public_id, text=text)


def _tell(orders: Collection[Order], kind: str, message: str, now: datetime, *, occasion: str = "", **params: Any) -> None:
    ids = [order.pk for order in orders]
    phones = dict(DeliveryAddress.objects.filter(order__in=ids).values_list("order_id", "phone"))
    customers = Customer.objects.in_bulk([order.customer_id for order in orders if order.customer_id])
    tellings = []
    for order in orders:
        customer = customers.get(order.customer_id or 0)
        told = Message(
            kind=f"orders.{kind}",
            key=f"orders.{kind}:{order.public_id}{occasion and f':{occasion}'}",
            text=message,
            subject_kind=KIND,
            subject_id=order.public_id,
            params={"number": order.number, **params},
        )
        email, phone = (customer.email, customer.phone) if customer else ("", "")
        tellings.append(CustomerTelling(told, email, phones.get(order.pk) or phone, order.shop_id))
    tell_customers(tellings, now=now)
