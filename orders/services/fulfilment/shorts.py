"""Pieces that are not on their shelf: the order waits, the stock is counted, and somebody decides. SOP: O9"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.db.models import F

from catalog.enums.stock import MovementReason
from catalog.queries.picking import warehouse_codes
from catalog.services import stock
from catalog.services.counting.planning import plan_stocktake
from opsdesk.audit.services import Change, record, record_many
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.common.errors import Conflict, Invalid, Issue
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from opsdesk.inbox import services as inbox
from opsdesk.parameters.queries import value
from orders.enums.fulfilment import PickListStatus, ShortState
from orders.enums.orders import HoldCode, OrderStatus
from orders.models import Order, PickLine, PickList, PickListOrder, ShortPick
from orders.parameters.fulfilment import SHORT_TIME
from orders.queries.fulfilment.scanning import wanted_of
from orders.rules.followup import PICK_LIST_LIFECYCLE
from orders.rules.fulfilment.scanning import SHORT_LIFECYCLE, share_short
from orders.rules.lifecycle import ORDER_LIFECYCLE
from orders.services import hold_rows, steps
from orders.services.fulfilment import picking

KIND = "short_pick"
WORK = "orders.short_pick"
HELD = mark("Pieces are missing in the warehouse: %(sku)s")


@transaction.atomic(savepoint=False)
def report_short(
    *, pick_list_id: int, line_id: int, quantity: int, reason: str, actor: Actor, now: datetime
) -> list[ShortPick]:
    """So many pieces of this stop are not there: the last orders of the list go without and wait, the SKU is counted.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (more than is still to be picked there).
    SOP: O9
    """
    listed = PickListOrder.objects.filter(pick_list=pick_list_id).values_list("order_id", flat=True)
    orders = {order.pk: order for order in steps.lock_orders(list(listed), actor)}
    row = lock_one(PickList.objects.filter(pk=pick_list_id))
    PICK_LIST_LIFECYCLE.enter("report_short", row.status, actor)
    wanted = wanted_of(row)
    named = next((line for line in wanted if line.line_id == line_id), None)
    stop = [line for line in wanted if named and (line.sku_id, line.lot) == (named.sku_id, named.lot)]
    if not 1 <= quantity <= sum(line.left for line in stop):
        message = mark("So many are not to be picked there any more.")
        raise Invalid(message, issues=[Issue("/quantity", "out_of_range", message)])
    shares = dict(share_short(stop, quantity))
    shorts = []
    for line in PickLine.objects.filter(pk__in=shares).order_by("pk"):
        pieces = shares[line.pk]
        full = line.scanned + line.short + pieces == line.quantity
        PickLine.objects.filter(pk=line.pk).update(short=F("short") + pieces, picked=full)
        shorts.append(_short(row, line, pieces, reason, actor, now))
    ShortPick.objects.bulk_create(shorts)
    _tell(shorts, orders, actor, now)
    _count(row, shorts[0].sku_code, now)
    if sum(line.left for line in wanted) == quantity:
        picking.close([row], PickListStatus.PICKED, actor, now)
    return shorts


@transaction.atomic(savepoint=False)
def found(*, short_id: int, note: str, actor: Actor, now: datetime) -> ShortPick:
    """The pieces were found and lie with the order: it goes on.

    Raises: NotFound, Forbidden, IllegalTransition.
    SOP: O9
    """
    row, order = _enter(short_id, "found", actor)
    PickLine.objects.filter(pk=row.pick_line_id).update(short=F("short") - row.quantity, scanned=F("scanned") + row.quantity)
    _close(row, "found", note, actor, now)
    others = ShortPick.objects.filter(order=order, state=ShortState.OPEN).exists()
    if not others and HoldCode.STOCK in hold_rows.open_codes(order):
        columns = hold_rows.lift(order, [HoldCode.STOCK], actor=actor, now=now)
        step, details = ORDER_LIFECYCLE.transitions["release_hold"], {"hold": HoldCode.STOCK.value}
        steps.move([order], step, event="released", actor=actor, now=now, reason=note, details=details, **columns)
    return row


@transaction.atomic(savepoint=False)
def write_off(*, short_id: int, note: str, actor: Actor, now: datetime) -> ShortPick:
    """The pieces are gone: they are booked out, and the order waits for stock like any other; it is picked anew.

    Raises: NotFound, Forbidden, IllegalTransition, Conflict (the order has left, or has nothing reserved).
    SOP: O9
    """
    row, order = _enter(short_id, "write_off", actor)
    if HoldCode.STOCK not in hold_rows.open_codes(order) and order.status != OrderStatus.CANCELLED:
        raise Conflict(mark("The order does not wait for these pieces any more."), code="not_waiting")
    stock.release([order.public_id])
    lot = PickLine.objects.get(pk=row.pick_line_id).lot_id
    booking = stock.Booking(row.sku_id, row.warehouse_id, -row.quantity, f"short:{row.public_id}", order.public_id, lot=lot)
    stock.book([booking], reason=MovementReason.LOST, actor=actor, now=now)
    PickListOrder.objects.filter(order=order, active=True).update(active=False)
    _close(row, "write_off", note, actor, now)
    return row


def _short(row: PickList, line: PickLine, pieces: int, reason: str, actor: Actor, now: datetime) -> ShortPick:
    return ShortPick(
        pick_line=line,
        order_id=line.order_id,
        warehouse_id=row.warehouse_id,
        sku_id=line.sku_id,
        sku_code=line.sku_code,
        lot_code=line.lot_code,
        quantity=pieces,
        reason=reason,
        reported_at=now,
        reported_by=actor.label,
    )


def _tell(shorts: Sequence[ShortPick], orders: dict[int, Order], actor: Actor, now: datetime) -> None:
    """The work, the trail and the holds; few orders share one stop."""
    works, changes = [], []
    for short in shorts:
        order = orders[short.order_id]
        params = {"number": order.number, "sku": short.sku_code, "pieces": short.quantity}
        works.append(inbox.Work(WORK, KIND, short.public_id, now + value(SHORT_TIME), shop_id=order.shop_id, params=params))
        after = {"order": order.number, "sku": short.sku_code, "pieces": short.quantity}
        changes.append(
            Change("orders.short_reported", KIND, short.public_id, shop=order.shop.code, after=after, reason=short.reason)
        )
        if HoldCode.STOCK not in hold_rows.open_codes(order):
            why = HELD % {"sku": short.sku_code}
            hold_rows.put_on(order, [HoldCode.STOCK], reason=why, actor=actor, now=now)
            step, details = ORDER_LIFECYCLE.transitions["hold"], {"hold": HoldCode.STOCK.value}
            steps.move([order], step, event="held", actor=actor, now=now, reason=why, details=details)
    inbox.raise_many(works, now=now)
    record_many(changes, actor=actor, now=now)


def _count(row: PickList, sku: str, now: datetime) -> None:
    """Have the SKU counted, unless that is under way."""
    code = warehouse_codes()[row.warehouse_id]
    with suppress(Conflict):
        plan_stocktake(warehouse=code, skus=[sku], title=f"{row.wave} {sku}", actor=SYSTEM, now=now)


def _enter(short_id: int, name: str, actor: Actor) -> tuple[ShortPick, Order]:
    """The short pick and its order, locked, the order first."""
    order_id = ShortPick.objects.filter(pk=short_id).values_list("order_id", flat=True).first()
    order = steps.lock_orders([order_id] if order_id else [0], actor)[0]
    row = lock_one(ShortPick.objects.filter(pk=short_id))
    SHORT_LIFECYCLE.enter(name, row.state, actor)
    return row, order


def _close(row: ShortPick, name: str, note: str, actor: Actor, now: datetime) -> None:
    before, row.state = row.state, ShortState(str(SHORT_LIFECYCLE.transitions[name].target))
    row.closed_at, row.closed_by = now, actor.label
    row.save(update_fields=["state", "closed_at", "closed_by"])
    inbox.resolve(kind=WORK, subject_ids=[row.public_id], outcome=name, actor=actor, now=now)
    change = Change(
        f"orders.short_{name}", KIND, row.public_id, before={"state": before}, after={"state": row.state}, reason=note
    )
    record(change, actor=actor, now=now)
