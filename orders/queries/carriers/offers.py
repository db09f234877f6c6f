"""What the choice of a carrier goes by: the tables of the day, the addresses and goods of many orders at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from opsdesk.duties.definitions import SHOP_TIME
from opsdesk.parameters.queries import value
from orders.models import Carrier, CarrierCoverage, CarrierPrice, CarrierScore, DeliveryAddress, OrderLine
from orders.parameters.carriers import PACKAGING, TRUST, UNRATED
from orders.rules.carriers.loads import Goods, Load, Tariff, load_of
from orders.rules.carriers.places import Area, Place, short_place
from orders.rules.carriers.ranking import Offer, Weighing

NOWHERE = Place("", "", "")


@dataclass(frozen=True)
class Job:
    """A parcel to be carried: where to, and what it is."""

    place: Place
    load: Load


def jobs(order_ids: Collection[int]) -> dict[int, Job]:
    """The parcels of orders, each order as one parcel; two statements. SOP: O11"""
    goods: dict[int, list[Goods]] = defaultdict(list)
    for line in OrderLine.objects.filter(order__in=order_ids).select_related("sku").order_by("order", "position"):
        goods[line.order_id].append(goods_of(line, line.quantity))
    places = places_of(order_ids)
    packaging = value(PACKAGING)
    return {key: Job(places.get(key, NOWHERE), load_of(goods[key], packaging=packaging)) for key in order_ids}


def goods_of(line: OrderLine, quantity: int) -> Goods:
    """Pieces of an order line, its SKU at hand."""
    return Goods(line.sku_code, quantity, line.sku.grams, line.sku.fragile, line.sku.do_not_bend)


def places_of(order_ids: Iterable[int]) -> dict[int, Place]:
    """Where orders go. One statement."""
    rows = DeliveryAddress.objects.filter(order__in=list(order_ids))
    return {row.order_id: short_place(row.province, row.city, row.district) for row in rows}


def offers(provinces: Collection[str], *, now: datetime) -> list[Offer]:
    """The carriers in use as they stand for these provinces today; four statements. SOP: O11"""
    areas: dict[int, list[Area]] = defaultdict(list)
    for row in CarrierCoverage.objects.filter(carrier__is_active=True, province__in=["", *provinces]):
        areas[row.carrier_id].append(Area(Place(row.province, row.city, row.district), row.served))
    tariffs = prices_on(now.astimezone(SHOP_TIME).date())
    scores = last_scores()
    return [
        Offer(
            carrier_id=row.pk,
            code=row.code,
            name=row.name,
            areas=areas[row.pk],
            tariffs=tariffs[row.pk],
            takes_fragile=row.takes_fragile,
            max_grams=row.max_grams,
            score=scores.get(row.pk),
        )
        for row in Carrier.objects.filter(is_active=True).order_by("code")
    ]


def prices_on(day: date) -> dict[int, list[Tariff]]:
    """The prices of a day by carrier; where two of one region group hold, the one that began last. One statement."""
    rows = CarrierPrice.objects.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day)
    found: dict[tuple[int, str], Tariff] = {}
    for row in rows.order_by("valid_from", "pk"):
        provinces = frozenset(row.provinces)
        found[row.carrier_id, row.zone] = Tariff(
            row.zone, provinces, row.first_grams, row.first_price, row.step_grams, row.step_price
        )
    tariffs: dict[int, list[Tariff]] = defaultdict(list)
    for (carrier_id, _zone), tariff in found.items():
        tariffs[carrier_id].append(tariff)
    return tariffs


def last_scores() -> dict[int, int]:
    """The newest points of each carrier that has been rated. One statement."""
    rows = CarrierScore.objects.exclude(points=None).order_by("carrier_id", "-month").distinct("carrier_id")
    return {row.carrier_id: row.points for row in rows if row.points is not None}


def weighing() -> Weighing:
    """How much ratings count."""
    return Weighing(trust=value(TRUST), unrated=value(UNRATED))


def is_set_up() -> bool:
    """False until the shop has told where its carriers deliver: then nothing can be chosen for it."""
    return CarrierCoverage.objects.filter(carrier__is_active=True).exists()
