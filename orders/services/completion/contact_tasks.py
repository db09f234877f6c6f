"""Orders whose receipt nobody has confirmed: a person asks the customer; none is completed in silence."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from opsdesk.accounts.roles import Role
from opsdesk.audit.services import Change, record, record_many
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Invalid, Issue
from opsdesk.common.locking import lock_many, lock_one
from opsdesk.common.text import mark
from opsdesk.inbox import services as inbox
from opsdesk.parameters.queries import value
from opsdesk.webhooks.services import emit_many
from orders.enums.completion import ContactOutcome, TaskState
from orders.enums.tracking import CaseKind, ShipmentState
from orders.models import ContactAttempt, ContactTask, Order, Shipment
from orders.parameters.completion import CALL_BACK_LIMIT, CONTACT_ATTEMPTS, CONTACT_REPEAT, UNCONFIRMED_TIME
from orders.queries import unconfirmed
from orders.rules.followup import CONTACT_LIFECYCLE
from orders.services import steps
from orders.services.completion import completion
from orders.services.events import order_news
from orders.services.tracking import carrier_cases

KIND = "contact_task"
WORK = completion.CONTACT_WORK


@transaction.atomic
def open_for_unconfirmed(*, actor: Actor, now: datetime) -> int:
    """Have a person ask every customer who has not confirmed in time, and ask again those who were not reached.

    Harmless when it runs twice. Returns the number of customers to be asked.
    SOP: O16
    """
    orders = lock_many(unconfirmed.overdue(now).select_related("shop"))
    return _open(orders, actor, now) + _ask_again(now)


@transaction.atomic(savepoint=False)
def record_outcome(
    *, task_id: int, outcome: str, note: str = "", call_back_at: datetime | None = None, actor: Actor, now: datetime
) -> ContactTask:
    """Write down what came of asking the customer.

    Received completes the order, with the note as the proof. Not received opens a carrier case for each parcel; that
    and the wish to return give the order another period, so that it is never forgotten. Not reached puts the task back
    for some days, an agreed call until its time; after several attempts the supervisor takes over.
    Raises: NotFound, Forbidden, IllegalTransition, Invalid (no note, no time to call back).
    SOP: O16
    """
    found = ContactTask.objects.filter(pk=task_id).values_list("order_id", flat=True)
    orders = steps.lock_orders(list(found) or [0], actor)
    task = lock_one(ContactTask.objects.filter(pk=task_id))
    CONTACT_LIFECYCLE.enter("record", task.state, actor)
    _require_words(outcome, note, call_back_at, now)
    ContactAttempt.objects.create(task=task, at=now, by=actor.label, outcome=outcome, note=note)
    task.attempts += 1
    task.save(update_fields=["attempts"])
    change = Change("orders.customer_contacted", KIND, task.public_id, shop=orders[0].shop.code, after={"outcome": outcome})
    record(change, actor=actor, now=now)
    if outcome == ContactOutcome.RECEIVED:
        completion.complete(orders, proof=note, actor=actor, now=now)
    elif outcome == ContactOutcome.NOT_RECEIVED:
        _search(task, orders[0], actor, now)
    elif outcome == ContactOutcome.WANTS_RETURN:
        _wait(task, orders[0], ContactOutcome.WANTS_RETURN, actor, now)
    else:
        _put_back(task, outcome, call_back_at or now + value(CONTACT_REPEAT), actor, now)
    task.refresh_from_db()
    return task


def _open(orders: Sequence[Order], actor: Actor, now: datetime) -> int:
    rows = [ContactTask(order=order, opened_at=now) for order in orders]
    ContactTask.objects.bulk_create(rows, ignore_conflicts=True)
    keys = [row.public_id for row in rows]
    made = set(ContactTask.objects.filter(public_id__in=keys).values_list("public_id", flat=True))
    tasks = [row for row in rows if row.public_id in made]
    inbox.raise_many([_work(task, now) for task in tasks], now=now)
    emit_many([order_news("confirm_overdue", task.order) for task in tasks], now=now)
    changes = [
        Change("orders.contact_task_opened", KIND, row.public_id, shop=row.order.shop.code, after={"order": row.order.number})
        for row in tasks
    ]
    record_many(changes, actor=actor, now=now)
    return len(tasks)


def _ask_again(now: datetime) -> int:
    tasks = lock_many(unconfirmed.to_ask_again(now).select_related("order"))
    inbox.raise_many([_work(task, now) for task in tasks], now=now)
    ContactTask.objects.filter(pk__in=[task.pk for task in tasks]).update(next_contact_at=None)
    return len(tasks)


def _work(task: ContactTask, now: datetime) -> inbox.Work:
    """The desk's work; after several attempts in vain the supervisor's."""
    role = Role.OPERATIONS_SUPERVISOR if task.attempts >= value(CONTACT_ATTEMPTS) else ""
    params = {"number": task.order.number, "attempts": task.attempts}
    return inbox.Work(WORK, KIND, task.public_id, now + value(UNCONFIRMED_TIME), task.order.shop_id, role=role, params=params)


def _search(task: ContactTask, order: Order, actor: Actor, now: datetime) -> None:
    parcels = Shipment.objects.filter(orders=order).exclude(state=ShipmentState.VOIDED).select_related("shop")
    carrier_cases.open_cases(lock_many(parcels), kind=CaseKind.NOT_RECEIVED, actor=actor, now=now)
    _wait(task, order, ContactOutcome.NOT_RECEIVED, actor, now)


def _wait(task: ContactTask, order: Order, outcome: ContactOutcome, actor: Actor, now: datetime) -> None:
    """Something else is under way; unless it ends the order, the customer is asked once more."""
    Order.objects.filter(pk=order.pk).update(confirm_by=now + value(CONTACT_REPEAT))
    _close(task, outcome, actor, now)


def _put_back(task: ContactTask, outcome: str, at: datetime, actor: Actor, now: datetime) -> None:
    task.next_contact_at = at
    task.save(update_fields=["next_contact_at"])
    inbox.resolve(kind=WORK, subject_ids=[task.public_id], outcome=outcome, actor=actor, now=now)


def _require_words(outcome: str, note: str, call_back_at: datetime | None, now: datetime) -> None:
    """Raises: Invalid, when the customer was reached and nothing says what was said, or when to call again."""
    if outcome != ContactOutcome.UNREACHABLE and not note.strip():
        issue = Issue("/note", "required", mark("Write down what the customer said."))
        raise Invalid(issue.message, code="proof_required", issues=[issue])
    if outcome == ContactOutcome.CALL_BACK and (call_back_at is None or not now < call_back_at <= now + value(CALL_BACK_LIMIT)):
        issue = Issue("/call_back_at", "date_out_of_range", mark("Agree on a time in the next days to call back."))
        raise Invalid(issue.message, code=issue.code, issues=[issue])


def _close(task: ContactTask, outcome: ContactOutcome, actor: Actor, now: datetime) -> None:
    task.state, task.outcome, task.closed_at, task.closed_by = TaskState.CLOSED, outcome, now, actor.label
    task.save(update_fields=["state", "outcome", "closed_at", "closed_by"])
    inbox.resolve(kind=WORK, subject_ids=[task.public_id], outcome=outcome, actor=actor, now=now)
