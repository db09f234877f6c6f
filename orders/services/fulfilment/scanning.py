"""Picking piece by piece with a scanner. Every scan is written down, the wrong ones too. SOP: O9"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from catalog.queries import picking as shelves
from opsdesk.common.actors import Actor
from opsdesk.common.locking import lock_one
from orders.enums.fulfilment import PickListStatus, ScanResult, ScanStep
from orders.models import PickLine, PickList, PickListOrder, Scan
from orders.queries.fulfilment.scanning import wanted_of
from orders.rules.followup import PICK_LIST_LIFECYCLE
from orders.rules.fulfilment.scanning import RIGHT, SAYS, Judged, judge
from orders.services.fulfilment import picking


@dataclass(frozen=True)
class Outcome:
    """What came of a scan: a message with its parameters, and whether nothing is left to do."""

    ok: bool
    result: ScanResult
    message: str
    params: dict[str, object]
    finished: bool = False


@transaction.atomic(savepoint=False)
def scan_piece(*, pick_list_id: int, code: str, actor: Actor, now: datetime) -> Outcome:
    """Take one piece, or name the lot that the next pieces come from. A wrong one changes nothing but is written down.

    With the last piece the list is picked.
    Raises: NotFound, Forbidden, IllegalTransition.
    SOP: O9
    """
    row = lock_one(PickList.objects.filter(pk=pick_list_id))
    PICK_LIST_LIFECYCLE.enter("scan", row.status, actor)
    code = code.strip()
    wanted = wanted_of(row)
    lots = shelves.lot_codes(row.warehouse_id, {line.sku_id for line in wanted})
    lot, lot_for = _lot_in_hand(row, actor)
    judged = judge(code, wanted, lot=lot, lot_for=lot_for, lots=lots)
    bin_ = _take(judged) if judged.result == ScanResult.PIECE else 0
    Scan.objects.create(
        step=ScanStep.PICK,
        pick_list=row,
        code=code,
        result=judged.result,
        sku_id=judged.sku_id,
        quantity=int(judged.result == ScanResult.PIECE),
        at=now,
        by=actor.label,
    )
    finished = judged.result == ScanResult.PIECE and sum(line.left for line in wanted) == 1
    if finished:
        picking.close([row], PickListStatus.PICKED, actor, now)
    params: dict[str, object] = {"code": code, "sku": judged.sku, "lot": judged.lot or "–", "bin": bin_}
    return Outcome(judged.result in RIGHT, judged.result, SAYS[judged.result], params, finished)


def _lot_in_hand(row: PickList, actor: Actor) -> tuple[str, int | None]:
    """The lot that this person scanned last, and the SKU that was taken from it since."""
    mine = Scan.objects.filter(pick_list=row, step=ScanStep.PICK, by=actor.label)
    lot = mine.filter(result=ScanResult.LOT).order_by("-id").first()
    if lot is None:
        return "", None
    taken = mine.filter(result=ScanResult.PIECE, pk__gt=lot.pk).order_by("id").values_list("sku_id", flat=True)
    return lot.code, taken.first()


def _take(judged: Judged) -> int:
    """Count the piece on its line; answers the sort bin of its order."""
    assert judged.line_id is not None
    line = PickLine.objects.get(pk=judged.line_id)
    line.scanned += 1
    line.picked = line.scanned + line.short == line.quantity
    PickLine.objects.filter(pk=line.pk).update(scanned=F("scanned") + 1, picked=line.picked)
    return PickListOrder.objects.get(pick_list=line.pick_list_id, order=line.order_id).bin
