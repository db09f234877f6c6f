"""Lots: the one place where they are made, and where pieces are taken from them.

The caller holds the locks of the stock rows, which guard the lots as well.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import F

from catalog.errors import InsufficientStock
from catalog.models import StockLot
from catalog.rules.stock import is_expired
from opsdesk.common.text import mark


@dataclass(frozen=True)
class LotFacts:
    """What is known of pieces that come in. `received_at` None means now; goods that only move keep theirs."""

    code: str
    received_at: datetime | None = None
    expires_on: date | None = None
    supplier_name: str = ""
    unit_cost: Decimal | None = None
    location_id: int | None = None
    receipt_count_id: int | None = None


@dataclass(frozen=True)
class Arrival:
    """Pieces that make a lot."""

    sku: int
    warehouse: int
    quantity: int
    facts: LotFacts


@dataclass(frozen=True)
class Leaving:
    """Pieces that go, out of one lot or out of the oldest."""

    sku: int
    warehouse: int
    quantity: int
    lot: int | None = None


def receive(arrivals: Sequence[Arrival], *, now: datetime) -> None:
    """Make one lot of each arrival, in one statement. SOP: C11, O9"""
    StockLot.objects.bulk_create(
        StockLot(
            sku_id=one.sku,
            warehouse_id=one.warehouse,
            code=one.facts.code,
            received_at=one.facts.received_at or now,
            expires_on=one.facts.expires_on,
            supplier_name=one.facts.supplier_name,
            unit_cost=one.facts.unit_cost,
            location_id=one.facts.location_id,
            receipt_count_id=one.facts.receipt_count_id,
            quantity_left=one.quantity,
        )
        for one in arrivals
    )


def take(leavings: Sequence[Leaving], *, today: date) -> None:
    """Take pieces from the lots that are named, the others from those that expire first, then from the oldest; expired ones
    only when nothing else is left.

    Raises: InsufficientStock, when a named lot has fewer pieces.
    SOP: O9
    """
    if not leavings:
        return
    skus, places = {one.sku for one in leavings}, {one.warehouse for one in leavings}
    found = StockLot.objects.filter(sku__in=skus, warehouse__in=places, quantity_left__gt=0)
    found = found.order_by(F("expires_on").asc(nulls_last=True), "received_at", "id")
    lots = sorted(found, key=lambda lot: is_expired(expires_on=lot.expires_on, today=today))
    before = {lot.pk: lot.quantity_left for lot in lots}
    _take_named([one for one in leavings if one.lot], {lot.pk: lot for lot in lots})
    _take_oldest([one for one in leavings if not one.lot], lots)
    StockLot.objects.bulk_update([lot for lot in lots if lot.quantity_left != before[lot.pk]], ["quantity_left"])


def _take_named(leavings: Sequence[Leaving], lots: dict[int, StockLot]) -> None:
    for one in leavings:
        lot = lots.get(one.lot or 0)
        left = lot.quantity_left if lot and (lot.sku_id, lot.warehouse_id) == (one.sku, one.warehouse) else 0
        if lot is None or left < one.quantity:
            raise InsufficientStock(
                mark("Only %(left)s pieces are left in lot %(lot)s."), left=left, lot=lot.code if lot else one.lot
            )
        lot.quantity_left -= one.quantity


def _take_oldest(leavings: Sequence[Leaving], lots: Sequence[StockLot]) -> None:
    wanted: dict[tuple[int, int], int] = defaultdict(int)
    for one in leavings:
        wanted[one.sku, one.warehouse] += one.quantity
    for lot in lots:
        key = (lot.sku_id, lot.warehouse_id)
        taken = min(wanted.get(key, 0), lot.quantity_left)
        if taken:
            lot.quantity_left -= taken
            wanted[key] -= taken


def split_lot(lot: StockLot, *, quantity: int, location_id: int) -> StockLot:
    """Put pieces of a locked lot into another location: the whole lot moves, or a second one of the same age is made."""
    if quantity == lot.quantity_left:
        lot.location_id = location_id
        lot.save(update_fields=["location"])
        return lot
    StockLot.objects.filter(pk=lot.pk).update(quantity_left=lot.quantity_left - quantity)
    lot.pk, lot.location_id, lot.quantity_left = None, location_id, quantity
    lot._state.adding = True
    lot.save()
    return lot
