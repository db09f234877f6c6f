"""Write-offs and finds: small ones at once, larger ones by two people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum

from catalog.enums.inbound import AdjustmentReason, AdjustmentStatus
from catalog.models import Sku, StockAdjustment, StockAdjustmentLine, StockLot, Warehouse
from catalog.parameters.inbound import ADJUSTMENT_AMOUNT, ADJUSTMENT_PIECES, APPROVE_WITHIN
from catalog.queries.inbound.goods import lots_in, scanned
from catalog.rules.inbound.adjustments import direction, needs_second_person
from catalog.services.inbound.adjustment_steps import APPROVAL, KIND, post
from catalog.services.inbound.base import MOST_LINES, MOST_PIECES, next_number, quantity_issue, refusal, require_warehouse
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Issue
from opsdesk.common.text import mark
from opsdesk.duties.definitions import SHOP_TIME
from opsdesk.inbox.services import Work, raise_item
from opsdesk.parameters.queries import value

PERMISSION = "catalog.adjust_stock"
_UNIT = Decimal("0.01")


@dataclass(frozen=True)
class AdjustmentLine:
    """Pieces of a SKU, named by code or barcode; out of the lot of that number, or the oldest."""

    sku: str
    quantity: int
    lot_id: int | None = None


@dataclass(frozen=True)
class _Found:
    """A line whose SKU and lot are known."""

    sku: Sku
    lot: StockLot | None
    quantity: int

    @property
    def unit_value(self) -> Decimal:
        """What a piece is worth: what it cost, else what it sells for."""
        cost = self.lot.unit_cost if self.lot and self.lot.unit_cost is not None else self.sku.cost
        return self.sku.price if cost is None else cost


@transaction.atomic
def adjust_stock(
    *, warehouse_id: int, reason: str, note: str, lines: Sequence[AdjustmentLine], actor: Actor, now: datetime
) -> StockAdjustment:
    """Write goods off, or book goods that were found. Above the limit of pieces or value it waits for a second person.

    What the same person has corrected there on the same day counts along.
    Raises: Forbidden, Invalid (all that is wrong), InsufficientStock (reserved pieces stay).
    SOP: C22
    """
    actor.require(PERMISSION)
    place = require_warehouse(warehouse_id, actor)
    found = _find(place, reason, note, lines, actor)
    pieces = sum(one.quantity for one in found)
    amount = sum((one.quantity * one.unit_value for one in found), Decimal(0)).quantize(_UNIT)
    adjustment = StockAdjustment.objects.create(
        number=next_number("ADJ", now),
        warehouse=place,
        reason=reason,
        note=note.strip(),
        status=AdjustmentStatus.IN_REVIEW,
        pieces=pieces,
        amount=amount,
        needs_approval=_is_large(place, pieces, amount, actor, now),
        author_id=actor.staff_id,
        made_at=now,
        made_by=actor.label,
    )
    StockAdjustmentLine.objects.bulk_create(
        StockAdjustmentLine(adjustment=adjustment, sku=one.sku, lot=one.lot, quantity=one.quantity, unit_value=one.unit_value)
        for one in found
    )
    after = {"reason": reason, "pieces": pieces, "needs_approval": adjustment.needs_approval}  # its value tells costs
    record(Change("catalog.adjustment_made", KIND, adjustment.public_id, after=after, reason=note), actor=actor, now=now)
    if adjustment.needs_approval:
        params = {"number": adjustment.number, "pieces": pieces, "amount": f"{amount}"}
        raise_item(Work(APPROVAL, KIND, adjustment.public_id, now + value(APPROVE_WITHIN), params=params), now=now)
    else:
        post(adjustment, actor=actor, now=now)
    return adjustment


def _is_large(place: Warehouse, pieces: int, amount: Decimal, actor: Actor, now: datetime) -> bool:
    start = now.astimezone(SHOP_TIME).replace(hour=0, minute=0, second=0, microsecond=0)
    today = StockAdjustment.objects.filter(warehouse=place, author=actor.staff_id, made_by=actor.label, made_at__gte=start)
    alone = today.filter(status=AdjustmentStatus.POSTED, needs_approval=False)
    before = alone.aggregate(pieces=Sum("pieces"), amount=Sum("amount"))
    return needs_second_person(
        pieces=pieces + (before["pieces"] or 0),
        amount=amount + (before["amount"] or 0),
        max_pieces=value(ADJUSTMENT_PIECES),
        max_amount=value(ADJUSTMENT_AMOUNT),
    )


def _find(place: Warehouse, reason: str, note: str, lines: Sequence[AdjustmentLine], actor: Actor) -> list[_Found]:
    keys = scanned({line.sku for line in lines}, actor)
    skus = Sku.objects.in_bulk(keys.values())
    lots = lots_in(place.pk, [line.lot_id for line in lines if line.lot_id])
    issues = [] if lines else [Issue("/lines", "empty", mark("At least one line is needed."))]
    if reason not in AdjustmentReason.values:
        issues.append(Issue("/reason", "invalid_choice", mark("Choose a reason.")))
    if not note.strip():
        issues.append(Issue("/note", "blank", mark("Say what was seen: who looked, where, which evidence.")))
    if len(lines) > MOST_LINES:
        issues.append(Issue("/lines", "too_many_items", mark("At most %(limit)s lines."), {"limit": MOST_LINES}))
    for number, line in enumerate(lines):
        sku, lot = keys.get(line.sku), lots.get(line.lot_id or 0)
        if sku is None:
            issues.append(Issue(f"/lines/{number}/sku", "unknown_sku", mark("There is no such SKU.")))
        if not 1 <= line.quantity <= MOST_PIECES:
            issues.append(quantity_issue(f"/lines/{number}/quantity"))
        if line.lot_id and (lot is None or lot.sku_id != sku):
            issues.append(Issue(f"/lines/{number}/lot", "unknown_lot", mark("There is no such lot of this SKU here.")))
        if line.lot_id and reason in AdjustmentReason.values and direction(AdjustmentReason(reason)) > 0:
            issues.append(Issue(f"/lines/{number}/lot", "invalid", mark("Goods that were found make a lot of their own.")))
    if issues:
        raise refusal(*issues)
    return [_Found(skus[keys[line.sku]], lots.get(line.lot_id or 0), line.quantity) for line in lines]
