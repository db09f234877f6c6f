"""The end of a transfer that nobody disputes, that is given up, or that lost pieces on the way."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from catalog.enums.inbound import TransferStatus
from catalog.models import StockTransfer
from catalog.queries.stock import warehouses_visible_to
from catalog.rules.inbound.lifecycles import TRANSFER_LIFECYCLE
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Forbidden
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from opsdesk.inbox.services import resolve

KIND = "stock_transfer"
TO_SEND, TO_RECEIVE, DIFFERENCES = "catalog.transfer_send", "catalog.transfer_receive", "catalog.transfer_differences"


@transaction.atomic
def settle_transfer(*, transfer_id: int, note: str, actor: Actor, now: datetime) -> StockTransfer:
    """Accept that pieces were lost on the way, and say what is known of it; neither sender nor receiver may.

    Raises: NotFound, Forbidden (superusers included), IllegalTransition, Conflict (nothing to settle).
    Ours: four eyes for lost goods
    """
    transfer = lock_transfer(transfer_id, actor)
    TRANSFER_LIFECYCLE.enter("settle", transfer.status, actor)
    if not transfer.has_differences or transfer.settled_at:
        raise Conflict(mark("No differences of this transfer wait to be settled."), code="nothing_to_settle")
    if actor.staff_id is None or actor.staff_id in (transfer.sender_id, transfer.receiver_id):
        raise Forbidden(mark("Who sent or received the goods may not decide on what is missing."), code="four_eyes")
    transfer.settled_at, transfer.settled_by, transfer.settlement_note = now, actor.label, note
    transfer.save(update_fields=["settled_at", "settled_by", "settlement_note"])
    resolve(kind=DIFFERENCES, subject_ids=[transfer.public_id], outcome="settled", actor=actor, now=now)
    record(Change("catalog.transfer_settled", KIND, transfer.public_id, reason=note), actor=actor, now=now)
    return transfer


@transaction.atomic
def cancel_transfer(*, transfer_id: int, reason: str, actor: Actor, now: datetime) -> StockTransfer:
    """Give a transfer up before anything has left. Raises: NotFound, Forbidden, IllegalTransition."""
    transfer = lock_transfer(transfer_id, actor)
    TRANSFER_LIFECYCLE.enter("cancel", transfer.status, actor)
    resolve(kind=TO_SEND, subject_ids=[transfer.public_id], outcome="cancelled", actor=actor, now=now)
    move(transfer, "cancel", TransferStatus.CANCELLED, actor, now, reason)
    return transfer


def lock_transfer(transfer_id: int, actor: Actor) -> StockTransfer:
    """Lock a transfer of which the actor may know either end. Raises: NotFound."""
    visible = warehouses_visible_to(actor).values("pk")
    ends = Q(source__in=visible) | Q(target__in=visible)
    return lock_one(StockTransfer.objects.filter(ends, pk=transfer_id))


def move(transfer: StockTransfer, step: str, status: TransferStatus, actor: Actor, now: datetime, reason: str = "") -> None:
    """Note that a locked transfer has taken a step."""
    before, transfer.status = transfer.status, status
    transfer.save(update_fields=["status"])
    change = Change(
        f"catalog.transfer_{step}",
        KIND,
        transfer.public_id,
        before={"status": before},
        after={"status": status},
        reason=reason,
    )
    record(change, actor=actor, now=now)
