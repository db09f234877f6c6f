"""The terms on which parcels travel, kept when they are handed over; and that they go with the carrier that was chosen."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from opsdesk.common.actors import Actor
from opsdesk.common.errors import Issue
from opsdesk.common.text import mark
from opsdesk.duties.definitions import SHOP_TIME
from opsdesk.parameters.queries import value
from orders.errors import CarrierNotChosen
from orders.models import Carrier, CarrierChoice, Order, ParcelCarriage, Shipment, ShipmentLine
from orders.parameters.carriers import PACKAGING, PROMISE
from orders.queries.carriers.offers import NOWHERE, goods_of, places_of, prices_on
from orders.rules.carriers.loads import Goods, load_of, price, tariff_for
from orders.services.carriers.choosing import choose_for, depart

STATED = mark("Stated by the warehouse system when it was handed over.")


def follow_choice(orders: Sequence[Order], carriers: Sequence[Carrier], *, actor: Actor, now: datetime) -> None:
    """Hold orders that leave in one parcel to the carrier that was chosen for the first of them.

    Staff are sent back to the choice, where another carrier needs a reason. What a program reports has happened and is
    noted. An order that was split into several parcels was chosen for as one, so it binds nobody.
    Raises: CarrierNotChosen.
    SOP: O11
    """
    first = orders[0]
    choices = {row.order_id: row for row in CarrierChoice.objects.filter(order__in=orders).select_related("carrier")}
    if first.pk not in choices:
        choices |= {row.order_id: row for row in choose_for([first], actor=actor, now=now)}
    row = choices.get(first.pk)
    if row is None or row.carrier is None or len(carriers) != 1 or row.carrier_id == carriers[0].pk:
        return
    if actor.staff_id is not None:
        name = row.carrier.name
        issue = Issue("/parcels/0/carrier", CarrierNotChosen.code, CarrierNotChosen.message, {"carrier": name})
        raise CarrierNotChosen(issues=[issue], carrier=name)
    depart(row, first, carriers[0], STATED, actor, now)


def keep_terms(shipments: Sequence[Shipment], *, now: datetime) -> None:
    """Keep weight, cost and promise of parcels that have just been written; a fixed number of statements. SOP: O11"""
    goods: dict[int, list[Goods]] = defaultdict(list)
    order_of: dict[int, int] = {}
    rows = ShipmentLine.objects.filter(shipment__in=shipments).select_related("order_line__sku").order_by("pk")
    for row in rows:
        goods[row.shipment_id].append(goods_of(row.order_line, row.quantity))
        order_of.setdefault(row.shipment_id, row.order_line.order_id)
    places = places_of(set(order_of.values()))
    choices = dict(CarrierChoice.objects.filter(order__in=set(order_of.values())).values_list("order", "pk"))
    tariffs, packaging = prices_on(now.astimezone(SHOP_TIME).date()), value(PACKAGING)
    terms = []
    for parcel in shipments:
        load = load_of(goods[parcel.pk], packaging=packaging)
        place = places.get(order_of.get(parcel.pk, 0), NOWHERE)
        tariff = tariff_for(tariffs[parcel.carrier_id], place.province)
        terms.append(
            ParcelCarriage(
                shipment=parcel,
                choice_id=choices.get(order_of.get(parcel.pk, 0)),
                grams=load.grams,
                cost=None if load.grams is None or tariff is None else price(tariff, load.grams),
                promised_by=parcel.handed_over_at + promise_of(parcel.carrier),
            )
        )
    ParcelCarriage.objects.bulk_create(terms)


def promise_of(carrier: Carrier) -> timedelta:
    """How long the carrier may take: its own promise, else the shop's. SOP: O11"""
    return value(PROMISE) if carrier.promise_days is None else timedelta(days=carrier.promise_days)
