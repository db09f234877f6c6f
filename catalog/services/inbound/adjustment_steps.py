"""The way of a correction of stock: approved or rejected by a second person, withdrawn, posted."""

from datetime import datetime

from django.db import transaction

from catalog.enums.inbound import AdjustmentReason, AdjustmentStatus
from catalog.enums.stock import MovementReason
from catalog.models import StockAdjustment, StockLot, StockMovement
from catalog.queries.stock import warehouses_visible_to
from catalog.rules.inbound.adjustments import MOVEMENT, direction
from catalog.rules.inbound.lifecycles import ADJUSTMENT_LIFECYCLE
from catalog.services import stock
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Forbidden, Invalid, Issue
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from opsdesk.duties.definitions import SHOP_TIME
from opsdesk.inbox.services import resolve

KIND = "stock_adjustment"
APPROVAL, EXPIRED = "catalog.adjustment_approval", "catalog.lot_expired"


@transaction.atomic
def approve_adjustment(*, adjustment_id: int, note: str = "", actor: Actor, now: datetime) -> StockAdjustment:
    """Approve a correction and book it. Never one's own, and never of a SKU that one has shipped from there on the same
    day; superusers included.

    Raises: NotFound, Forbidden, IllegalTransition, InsufficientStock.
    SOP: C22
    """
    adjustment = lock_adjustment(adjustment_id, actor)
    ADJUSTMENT_LIFECYCLE.enter("approve", adjustment.status, actor)
    _require_second_person(adjustment, actor)
    _require_no_shipper(adjustment, actor, now)
    _decide(adjustment, note, actor, now)
    resolve(kind=APPROVAL, subject_ids=[adjustment.public_id], outcome="approved", actor=actor, now=now)
    post(adjustment, actor=actor, now=now)
    return adjustment


@transaction.atomic
def reject_adjustment(*, adjustment_id: int, note: str, actor: Actor, now: datetime) -> StockAdjustment:
    """Refuse a correction, with the reason; nothing is booked. Raises: NotFound, Forbidden, IllegalTransition, Invalid."""
    adjustment = lock_adjustment(adjustment_id, actor)
    ADJUSTMENT_LIFECYCLE.enter("reject", adjustment.status, actor)
    _require_second_person(adjustment, actor)
    if not note.strip():
        message = mark("A reason is required.")
        raise Invalid(message, code="reason_required", issues=[Issue("/note", "reason_required", message)])
    _decide(adjustment, note, actor, now)
    resolve(kind=APPROVAL, subject_ids=[adjustment.public_id], outcome="rejected", actor=actor, now=now)
    _move(adjustment, "reject", AdjustmentStatus.REJECTED, actor, now, note)
    return adjustment


@transaction.atomic
def withdraw_adjustment(*, adjustment_id: int, actor: Actor, now: datetime) -> StockAdjustment:
    """Take a correction back that waits for approval. Raises: NotFound, Forbidden, IllegalTransition."""
    adjustment = lock_adjustment(adjustment_id, actor)
    ADJUSTMENT_LIFECYCLE.enter("withdraw", adjustment.status, actor)
    resolve(kind=APPROVAL, subject_ids=[adjustment.public_id], outcome="withdrawn", actor=actor, now=now)
    _move(adjustment, "withdraw", AdjustmentStatus.WITHDRAWN, actor, now)
    return adjustment


def post(adjustment: StockAdjustment, *, actor: Actor, now: datetime) -> None:
    """Book a correction that nobody has to approve any more."""
    reason = AdjustmentReason(adjustment.reason)
    lines = list(adjustment.lines.select_related("lot").order_by("sku_id", "id"))
    bookings = [
        stock.Booking(
            line.sku_id,
            adjustment.warehouse_id,
            direction(reason) * line.quantity,
            f"adjustment:{adjustment.public_id}:{line.pk}",
            adjustment.number,
            lot=line.lot_id,
        )
        for line in lines
    ]
    stock.book(bookings, reason=MOVEMENT[reason], actor=actor, now=now)
    adjustment.posted_at = now
    adjustment.save(update_fields=["posted_at"])
    _move(adjustment, "post", AdjustmentStatus.POSTED, actor, now)
    gone = StockLot.objects.filter(pk__in=[line.lot_id for line in lines if line.lot_id], quantity_left=0)
    ids = [str(pk) for pk in gone.values_list("pk", flat=True)]
    resolve(kind=EXPIRED, subject_ids=ids, outcome="written off", actor=actor, now=now)


def lock_adjustment(adjustment_id: int, actor: Actor) -> StockAdjustment:
    """Lock a correction that the actor may know of. Raises: NotFound."""
    visible = warehouses_visible_to(actor).values("pk")
    return lock_one(StockAdjustment.objects.filter(pk=adjustment_id, warehouse__in=visible))


def _require_second_person(adjustment: StockAdjustment, actor: Actor) -> None:
    if actor.staff_id is None or actor.staff_id == adjustment.author_id:
        raise Forbidden(mark("Who made the correction may not decide on it."), code="four_eyes")


def _require_no_shipper(adjustment: StockAdjustment, actor: Actor, now: datetime) -> None:
    start = now.astimezone(SHOP_TIME).replace(hour=0, minute=0, second=0, microsecond=0)
    shipped = StockMovement.objects.filter(
        sku__in=adjustment.lines.values("sku"),
        warehouse=adjustment.warehouse_id,
        reason=MovementReason.SALE,
        at__gte=start,
        actor_label=actor.label,
    )
    if shipped.exists():
        raise Forbidden(mark("Who has shipped these goods today may not approve their correction."), code="four_eyes")


def _decide(adjustment: StockAdjustment, note: str, actor: Actor, now: datetime) -> None:
    adjustment.approver_id, adjustment.decided_at, adjustment.decision_note = actor.staff_id, now, note.strip()
    adjustment.save(update_fields=["approver", "decided_at", "decision_note"])


def _move(
    adjustment: StockAdjustment, step: str, status: AdjustmentStatus, actor: Actor, now: datetime, reason: str = ""
) -> None:
    before, adjustment.status = adjustment.status, status
    adjustment.save(update_fields=["status"])
    change = Change(
        f"catalog.adjustment_{step}",
        KIND,
        adjustment.public_id,
        before={"status": before},
        after={"status": status},
        reason=reason,
    )
    record(change, actor=actor, now=now)
