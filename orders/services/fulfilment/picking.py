"""Making, printing and finishing pick lists."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F, Sum

from catalog.errors import ExpiredStock
from catalog.queries import picking as shelves
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, IllegalTransition, Invalid
from opsdesk.common.locking import lock_many, lock_one
from opsdesk.common.text import mark
from opsdesk.duties.definitions import SHOP_TIME
from opsdesk.inbox import services as inbox
from opsdesk.parameters.queries import value
from orders.enums.fulfilment import PickListStatus
from orders.enums.orders import OrderStatus
from orders.errors import AlreadyPicking
from orders.models import Order, PickLine, PickList, PickListOrder
from orders.parameters.fulfilment import WAVE_SIZE
from orders.parameters.intake import PROCESSING_TIME
from orders.queries import picking as queues
from orders.queries.picking import Wave
from orders.rules.followup import PICK_LIST_LIFECYCLE
from orders.rules.fulfilment.picking import LotLeft, Pick, Want, plan_lots
from orders.services import steps
from orders.services.grouping import sharing

KIND = "pick_list"
WORK = "orders.pick_list"
PERMISSION = "orders.pick_order"
NOTHING = mark("There is nothing to pick.")
NOT_ALL = mark("Orders that share a parcel are picked together: select all of them, or dissolve the shared parcel.")


@transaction.atomic(savepoint=False)
def make_for_warehouse(*, warehouse_id: int, wave: Wave | None = None, actor: Actor, now: datetime) -> PickList:
    """Make one pick list of released orders that wait in the warehouse and are in no pick list yet: those that the wave
    names, the most urgent first, and no more than the standard allows in one walk.

    Orders for which only expired pieces are left go on waiting.
    Raises: Forbidden, Invalid (nothing to pick), ExpiredStock (all of them wait for fresh pieces).
    SOP: O9
    """
    actor.require(PERMISSION)
    wave = wave or Wave()
    most = min(wave.size or value(WAVE_SIZE), value(WAVE_SIZE))
    to_pick = queues.to_pick(actor, warehouse_id)
    chosen = sharing.with_mates(set(queues.wave(to_pick, wave, limit=most).values_list("pk", flat=True)))
    waiting = lock_many(to_pick.filter(pk__in=chosen))
    # Asked again under the lock: a colleague may have pressed the button at the same time.
    busy = _in_lists(waiting)
    free = [order for order in waiting if (order.pk, warehouse_id) not in busy and order.status == OrderStatus.PROCESSING]
    orders = sharing.complete(free)
    stale = _stale_in(warehouse_id, _plan(warehouse_id, orders, now), now)
    served = [order for order in orders if order.pk not in stale]
    return _make(warehouse_id, served or orders, actor, now, filters=wave.told())


@transaction.atomic(savepoint=False)
def make_for_orders(*, order_ids: Collection[int], actor: Actor, now: datetime) -> list[PickList]:
    """Make pick lists of these orders, one for each warehouse that has their goods.

    Raises: NotFound, Forbidden, IllegalTransition (not released), OnHold, AlreadyPicking, Invalid (nothing to pick),
    Conflict (part of a shared parcel), ExpiredStock.
    SOP: O9
    """
    actor.require(PERMISSION)
    orders = steps.lock_orders(order_ids, actor)
    for order in orders:
        if order.status != OrderStatus.PROCESSING:
            raise IllegalTransition(action="pick", state=order.status, extra={"id": order.public_id})
    steps.require_no_holds(orders)
    if busy := {order_id for order_id, _ in _in_lists(orders)}:
        raise AlreadyPicking(orders=", ".join(order.number for order in orders if order.pk in busy))
    if len(sharing.complete(orders)) != len(orders):
        raise Conflict(NOT_ALL, code="shared_parcel")
    by_place: dict[int, list[Order]] = defaultdict(list)
    places = shelves.places_of([order.public_id for order in orders])
    for order in orders:
        for place in places[order.public_id]:
            by_place[place].append(order)
    if not by_place:
        raise Invalid(NOTHING, code="nothing_to_pick")
    return [_make(place, by_place[place], actor, now) for place in sorted(by_place)]


@transaction.atomic(savepoint=False)
def record_print(*, pick_list_id: int, actor: Actor, now: datetime) -> PickList:
    """Note that the list is printed; every print after the first is a reprint and says so.

    Raises: NotFound, Forbidden.
    SOP: O9
    """
    row = lock_one(PickList.objects.filter(pk=pick_list_id))
    PICK_LIST_LIFECYCLE.enter("print", row.status, actor)
    action = "orders.pick_list_reprinted" if row.printed_at else "orders.pick_list_printed"
    row.reprints += row.printed_at is not None
    row.printed_at = row.printed_at or now
    row.save(update_fields=["printed_at", "reprints"])
    record(Change(action, KIND, row.public_id, after={"reprints": row.reprints}), actor=actor, now=now)
    return row


@transaction.atomic(savepoint=False)
def confirm_picked(*, pick_list_id: int, actor: Actor, now: datetime) -> PickList:
    """Confirm that everything on the list lies on the packing desk.

    Raises: NotFound, Forbidden, IllegalTransition.
    SOP: O9
    """
    row = lock_one(PickList.objects.filter(pk=pick_list_id))
    PICK_LIST_LIFECYCLE.enter("confirm", row.status, actor)
    lines = PickLine.objects.filter(pick_list=row, order__status=OrderStatus.PROCESSING)
    lines.update(picked=True, scanned=F("quantity") - F("short"))
    close([row], PickListStatus.PICKED, actor, now)
    return row


@transaction.atomic(savepoint=False)
def cancel_list(*, pick_list_id: int, actor: Actor, now: datetime, reason: str = "") -> PickList:
    """Take an open list back; its orders may be listed again.

    Raises: NotFound, Forbidden, IllegalTransition.
    SOP: O9
    """
    row = lock_one(PickList.objects.filter(pk=pick_list_id))
    PICK_LIST_LIFECYCLE.enter("cancel", row.status, actor)
    PickListOrder.objects.filter(pick_list=row).update(active=False)
    close([row], PickListStatus.CANCELLED, actor, now, reason)
    return row


def leave_lists(orders: Sequence[Order], *, actor: Actor, now: datetime) -> None:
    """These orders are packed, so they are picked; a list with nothing left to pick is finished. The caller has locks."""
    places = PickListOrder.objects.filter(order__in=orders, active=True).values("pick_list")
    lists = lock_many(PickList.objects.filter(status=PickListStatus.OPEN, pk__in=places))
    mine = PickLine.objects.filter(pick_list__in=lists, order__in=orders)
    mine.update(picked=True, scanned=F("quantity") - F("short"))
    left = PickLine.objects.filter(pick_list__in=lists, picked=False, order__status=OrderStatus.PROCESSING)
    unfinished = set(left.values_list("pick_list_id", flat=True))
    close([row for row in lists if row.pk not in unfinished], PickListStatus.PICKED, actor, now)


def _in_lists(orders: Sequence[Order]) -> set[tuple[int, int]]:
    return set(PickListOrder.objects.filter(order__in=orders, active=True).values_list("order_id", "warehouse_id"))


def _make(
    warehouse_id: int, orders: Sequence[Order], actor: Actor, now: datetime, *, filters: dict[str, object] | None = None
) -> PickList:
    picks = _plan(warehouse_id, orders, now)
    if not picks:
        raise Invalid(NOTHING, code="nothing_to_pick")
    if stale := _stale_in(warehouse_id, picks, now):
        numbers = [order.number for order in orders if order.pk in stale]
        raise ExpiredStock(skus=", ".join(sorted(set(stale.values()))), orders=", ".join(numbers))
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('orders_wave')")
        wave = f"{now.astimezone(SHOP_TIME):%Y%m%d}-{cursor.fetchone()[0]}"
    row = PickList.objects.create(wave=wave, warehouse_id=warehouse_id, made_at=now, made_by=actor.label, filters=filters or {})
    bins = sharing.bins(orders)
    PickListOrder.objects.bulk_create(
        PickListOrder(pick_list=row, order=order, warehouse_id=warehouse_id, bin=bins[order.pk]) for order in orders
    )
    PickLine.objects.bulk_create(
        PickLine(
            pick_list=row,
            order_id=pick.order_id,
            sku_id=pick.sku_id,
            sku_code=code,
            lot_id=pick.lot_id,
            lot_code=pick.lot_code,
            quantity=pick.quantity,
        )
        for code, pick in picks
    )
    due = min((order.due_by for order in orders if order.due_by), default=now + value(PROCESSING_TIME))
    inbox.raise_item(inbox.Work(WORK, KIND, row.public_id, due, params={"wave": wave, "orders": len(orders)}), now=now)
    after = {"wave": wave, "orders": len(orders), "pieces": sum(pick.quantity for _, pick in picks)}
    record(Change("orders.pick_list_made", KIND, row.public_id, after=after), actor=actor, now=now)
    return row


def _stale_in(warehouse_id: int, picks: Sequence[tuple[str, Pick]], now: datetime) -> dict[int, str]:
    """The orders that would get expired pieces, each with a SKU of which there are no others."""
    bare = [(code, pick) for code, pick in picks if pick.lot_id is None]
    if not bare:
        return {}
    today = now.astimezone(SHOP_TIME).date()
    expired = shelves.expired_pieces(warehouse_id, {pick.sku_id for _, pick in bare}, today=today)
    return {pick.order_id: code for code, pick in bare if expired.get(pick.sku_id)}


def _plan(warehouse_id: int, orders: Sequence[Order], now: datetime) -> list[tuple[str, Pick]]:
    """What is picked for whom, each with its SKU code."""
    rows = shelves.reserved([order.public_id for order in orders], warehouse_id)
    ids = {order.public_id: order.pk for order in orders}
    codes = {row.sku_id: row.sku_code for row in rows}
    wants = sorted((Want(ids[row.owner_ref], row.sku_id, row.quantity) for row in rows), key=lambda want: want.order_id)
    lots: dict[int, list[LotLeft]] = defaultdict(list)
    found = shelves.lots_fifo(warehouse_id, list(codes), today=now.astimezone(SHOP_TIME).date())
    spoken_for = _spoken_for([lot.lot_id for lot in found])
    for lot in found:
        lots[lot.sku_id].append(LotLeft(lot.lot_id, lot.code, lot.quantity - spoken_for.get(lot.lot_id, 0)))
    return [(codes[pick.sku_id], pick) for pick in plan_lots(wants, lots)]


def _spoken_for(lot_ids: Collection[int]) -> dict[int, int]:
    """Pieces that stand in pick lists and have not left the house, by lot."""
    lines = PickLine.objects.filter(lot__in=lot_ids, order__status__in=[OrderStatus.PROCESSING, OrderStatus.READY_TO_SHIP])
    lines = lines.filter(queues.in_place())
    return dict(lines.values("lot").annotate(pieces=Sum(F("quantity"))).values_list("lot", "pieces"))


def close(rows: Sequence[PickList], status: PickListStatus, actor: Actor, now: datetime, reason: str = "") -> None:
    """Finish locked open lists: picked, or taken back."""
    picked = {"picked_at": now, "picked_by": actor.label} if status == PickListStatus.PICKED else {}
    PickList.objects.filter(pk__in=[row.pk for row in rows]).update(status=status, **picked)
    inbox.resolve(kind=WORK, subject_ids=[row.public_id for row in rows], outcome=status, actor=actor, now=now)
    for row in rows:
        before, row.status = row.status, status
        change = Change(
            f"orders.pick_list_{status}",
            KIND,
            row.public_id,
            before={"status": before},
            after={"status": status},
            reason=reason,
        )
        record(change, actor=actor, now=now)
