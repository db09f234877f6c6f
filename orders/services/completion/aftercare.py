"""After an order is completed: planning who is asked and invited, and inviting to a review, once."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from opsdesk.audit.services import Change, record_many
from opsdesk.common.actors import Actor
from opsdesk.common.locking import lock_many
from opsdesk.parameters.queries import value
from orders.enums.completion import InvitationState
from orders.models import Order, ReviewInvitation, SatisfactionContact
from orders.parameters.completion import INVITE_AFTER, INVITE_LIMIT, INVITE_RETRY, SATISFACTION_AFTER, SATISFACTION_SHARE
from orders.queries.completion import aftercare as queries
from orders.rules.completion.aftercare import is_sampled
from orders.services import notices

KIND = "reviewinvitation"
BATCH = 500


def plan(orders: Sequence[Order], *, now: datetime) -> None:
    """Set down when the buyers of completed orders are invited, and which of them are asked. SOP: O19"""
    real = [order for order in orders if not order.is_test and not order.historical]
    due, limit, ask = now + value(INVITE_AFTER), now + value(INVITE_LIMIT), now + value(SATISFACTION_AFTER)
    ReviewInvitation.objects.bulk_create(ReviewInvitation(order=order, due_at=due, give_up_at=limit) for order in real)
    share = value(SATISFACTION_SHARE)
    SatisfactionContact.objects.bulk_create(
        SatisfactionContact(order=order, ask_at=ask) for order in real if is_sampled(order.public_id, share)
    )


def invite_due(*, actor: Actor, now: datetime) -> int:
    """Invite the customers whose time has come to a review; returns how many were looked at.

    While a customer waits for us, for a return, a parcel or an answer to a complaint, it is put off, and given up in the
    end; who has complained of this order is not invited. A batch is one transaction.
    SOP: O19
    """
    looked_at = 0
    while found := _invite_batch(actor, now):
        looked_at += found
    return looked_at


@transaction.atomic
def _invite_batch(actor: Actor, now: datetime) -> int:
    rows = lock_many(ReviewInvitation.objects.filter(state=InvitationState.WAITING, due_at__lte=now), limit=BATCH)
    orders = Order.objects.select_related("shop").in_bulk([row.order_id for row in rows])
    bad, waiting = queries.complained(orders), queries.waiting_for_us(orders.values())
    given_up = [row for row in rows if row.order_id in bad or (row.order_id in waiting and row.give_up_at <= now)]
    put_off = [row for row in rows if row.order_id in waiting - bad and row.give_up_at > now]
    invited = [row for row in rows if row.order_id not in bad | waiting]
    _set([row.pk for row in put_off], due_at=now + value(INVITE_RETRY))
    _set([row.pk for row in given_up], state=InvitationState.WITHHELD, due_at=None)
    _set([row.pk for row in invited], state=InvitationState.SENT, due_at=None, sent_at=now)
    notices.invite_review([orders[row.order_id] for row in invited], now=now)
    changes = [_change(row, orders[row.order_id], "sent") for row in invited]
    changes += [_change(row, orders[row.order_id], "withheld") for row in given_up]
    record_many(changes, actor=actor, now=now)
    return len(rows)


def _set(keys: Sequence[int], **columns: object) -> None:
    ReviewInvitation.objects.filter(pk__in=keys).update(**columns)


def _change(row: ReviewInvitation, order: Order, state: str) -> Change:
    after = {"state": state, "order": order.number}
    return Change("orders.review_invitation", KIND, row.public_id, shop=order.shop.code, after=after)
