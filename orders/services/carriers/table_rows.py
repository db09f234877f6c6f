"""Single rows of the tables of carriers, written by hand: where one delivers, and what it takes."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Invalid, Issue, NotFound
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from opsdesk.duties.definitions import SHOP_TIME
from orders.models import Carrier, CarrierCoverage, CarrierPrice
from orders.rules.carriers.choices import PRICE_STEPS, standing
from orders.rules.carriers.places import short_place, short_province
from orders.rules.carriers.tariffs import Period, clash
from orders.services.carriers.registry import SUBJECT
from orders.services.carriers.tables import PERMISSION

_TWICE = mark("The carrier's table names this region already.")


@dataclass(frozen=True)
class PriceTerms:
    """The days of a price, both included, and its figures; no provinces are all others, weights are grams."""

    provinces: tuple[str, ...]
    valid_from: date
    valid_until: date | None
    first_grams: int
    first_price: Decimal
    step_grams: int
    step_price: Decimal


@transaction.atomic(savepoint=False)
def add_region(
    *, carrier: str, province: str, city: str, district: str, served: bool, actor: Actor, now: datetime
) -> CarrierCoverage:
    """Say of one more region whether a carrier delivers there.

    Raises: Forbidden, NotFound (carrier), Invalid (the table names the region already).
    SOP: O11
    """
    owner = _carrier(carrier, actor)
    place = short_place(province, city, district)
    row, fresh = CarrierCoverage.objects.get_or_create(carrier=owner, **asdict(place), defaults={"served": served})
    if not fresh:
        raise Invalid(_TWICE, code="overlap", issues=[Issue("/province", "overlap", _TWICE)])
    _note("region_added", owner, {}, asdict(place) | {"served": served}, actor, now)
    return row


@transaction.atomic(savepoint=False)
def change_region(*, region_id: int, served: bool, actor: Actor, now: datetime) -> CarrierCoverage:
    """Deliver there from now on, or not any more. Raises: Forbidden, NotFound. SOP: O11"""
    row = _region(region_id, actor)
    before, row.served = row.served, served
    row.save(update_fields=["served"])
    _note("region_changed", row.carrier, _place(row) | {"served": before}, _place(row) | {"served": served}, actor, now)
    return row


@transaction.atomic(savepoint=False)
def remove_region(*, region_id: int, actor: Actor, now: datetime) -> None:
    """Say nothing of a region any more: the wider one decides. Raises: Forbidden, NotFound. SOP: O11"""
    row = _region(region_id, actor)
    _note("region_removed", row.carrier, _place(row) | {"served": row.served}, {}, actor, now)
    row.delete()


@transaction.atomic(savepoint=False)
def add_price(*, carrier: str, zone: str, terms: PriceTerms, actor: Actor, now: datetime) -> CarrierPrice:
    """Write down one more price; on each day a province has one.

    Raises: Forbidden, NotFound (carrier), Invalid (ends before it begins, overlaps another price).
    SOP: O11
    """
    owner = _carrier(carrier, actor)
    row = CarrierPrice(carrier=owner, zone=zone)
    _write(row, _short(terms))
    _note("price_added", owner, {}, _figures(row), actor, now)
    return row


@transaction.atomic(savepoint=False)
def change_price(*, price_id: int, zone: str, terms: PriceTerms, actor: Actor, now: datetime) -> CarrierPrice:
    """Put a price right that has not ended; parcels that went by it keep what they cost.

    Raises: Forbidden, NotFound, IllegalTransition (it has ended), Invalid (ends before it begins, overlaps another price).
    SOP: O11
    """
    row = _price(price_id, "change", actor, now)
    before = _figures(row)
    row.zone = zone
    _write(row, _short(terms))
    _note("price_changed", row.carrier, before, _figures(row), actor, now)
    return row


@transaction.atomic(savepoint=False)
def end_price(*, price_id: int, valid_until: date, actor: Actor, now: datetime) -> CarrierPrice:
    """Let a price end with a day that is not over yet.

    Raises: Forbidden, NotFound, IllegalTransition (it has ended), Invalid (a day before its first or before today, or one
    on which the next price holds).
    SOP: O11
    """
    row = _price(price_id, "end", actor, now)
    if valid_until < now.astimezone(SHOP_TIME).date():
        message = mark("The last day is today or later.")
        raise Invalid(message, code="out_of_range", issues=[Issue("/valid_until", "out_of_range", message)])
    before = _figures(row)
    row.valid_until = valid_until
    _check(row)
    row.save(update_fields=["valid_until"])
    _note("price_ended", row.carrier, before, _figures(row), actor, now)
    return row


def _write(row: CarrierPrice, terms: PriceTerms) -> None:
    for name, found in asdict(terms).items():
        setattr(row, name, list(found) if name == "provinces" else found)
    _check(row)
    row.save()


def _check(row: CarrierPrice) -> None:
    """Raises: Invalid, when the price contradicts itself or another one of its carrier."""
    others = CarrierPrice.objects.filter(carrier=row.carrier).exclude(pk=row.pk)
    issues = clash(_period(row), [_period(one) for one in others])
    if not issues and others.filter(zone=row.zone, valid_from=row.valid_from).exists():
        issues = [Issue("/valid_from", "overlap", mark("A price of this region group begins on this day already."))]
    if issues:
        raise Invalid(issues[0].message, code=issues[0].code, issues=issues, **dict(issues[0].params))


def _short(terms: PriceTerms) -> PriceTerms:
    provinces = tuple(sorted({short_province(name) for name in terms.provinces}))
    return PriceTerms(**(vars(terms) | {"provinces": provinces}))


def _period(row: CarrierPrice) -> Period:
    return Period(row.zone, frozenset(row.provinces), row.valid_from, row.valid_until)


def _carrier(code: str, actor: Actor) -> Carrier:
    """The locked carrier: what belongs to it is written by one at a time."""
    actor.require(PERMISSION)
    return lock_one(Carrier.objects.filter(code=code))


def _region(region_id: int, actor: Actor) -> CarrierCoverage:
    actor.require(PERMISSION)
    return lock_one(CarrierCoverage.objects.filter(pk=region_id).select_related("carrier"))


def _price(price_id: int, step: str, actor: Actor, now: datetime) -> CarrierPrice:
    """Lock the carrier, then the price, and get leave."""
    actor.require(PERMISSION)
    code = CarrierPrice.objects.filter(pk=price_id).values_list("carrier__code", flat=True).first()
    if code is None:
        raise NotFound()
    owner = _carrier(code, actor)
    row = lock_one(CarrierPrice.objects.filter(pk=price_id))
    row.carrier = owner
    PRICE_STEPS.enter(step, standing(row.valid_until, now.astimezone(SHOP_TIME).date()), actor)
    return row


def _place(row: CarrierCoverage) -> dict[str, Any]:
    return {"province": row.province, "city": row.city, "district": row.district}


def _figures(row: CarrierPrice) -> dict[str, Any]:
    return {
        "zone": row.zone,
        "provinces": "、".join(row.provinces),
        "valid_from": str(row.valid_from),
        "valid_until": str(row.valid_until or ""),
        "first": f"{row.first_grams} g {row.first_price:.2f}",
        "step": f"{row.step_grams} g {row.step_price:.2f}",
    }


def _note(
    what: str, carrier: Carrier, before: Mapping[str, Any], after: Mapping[str, Any], actor: Actor, now: datetime
) -> None:
    record(Change(f"orders.{what}", SUBJECT, carrier.code, before=before, after=after), actor=actor, now=now)
