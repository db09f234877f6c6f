"""What a parcel weighs and what it costs. Weights are grams, money is in the shop's currency. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Goods:
    """Pieces of a SKU in a parcel; `grams` is one piece's weight, None while nobody has weighed it."""

    sku: str
    quantity: int
    grams: int | None
    fragile: bool = False
    do_not_bend: bool = False


@dataclass(frozen=True)
class Load:
    """A parcel with its packaging. `grams` is None when one of its SKUs has no weight; `unweighed` names these."""

    grams: int | None
    fragile: bool = False
    do_not_bend: bool = False
    unweighed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tariff:
    """What a carrier takes for a group of provinces (short names); without provinces for all that no other names."""

    zone: str
    provinces: frozenset[str]
    first_grams: int
    first_price: Decimal
    step_grams: int
    step_price: Decimal


def load_of(goods: Sequence[Goods], *, packaging: int) -> Load:
    """The parcel of these goods; a weight that is not known makes the parcel's unknown, never less. SOP: O11"""
    unweighed = tuple(dict.fromkeys(one.sku for one in goods if one.grams is None))
    return Load(
        grams=None if unweighed else packaging + sum((one.grams or 0) * one.quantity for one in goods),
        fragile=any(one.fragile for one in goods),
        do_not_bend=any(one.do_not_bend for one in goods),
        unweighed=unweighed,
    )


def tariff_for(tariffs: Sequence[Tariff], province: str) -> Tariff | None:
    """The tariff that names the province, else the one for all others. SOP: O11"""
    named = [tariff for tariff in tariffs if province in tariff.provinces]
    rest = [tariff for tariff in tariffs if not tariff.provinces]
    return next(iter([*named, *rest]), None)


def price(tariff: Tariff, grams: int) -> Decimal:
    """The first weight, and every step that is begun beyond it. SOP: O11"""
    steps = -(-max(grams - tariff.first_grams, 0) // tariff.step_grams)
    return tariff.first_price + steps * tariff.step_price
