"""The demo company's warehouse: rules, a wave half picked, missing pieces, a parcel half packed, and the warehouse system."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from opsdesk.common.actors import SYSTEM
from opsdesk.demo.later import Placed
from orders.enums.fulfilment import PushState, RecallState
from orders.queries.fulfilment.pushes import taken_over
from orders.queries.fulfilment.scanning import codes_of, wanted_of
from orders.queries.picking import Wave
from orders.services.changes import cancel_order
from orders.services.fulfilment import desk, overriding, picking, pushes, recalls, rulebook, scanning, shorts
from orders.services.fulfilment.packing import Checklist, pack_order
from orders.services.fulfilment.pushes import Reply
from orders.services.fulfilment.recalls import RecallReply
from orders.services.release import release_orders

_HOUR = timedelta(hours=1)
_LATE = 7 * _HOUR  # longer ago than any of the desks has time for
_SOUTH = ["广东省", "福建省", "湖南省", "湖北省", "四川省", "陕西省"]
_EAST = ["浙江省", "江苏省", "上海市", "山东省"]
_RELEASED, _ATTEMPTS, _WAVE, _QUEUE = 30, 5, 12, 500
_PAPERS = Checklist(appearance=True, packing_list=True, gifts=True, manual=True, warranty=True)


def make_fulfilment(
    orders: Sequence[Placed], packed: Placed, *, warehouses: Sequence[int], skus: Sequence[int], leaf: int, now: datetime
) -> None:
    """One row a state: allocations, hand-overs, short picks, scans right and wrong; the oldest of each is overdue."""
    _make_rules(warehouses, skus, leaf, now)
    chosen = [order.id for order in orders[:_RELEASED]]
    served = [order.pk for order in release_orders(order_ids=chosen, actor=SYSTEM, now=now - _LATE)]
    stuck = [key for key in chosen if key not in served]
    for key in stuck[1:2]:
        reason = "顾客已同意从深圳仓分批发货"
        overriding.choose_warehouse(order_id=key, warehouse_id=None, reason=reason, actor=SYSTEM, now=now)
    _walk(warehouses[0], now)
    _push(packed, now)
    for code in codes_of(served[0])[:1]:
        desk.scan_into_parcel(order_id=served[0], code=code, actor=SYSTEM, now=now)


def _make_rules(warehouses: Sequence[int], skus: Sequence[int], leaf: int, now: datetime) -> None:
    """Two warehouses for their regions and none for Beijing, a gift that runs and one that is over, and what is enclosed."""
    south, east = warehouses
    rows = (("华南仓", south, _SOUTH, ["sf", "zto"]), ("华东仓", east, _EAST, ["zto"]), ("华东后备仓", south, _EAST, ["ems"]))
    for priority, (name, place, provinces, carriers) in enumerate(rows, start=1):
        rulebook.add_rule(
            kind=rulebook.ALLOCATION,
            name=name,
            priority=priority,
            warehouse_id=place,
            provinces=provinces,
            carriers=carriers,
            actor=SYSTEM,
            now=now,
        )
    for name, since, until in (("满200赠杯", -20, 20), ("五月满赠", -60, -30)):
        rulebook.add_rule(
            kind=rulebook.GIFT,
            name=name,
            spend_from=Decimal("200.00"),
            gift_id=skus[0],
            valid_from=now + timedelta(days=since),
            valid_until=now + timedelta(days=until),
            actor=SYSTEM,
            now=now,
        )
    rulebook.add_rule(kind=rulebook.PACKING, category_id=leaf, manual=True, fragile=True, actor=SYSTEM, now=now)
    rulebook.add_rule(kind=rulebook.PACKING, sku_id=skus[1], warranty=True, no_bending=True, actor=SYSTEM, now=now)


def _walk(warehouse: int, now: datetime) -> None:
    """A wave on its way: pieces missing in every state, one wrong piece, and an order that is being packed."""
    row = picking.make_for_warehouse(
        warehouse_id=warehouse, wave=Wave(lines="single", size=_WAVE), actor=SYSTEM, now=now - _LATE
    )
    lines = wanted_of(row)
    stops = list({(line.sku_id, line.lot): line for line in lines}.values())
    at = now - _LATE
    missing = []
    for line, why in zip(stops[-4:], ("货位上没有", "少一件", "包装破损", "找不到"), strict=True):
        key = {"pick_list_id": row.pk, "line_id": line.line_id}
        missing += shorts.report_short(**key, quantity=1, reason=why, actor=SYSTEM, now=at)
    shorts.found(short_id=missing[0].pk, note="在上一层货架", actor=SYSTEM, now=now)
    shorts.write_off(short_id=missing[1].pk, note="盘点确认丢失", actor=SYSTEM, now=now)
    for code in (stops[0].sku, stops[-1].sku + "X"):
        scanning.scan_piece(pick_list_id=row.pk, code=code, actor=SYSTEM, now=now)


def _push(packed: Placed, now: datetime) -> None:
    """Orders that the warehouse system took over, rejected, and left unanswered; one settled, one withdrawn, one waiting."""
    at = now - _LATE
    accepted, refused = Reply(PushState.CONFIRMED, "WMS-20731"), Reply(PushState.REJECTED, reason="SKU未建档")
    silent = Reply(PushState.WAITING, reason="timeout")
    pushes.queue_released(limit=_QUEUE, now=at)
    pack_order(order_id=packed.id, checklist=_PAPERS, actor=SYSTEM, now=now)
    replies = [refused, refused, silent, silent]
    claimed = pushes.claim(limit=_QUEUE, now=at)
    for number, one in enumerate(claimed):
        reply = replies[number] if number < len(replies) else accepted
        pushes.record_reply(push_id=one.push_id, reply=reply, now=at)
    pushes.settle_push(push_id=claimed[1].push_id, reason="已用表格交给仓库", actor=SYSTEM, now=now)
    _recall(at)
    for number in range(1, _ATTEMPTS):
        for one in pushes.claim(limit=1, now=at + number * _HOUR):
            pushes.record_reply(push_id=one.push_id, reply=silent, now=at + number * _HOUR)


def _recall(at: datetime) -> None:
    """Cancelled after they were taken over: stopped, too late, settled, unanswered, and not answered yet."""
    late, silent = RecallReply(RecallState.TOO_LATE, "已装车"), RecallReply(RecallState.UNANSWERED, "HTTP 403")
    replies = [RecallReply(RecallState.STOPPED), silent, late, late]
    for order_id in taken_over()[: len(replies) + 1]:
        cancel_order(order_id=order_id, reason="买家不想要了", actor=SYSTEM, now=at)
    for one, reply in zip(recalls.claim(limit=_QUEUE, now=at), replies, strict=False):
        row = recalls.record_reply(recall_id=one.push_id, reply=reply, now=at)
    recalls.settle_recall(recall_id=row.pk, reason="买家同意收货", actor=SYSTEM, now=at)
