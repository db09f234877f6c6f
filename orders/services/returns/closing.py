"""The end of a return: what it promised has been done."""

from datetime import datetime

from django.db import transaction

from catalog.enums.quality import FeedbackReason, FeedbackSource
from catalog.services.quality.feedback import Voice, take_feedback
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.common.locking import lock_many
from orders.enums.returns import ReturnState
from orders.models import Refund, ReturnRequest
from orders.services.returns import moving


@transaction.atomic
def refund_paid(refund: Refund, *, actor: Actor, now: datetime) -> None:
    """The refund of a return has been paid: the return is completed. The caller holds the order's lock.

    SOP: O20
    """
    rows = lock_many(ReturnRequest.objects.filter(public_id=refund.source_id, state=ReturnState.SETTLING))
    for row in rows:
        row.order = refund.order
        moving.move(row, "refunded", target=ReturnState.COMPLETED, actor=actor, now=now, details={"refund": refund.public_id})
        hand_on(row, now=now)


@transaction.atomic
def refund_refused(refund: Refund, *, reason: str, actor: Actor, now: datetime) -> None:
    """The refund of a return was refused by the second person: the supervisor decides what the customer gets instead. The
    caller holds the order's lock.

    SOP: S8
    """
    rows = lock_many(ReturnRequest.objects.filter(public_id=refund.source_id, state=ReturnState.SETTLING))
    for row in rows:
        row.order = refund.order
        moving.move(row, "refund_refused", target=ReturnState.DISPUTED, actor=actor, now=now, reason=reason)


def hand_on(row: ReturnRequest, *, now: datetime) -> None:
    """Pass what the customer said about the goods to those who describe and buy them. SOP: C19, O22"""
    said = [line for line in row.lines.select_related("order_line") if line.reason_code in FeedbackReason.values]
    voices = [
        Voice(
            line.order_line.sku_code,
            FeedbackSource.RETURN,
            FeedbackReason(line.reason_code),
            row.public_id,
            row.requested_at,
            pieces=line.quantity,
            text=row.note,
        )
        for line in said
    ]
    if voices:
        take_feedback(voices=voices, actor=SYSTEM, now=now)
