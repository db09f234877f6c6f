"""Which carrier takes a parcel, and why none of the others does. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from opsdesk.common.text import mark
from orders.rules.carriers.loads import Load, Tariff, price, tariff_for
from orders.rules.carriers.places import Area, Place, area_of

_CENT = Decimal("0.01")
_ALL = 100

NO_PROVINCE = mark("The address names no province.")
NOT_COVERED = mark("Its coverage table does not name %(place)s.")
EXCLUDED = mark("It does not deliver to %(place)s.")
NOT_FRAGILE = mark("It takes no fragile goods.")
TOO_HEAVY = mark("The parcel weighs %(grams)s g, it takes at most %(limit)s g.")
NO_PRICE = mark("It has no price for %(place)s.")
CHEAPEST = mark("It compares best: with %(score)s points its price counts as %(compared)s.")
DEARER = mark("With %(score)s points its price counts as %(compared)s, the chosen one's as %(best)s.")
UNWEIGHED = mark("The parcel's weight is not known: only the price of the first weight is compared.")
UNRATED = mark("It has too few parcels to be rated and counts with %(score)s points.")


class Verdict(StrEnum):
    CHOSEN = "chosen"
    POSSIBLE = "possible"
    REFUSED = "refused"


@dataclass(frozen=True)
class Offer:
    """A carrier in use with its tables of the day. `score` is its last rating, 0 to 100, None when it has none."""

    carrier_id: int
    code: str
    name: str
    areas: Sequence[Area] = ()
    tariffs: Sequence[Tariff] = ()
    takes_fragile: bool = False
    max_grams: int | None = None
    score: int | None = None


@dataclass(frozen=True)
class Weighing:
    """How much a rating counts: `trust` percent of the price for each whole lack of points; `unrated` are the points of
    carriers without a rating.
    """

    trust: int
    unrated: int


@dataclass(frozen=True)
class Reason:
    """A message id with its parameters."""

    message: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """What was found of one carrier. `price` is None as long as the weight is not known."""

    offer: Offer
    verdict: Verdict
    reasons: tuple[Reason, ...]
    price: Decimal | None = None
    compared: Decimal | None = None


def rank(offers: Sequence[Offer], place: Place, load: Load, weighing: Weighing) -> list[Finding]:
    """Every carrier's finding: the chosen one first, then those that could as well, then the refused ones.

    The chosen one has the lowest price after its rating is counted in; equal ones go by price, rating and code.
    SOP: O11
    """
    found = [_judge(offer, place, load, weighing) for offer in offers]
    able = sorted((one for one in found if one.compared is not None), key=lambda one: _order(one, weighing))
    refused = sorted((one for one in found if one.compared is None), key=lambda one: one.offer.code)
    return [*(_ranked(one, able[0], first=one is able[0], weighing=weighing) for one in able), *refused]


def _judge(offer: Offer, place: Place, load: Load, weighing: Weighing) -> Finding:
    tariff = tariff_for(offer.tariffs, place.province)
    reasons = _refusals(offer, place, load, tariff)
    if reasons or tariff is None:
        return Finding(offer, Verdict.REFUSED, reasons)
    base = tariff.first_price if load.grams is None else price(tariff, load.grams)
    lack = Decimal(_ALL - _score(offer, weighing)) / _ALL
    compared = (base * (1 + lack * weighing.trust / _ALL)).quantize(_CENT)
    return Finding(offer, Verdict.POSSIBLE, (), None if load.grams is None else base, compared)


def _refusals(offer: Offer, place: Place, load: Load, tariff: Tariff | None) -> tuple[Reason, ...]:
    where = {"place": "".join([place.province, place.city, place.district])}
    area = area_of(offer.areas, place)
    reasons = []
    if not place.province:
        reasons.append(Reason(NO_PROVINCE))
    elif area is None:
        reasons.append(Reason(NOT_COVERED, where))
    elif not area.served:
        reasons.append(Reason(EXCLUDED, where))
    elif tariff is None:
        reasons.append(Reason(NO_PRICE, {"place": place.province}))
    if load.fragile and not offer.takes_fragile:
        reasons.append(Reason(NOT_FRAGILE))
    if offer.max_grams is not None and load.grams is not None and load.grams > offer.max_grams:
        reasons.append(Reason(TOO_HEAVY, {"grams": load.grams, "limit": offer.max_grams}))
    return tuple(reasons)


def _ranked(one: Finding, best: Finding, *, first: bool, weighing: Weighing) -> Finding:
    score = _score(one.offer, weighing)
    said = {"score": score, "compared": str(one.compared), "best": str(best.compared)}
    reasons = [Reason(CHEAPEST if first else DEARER, said)]
    if one.price is None:
        reasons.append(Reason(UNWEIGHED))
    if one.offer.score is None:
        reasons.append(Reason(UNRATED, {"score": score}))
    return replace(one, verdict=Verdict.CHOSEN if first else Verdict.POSSIBLE, reasons=tuple(reasons))


def _order(one: Finding, weighing: Weighing) -> tuple[Any, ...]:
    return one.compared, one.price or 0, -_score(one.offer, weighing), one.offer.code


def _score(offer: Offer, weighing: Weighing) -> int:
    return weighing.unrated if offer.score is None else offer.score
