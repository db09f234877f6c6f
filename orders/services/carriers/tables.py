"""The tables of carriers from files: where they deliver, and what they take."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from opsdesk.audit.services import Change, record_many
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Issue
from opsdesk.common.locking import lock_many
from opsdesk.common.text import mark
from opsdesk.imports.definitions import ParsedRow, RowResult, refused
from opsdesk.imports.enums import Outcome
from orders.models import Carrier, CarrierCoverage, CarrierPrice
from orders.rules.carriers.places import Place, short_place, short_province
from orders.rules.carriers.tariffs import Period, clash

__all__ = ["PriceLine", "Region", "import_coverage", "import_prices", "short_place", "short_province"]
PERMISSION = "orders.change_carrier"
UNKNOWN = Issue("/carrier", "unknown_carrier", mark("There is no such carrier."))
_PRICE_COLUMNS = ["provinces", "valid_until", "first_grams", "first_price", "step_grams", "step_price"]


@dataclass(frozen=True)
class Region:
    """A row of a coverage table; the place's names are short."""

    carrier: str
    place: Place
    served: bool


@dataclass(frozen=True)
class PriceLine:
    """A row of a price table; the provinces' names are short, none of them means all others."""

    carrier: str
    zone: str
    provinces: tuple[str, ...]
    valid_from: date
    valid_until: date | None
    first_grams: int
    first_price: Decimal
    step_grams: int
    step_price: Decimal


_Key = tuple[int, str, date]  # carrier, region group, first day


@dataclass
class _Table:
    """What becomes of the rows of a file."""

    carriers: Mapping[str, Carrier]
    results: list[RowResult]
    fresh: list[Any]
    changed: list[Any]

    def put(self, row: ParsedRow, label: str, one: Any, *, fresh: bool, differs: bool) -> None:
        """Keep a good row for writing."""
        outcome = Outcome.CREATED if fresh else Outcome.UPDATED if differs else Outcome.EXISTING
        self.results.append(RowResult(row.number, outcome, label))
        if fresh or differs:
            (self.fresh if fresh else self.changed).append(one)


@transaction.atomic
def import_coverage(*, rows: Sequence[ParsedRow], write: bool, actor: Actor, now: datetime) -> Sequence[RowResult]:
    """Take over where carriers deliver and where not. Raises: Forbidden. SOP: O11"""
    actor.require(PERMISSION)
    carriers = _carriers([row.data.carrier for row in rows], write=write)
    provinces = {row.data.place.province for row in rows}
    standing = CarrierCoverage.objects.filter(carrier__in=carriers.values(), province__in=provinces)
    known = {(one.carrier_id, Place(one.province, one.city, one.district)): one for one in standing}
    table = _Table(carriers, [], [], [])
    for row in rows:
        _take_region(table, row, known)
    if write:
        CarrierCoverage.objects.bulk_create(table.fresh)
        CarrierCoverage.objects.bulk_update(table.changed, ["served"])
        _note("orders.coverage_imported", table, actor, now)
    return table.results


@transaction.atomic
def import_prices(*, rows: Sequence[ParsedRow], write: bool, actor: Actor, now: datetime) -> Sequence[RowResult]:
    """Take over what carriers take; a province is in one region group of a carrier at a time. Raises: Forbidden. SOP: O11"""
    actor.require(PERMISSION)
    carriers = _carriers([row.data.carrier for row in rows], write=write)
    known = {
        (one.carrier_id, one.zone, one.valid_from): one for one in CarrierPrice.objects.filter(carrier__in=carriers.values())
    }
    periods = {key: Period(one.zone, frozenset(one.provinces), one.valid_from, one.valid_until) for key, one in known.items()}
    table = _Table(carriers, [], [], [])
    for row in rows:
        _take_price(table, row, known, periods)
    if write:
        CarrierPrice.objects.bulk_create(table.fresh)
        CarrierPrice.objects.bulk_update(table.changed, _PRICE_COLUMNS)
        _note("orders.prices_imported", table, actor, now)
    return table.results


def _take_region(table: _Table, row: ParsedRow, known: Mapping[tuple[int, Place], CarrierCoverage]) -> None:
    region: Region = row.data
    place, carrier = region.place, table.carriers.get(region.carrier)
    label = f"{region.carrier} {place.province}{place.city}{place.district}"
    if carrier is None:
        table.results.append(refused(row.number, label, UNKNOWN))
        return
    one = known.get((carrier.pk, place))
    if one is None:
        made = CarrierCoverage(carrier=carrier, province=place.province, city=place.city, district=place.district)
        made.served = region.served
        table.put(row, label, made, fresh=True, differs=True)
        return
    differs, one.served = one.served != region.served, region.served
    table.put(row, label, one, fresh=False, differs=differs)


def _take_price(table: _Table, row: ParsedRow, known: Mapping[_Key, CarrierPrice], periods: dict[_Key, Period]) -> None:
    line: PriceLine = row.data
    label, carrier = f"{line.carrier} {line.zone} {line.valid_from}", table.carriers.get(line.carrier)
    if carrier is None:
        table.results.append(refused(row.number, label, UNKNOWN))
        return
    key = (carrier.pk, line.zone, line.valid_from)
    period = Period(line.zone, frozenset(line.provinces), line.valid_from, line.valid_until)
    issues = clash(period, [other for name, other in periods.items() if name != key and name[0] == carrier.pk])
    if issues:
        table.results.append(refused(row.number, label, *issues))
        return
    periods[key] = period
    price = known.get(key) or CarrierPrice(carrier=carrier, zone=line.zone, valid_from=line.valid_from)
    table.put(row, label, price, fresh=key not in known, differs=_apply(price, line))


def _carriers(codes: Sequence[str], *, write: bool) -> dict[str, Carrier]:
    rows = Carrier.objects.filter(code__in=codes)
    return {row.code: row for row in (lock_many(rows) if write else rows)}


def _apply(price: CarrierPrice, line: PriceLine) -> bool:
    """Write the line's figures; True when they differ from those that stood."""
    before = [getattr(price, name) for name in _PRICE_COLUMNS]
    for name in _PRICE_COLUMNS:
        found = getattr(line, name)
        setattr(price, name, list(found) if name == "provinces" else found)
    return before != [getattr(price, name) for name in _PRICE_COLUMNS]


def _note(action: str, table: _Table, actor: Actor, now: datetime) -> None:
    """One entry for each carrier whose table has changed, with the number of rows."""
    touched = [one.carrier_id for one in [*table.fresh, *table.changed]]
    counts = {row.code: touched.count(row.pk) for row in table.carriers.values()}
    changes = [Change(action, "carrier", code, after={"rows": rows}) for code, rows in counts.items() if rows]
    record_many(changes, actor=actor, now=now)
