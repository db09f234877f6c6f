"""Storage locations: made many at once, changed one by one; and goods that move between them."""

from datetime import datetime

from django.db import transaction

from catalog.models import StockItem, StockLot, StorageLocation
from catalog.queries.stock import warehouses_visible_to
from catalog.rules.alerts import KEPT
from catalog.rules.inbound.lifecycles import LOT_STEPS
from catalog.rules.inbound.locations import expand
from catalog.services.inbound.base import refusal, require_warehouse
from catalog.services.stock_lots import split_lot
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Issue
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark

LOCATION, LOT = "storage_location", "stock_lot"


@transaction.atomic
def create_locations(*, warehouse_id: int, pattern: str, zone: str = "", actor: Actor, now: datetime) -> int:
    """Make the storage locations of a pattern such as ``A-{01-03}-{1-4}``; those that exist stay. Returns how many are new.

    Raises: Forbidden, Invalid.
    Ours: storage locations
    """
    actor.require("catalog.add_storagelocation")
    place = require_warehouse(warehouse_id, actor)
    codes = expand(pattern.strip())
    known = set(StorageLocation.objects.filter(warehouse=place, code__in=codes).values_list("code", flat=True))
    fresh = [StorageLocation(warehouse=place, code=code, zone=zone) for code in codes if code not in known]
    if not fresh:
        raise refusal(Issue("/pattern", "taken", mark("All of these locations exist already.")))
    StorageLocation.objects.bulk_create(fresh)
    change = Change("catalog.locations_created", LOCATION, place.code, after={"pattern": pattern, "count": len(fresh)})
    record(change, actor=actor, now=now)
    return len(fresh)


@transaction.atomic
def change_location(*, location_id: int, zone: str, is_active: bool, actor: Actor, now: datetime) -> StorageLocation:
    """Move a location to another zone, or take it out of use; goods must have left it first.

    Raises: NotFound, Forbidden, Conflict (goods lie there).
    Ours: storage locations
    """
    actor.require("catalog.change_storagelocation")
    visible = warehouses_visible_to(actor).values("pk")
    location = lock_one(StorageLocation.objects.filter(pk=location_id, warehouse__in=visible))
    if not is_active and StockLot.objects.filter(location=location, quantity_left__gt=0).exists():
        raise Conflict(mark("Goods lie there; move them first."), code="location_in_use")
    before = {"zone": location.zone, "is_active": location.is_active}
    location.zone, location.is_active = zone, is_active
    location.save(update_fields=["zone", "is_active"])
    after = {"zone": zone, "is_active": is_active}
    change = Change(
        "catalog.location_changed", LOCATION, f"{location.warehouse.code} {location.code}"[:40], before=before, after=after
    )
    record(change, actor=actor, now=now)
    return location


@transaction.atomic
def move_lot(*, lot_id: int, quantity: int, location: str, actor: Actor, now: datetime) -> StockLot:
    """Carry pieces of a lot to another location of the same warehouse; they keep their age. Returns the lot that lies there.

    Raises: NotFound, Forbidden, Invalid (no such location, more pieces than there are).
    Ours: storage locations
    """
    LOT_STEPS.enter("move", KEPT, actor)
    lot = lock_lot(lot_id, actor)
    target = find_location(location, lot.warehouse_id, "/location")
    if not 1 <= quantity <= lot.quantity_left:
        message, bounds = mark("It must lie between %(minimum)s and %(maximum)s."), {"minimum": 1, "maximum": lot.quantity_left}
        raise refusal(Issue("/quantity", "out_of_range", message, bounds))
    before, origin = {"location": str(lot.location or "")}, lot.public_id
    moved = split_lot(lot, quantity=quantity, location_id=target.pk)
    after = {"location": target.code, "pieces": quantity}
    record(Change("catalog.lot_moved", LOT, origin, before=before, after=after), actor=actor, now=now)
    return moved


def lock_lot(lot_id: int, actor: Actor) -> StockLot:
    """Lock the balance that guards a lot, then the lot. Raises: NotFound."""
    visible = warehouses_visible_to(actor).values("pk")
    place = StockLot.objects.filter(pk=lot_id, warehouse__in=visible).values_list("sku_id", "warehouse_id").first()
    sku, warehouse = place or (0, 0)
    lock_one(StockItem.objects.filter(sku=sku, warehouse=warehouse))
    return lock_one(StockLot.objects.filter(pk=lot_id))


def find_location(code: str, warehouse_id: int, pointer: str) -> StorageLocation:
    """The location of that code that is in use. Raises: Invalid."""
    found = StorageLocation.objects.filter(warehouse=warehouse_id, code=code.strip().upper(), is_active=True).first()
    if found is None:
        raise refusal(Issue(pointer, "unknown_location", mark("There is no such location in this warehouse.")))
    return found
