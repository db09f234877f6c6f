"""Reserving, releasing and committing stock, and booking what comes and goes.

The balance and the ledger change in one transaction, always with the stock rows locked in the order of their key.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F

from catalog.enums.stock import MovementReason
from catalog.errors import InsufficientStock
from catalog.models import Reservation, StockItem, StockMovement
from catalog.rules.allocation import Demand, Plan, Take, allocate
from catalog.services import stock_lots
from catalog.services.stock_lots import LotFacts
from catalog.services.stock_news import tell_changed
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict
from opsdesk.common.inserts import insert
from opsdesk.common.locking import lock_many
from opsdesk.common.text import mark
from opsdesk.duties.definitions import SHOP_TIME

Parts = Mapping[str, Mapping[int, int]]  # pieces by SKU that leave, by owner

__all__ = [
    "Booking",
    "Demand",
    "LotFacts",
    "Plan",
    "Take",
    "book",
    "commit",
    "keep",
    "lock_items",
    "plan",
    "release",
    "reserve",
]


@dataclass(frozen=True)
class Booking:
    """Pieces that come (positive) or go (negative); `key` is unique for the occasion.

    `reason` replaces the one of the whole call. Pieces that come make a lot of these `facts`; pieces that go are taken
    from `lot` if one is named, else from the oldest.
    """

    sku: int
    warehouse: int
    delta: int
    key: str
    ref: str = ""
    reason: MovementReason | None = None
    facts: LotFacts | None = None
    lot: int | None = None


def plan(demands: Sequence[Demand], *, lock: bool = True) -> Plan:
    """Lock the stock that the demands touch and say who can be served; writes nothing. Without `lock` it is what would be
    said now, and may be otherwise a moment later.

    SOP: O2, O8
    """
    skus = {sku for demand in demands for sku in demand.quantities}
    places = {place for demand in demands for place in demand.warehouses}
    rows = StockItem.objects.filter(sku__in=skus, warehouse__in=places)
    items = lock_many(rows) if lock else list(rows)
    return allocate(demands, {(item.sku_id, item.warehouse_id): item.available for item in items})


def reserve(takes: Sequence[Take], *, expires_at: Mapping[str, datetime] | None = None, now: datetime) -> None:
    """Promise planned pieces to their owners, in the transaction that planned them.

    Raises: InsufficientStock, when a balance would not cover it.
    SOP: O2
    """
    if not takes:
        return
    wanted: dict[tuple[int, int], int] = defaultdict(int)
    for take in takes:
        wanted[take.sku, take.warehouse] += take.quantity
    _change_reserved(wanted)
    insert(
        Reservation(
            owner_ref=take.owner_ref,
            sku_id=take.sku,
            warehouse_id=take.warehouse,
            quantity=take.quantity,
            reserved_at=now,
            expires_at=(expires_at or {}).get(take.owner_ref),
        )
        for take in takes
    )


@transaction.atomic(savepoint=False)
def release(owner_refs: Collection[str]) -> int:
    """Give reserved pieces back to sale; returns how many reservations there were. SOP: O18"""
    reservations = list(Reservation.objects.filter(owner_ref__in=owner_refs))
    _lock_items(reservations)
    back: dict[tuple[int, int], int] = defaultdict(int)
    for row in reservations:
        back[row.sku_id, row.warehouse_id] -= row.quantity
    _change_reserved(back)
    Reservation.objects.filter(pk__in=[row.pk for row in reservations]).delete()
    return len(reservations)


def keep(owner_refs: Collection[str]) -> int:
    """Let reservations of these owners stand without end: what they reserve is paid for. SOP: O2"""
    return Reservation.objects.filter(owner_ref__in=owner_refs, expires_at__isnull=False).update(expires_at=None)


def lock_items(places: Collection[tuple[int, int]]) -> dict[tuple[int, int], StockItem]:
    """Lock the balances of these (sku, warehouse) pairs, opening those that do not exist yet.

    Whoever books more than once in a transaction locks all of it here first: locks are taken in one order only.
    """
    StockItem.objects.bulk_create(
        [StockItem(sku_id=sku, warehouse_id=warehouse) for sku, warehouse in sorted(places)], ignore_conflicts=True
    )
    skus, warehouses = {sku for sku, _ in places}, {warehouse for _, warehouse in places}
    items = lock_many(StockItem.objects.filter(sku__in=skus, warehouse__in=warehouses))
    return {(item.sku_id, item.warehouse_id): item for item in items}


@transaction.atomic(savepoint=False)
def commit(owner_refs: Collection[str], *, parts: Parts | None = None, occasion: str, actor: Actor, now: datetime) -> int:
    """Book reserved pieces out of the warehouse: they have left the house. Returns the number of pieces.

    Of an owner in `parts` only so many pieces of each SKU leave now, the others stay reserved; `occasion` tells this
    departure from the owner's others.
    Raises: Conflict, when an owner has nothing reserved, or less than leaves.
    SOP: O12
    """
    reservations = list(Reservation.objects.filter(owner_ref__in=owner_refs).order_by("id"))
    leaving, short = _leaving(reservations, parts or {})
    missing = short | (set(owner_refs) - {row.owner_ref for row in reservations})
    if missing:
        raise Conflict(mark("Nothing is reserved for %(owner)s."), code="not_reserved", owner=", ".join(sorted(missing)))
    _lock_items([row for row, _pieces in leaving])
    back: dict[tuple[int, int], int] = defaultdict(int)
    for row, pieces in leaving:
        back[row.sku_id, row.warehouse_id] -= pieces
    _change_reserved(back)
    Reservation.objects.filter(pk__in=[row.pk for row, pieces in leaving if pieces == row.quantity]).delete()
    for row, pieces in leaving:
        if pieces < row.quantity:
            Reservation.objects.filter(pk=row.pk).update(quantity=F("quantity") - pieces)
    _write([_sale(row, pieces, occasion) for row, pieces in leaving], MovementReason.SALE, actor, now)
    return sum(pieces for _row, pieces in leaving)


def _sale(row: Reservation, pieces: int, occasion: str) -> Booking:
    key = f"sale:{row.owner_ref}:{row.sku_id}:{row.warehouse_id}:{occasion}"
    return Booking(row.sku_id, row.warehouse_id, -pieces, key, row.owner_ref)


def _leaving(reservations: Sequence[Reservation], parts: Parts) -> tuple[list[tuple[Reservation, int]], set[str]]:
    """How many pieces leave of each reservation, oldest first; and the owners that have less than should leave."""
    left = {(owner, sku): pieces for owner, part in parts.items() for sku, pieces in part.items()}
    leaving = []
    for row in reservations:
        key = (row.owner_ref, row.sku_id)
        pieces = min(row.quantity, left.get(key, 0)) if row.owner_ref in parts else row.quantity
        if key in left:
            left[key] -= pieces
        if pieces:
            leaving.append((row, pieces))
    return leaving, {owner for (owner, _sku), pieces in left.items() if pieces}


@transaction.atomic(savepoint=False)
def book(bookings: Sequence[Booking], *, reason: MovementReason, actor: Actor, now: datetime) -> list[Booking]:
    """Book pieces in or out, each key once; returns the bookings that were new.

    Raises: InsufficientStock, when a balance would fall below what is reserved.
    SOP: C11
    """
    done = set(StockMovement.objects.filter(key__in=[b.key for b in bookings]).values_list("key", flat=True))
    fresh = [booking for booking in bookings if booking.key not in done]
    if fresh:
        lock_items({(booking.sku, booking.warehouse) for booking in fresh})
        _write(fresh, reason, actor, now)
    return fresh


def _write(bookings: Sequence[Booking], reason: MovementReason, actor: Actor, now: datetime) -> None:
    change: dict[tuple[int, int], int] = defaultdict(int)
    for booking in bookings:
        change[booking.sku, booking.warehouse] += booking.delta
    _change(change, "on_hand")
    StockMovement.objects.bulk_create(
        StockMovement(
            sku_id=b.sku,
            warehouse_id=b.warehouse,
            delta=b.delta,
            reason=b.reason or reason,
            ref=b.ref,
            key=b.key,
            actor_label=actor.label,
            at=now,
        )
        for b in bookings
    )
    stock_lots.receive(
        [
            stock_lots.Arrival(b.sku, b.warehouse, b.delta, b.facts or LotFacts(code=b.ref or b.key))
            for b in bookings
            if b.delta > 0
        ],
        now=now,
    )
    stock_lots.take(
        [stock_lots.Leaving(b.sku, b.warehouse, -b.delta, b.lot) for b in bookings if b.delta < 0],
        today=now.astimezone(SHOP_TIME).date(),
    )
    tell_changed({sku for sku, _ in change}, now=now)


def _lock_items(rows: Collection[Reservation]) -> list[StockItem]:
    skus, places = {row.sku_id for row in rows}, {row.warehouse_id for row in rows}
    return lock_many(StockItem.objects.filter(sku__in=skus, warehouse__in=places))


def _change_reserved(changes: Mapping[tuple[int, int], int]) -> None:
    _change(changes, "reserved")


def _change(changes: Mapping[tuple[int, int], int], column: str) -> None:
    """Add to a column of many balances in one guarded statement. Raises: InsufficientStock."""
    if not changes:
        return
    other = "reserved + v.delta <= on_hand" if column == "reserved" else "on_hand + v.delta >= reserved"
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE catalog_stockitem s SET {column} = s.{column} + v.delta "
            "FROM unnest(%s::bigint[], %s::bigint[], %s::int[]) AS v(sku_id, warehouse_id, delta) "
            f"WHERE s.sku_id = v.sku_id AND s.warehouse_id = v.warehouse_id AND {other}",
            [[sku for sku, _ in changes], [place for _, place in changes], list(changes.values())],
        )
        if cursor.rowcount != len(changes):
            raise InsufficientStock()
