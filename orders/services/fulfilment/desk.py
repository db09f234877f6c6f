"""The packing desk: every piece is scanned into the parcel before it is closed. SOP: O10"""

from datetime import datetime

from django.db import transaction

from opsdesk.common.actors import Actor
from orders.enums.fulfilment import ScanResult, ScanStep
from orders.errors import NotAllScanned
from orders.models import Order, Scan
from orders.queries.fulfilment.scanning import pack_rows
from orders.rules.fulfilment.packing import Checklist
from orders.rules.fulfilment.scanning import PACKED, RIGHT, SAYS, Wanted, judge
from orders.services import steps
from orders.services.fulfilment.packing import pack_order
from orders.services.fulfilment.scanning import Outcome


@transaction.atomic(savepoint=False)
def scan_into_parcel(*, order_id: int, code: str, actor: Actor, now: datetime) -> Outcome:
    """Put one piece into the order's parcel. A wrong one changes nothing but is written down.

    Raises: NotFound, Forbidden, IllegalTransition, OnHold.
    SOP: O10
    """
    order = _open(order_id, actor)
    code = code.strip()
    rows = pack_rows(order)
    judged = judge(code, [Wanted(row.sku_id, row.sku_id, row.sku, row.barcode, row.left) for row in rows])
    right = judged.result == ScanResult.PIECE
    Scan.objects.create(
        step=ScanStep.PACK,
        order=order,
        code=code,
        result=judged.result,
        sku_id=judged.sku_id,
        quantity=int(right),
        at=now,
        by=actor.label,
    )
    message = PACKED if right else SAYS[judged.result]
    finished = right and sum(row.left for row in rows) == 1
    return Outcome(judged.result in RIGHT, judged.result, message, {"code": code, "sku": judged.sku}, finished)


@transaction.atomic(savepoint=False)
def finish_packing(*, order_id: int, checklist: Checklist, actor: Actor, now: datetime) -> Order:
    """Close the parcel: every piece was scanned and the pack check is done.

    Raises: NotFound, Forbidden, IllegalTransition, OnHold, NotAllScanned, PackCheckFailed.
    SOP: O10
    """
    order = _open(order_id, actor)
    if left := [f"{row.sku} × {row.left}" for row in pack_rows(order) if row.left]:
        raise NotAllScanned(skus=", ".join(left))
    return pack_order(order_id=order_id, checklist=checklist, actor=actor, now=now)


def _open(order_id: int, actor: Actor) -> Order:
    orders = steps.lock_orders([order_id], actor)
    steps.enter(orders, "pack", actor)
    steps.require_no_holds(orders)
    return orders[0]
