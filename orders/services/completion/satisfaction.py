"""Asking a sample of customers whether they are satisfied, and putting right what they complain of."""

from datetime import datetime

from django.db import transaction

from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Invalid, Issue, NotFound
from opsdesk.common.locking import lock_many, lock_one
from opsdesk.common.text import mark
from opsdesk.inbox.services import Work, raise_item, raise_many, resolve
from opsdesk.parameters.queries import value
from orders.enums.completion import SatisfactionOutcome as Outcome
from orders.enums.completion import SatisfactionState as State
from orders.models import SatisfactionContact
from orders.parameters.completion import BAD_STARS, CONTACT_REPEAT, REMEDY_TIME, SATISFACTION_ATTEMPTS, SATISFACTION_TIME
from orders.rules.completion.aftercare import SATISFACTION_LIFECYCLE, state_after

KIND = "satisfactioncontact"
ASK, REMEDY = "orders.satisfaction_contact", "orders.satisfaction_remedy"
BATCH = 500
STARS = range(1, 6)


def open_due(*, now: datetime) -> int:
    """Put the contacts whose time has come on the desk; returns how many. Harmless when it runs twice. SOP: O19"""
    opened = 0
    while found := _open_batch(now):
        opened += found
    return opened


@transaction.atomic
def _open_batch(now: datetime) -> int:
    due = SatisfactionContact.objects.filter(state__in=[State.PLANNED, State.OPEN], ask_at__lte=now)
    rows = lock_many(due.select_related("order"), limit=BATCH)
    SatisfactionContact.objects.filter(pk__in=[row.pk for row in rows]).update(state=State.OPEN, ask_at=None)
    raise_many([_work(row, ASK, now + value(SATISFACTION_TIME)) for row in rows], now=now)
    return len(rows)


@transaction.atomic(savepoint=False)
def record_answer(
    *, contact_id: int, outcome: str, stars: int | None = None, note: str = "", actor: Actor, now: datetime
) -> SatisfactionContact:
    """Write down what the customer said and how many stars they give; a bad answer is followed up by the supervisor.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (no stars, a complaint without words).
    SOP: O19
    """
    row = _enter(contact_id, "record", actor)
    stars = None if outcome == Outcome.NOT_REACHED else stars
    _judge(outcome, stars, note)
    row.attempts += 1
    row.outcome, row.stars, row.note, row.answered_at, row.answered_by = outcome, stars, note.strip(), now, actor.label
    row.state = state_after(
        outcome, stars=stars, attempts=row.attempts, most=value(SATISFACTION_ATTEMPTS), bad=value(BAD_STARS)
    )
    if row.state == State.OPEN:
        row.ask_at = now + value(CONTACT_REPEAT)
    elif row.state == State.CLOSED:
        row.closed_at, row.closed_by = now, actor.label
    row.save()
    _record(row, "answered", actor, now, outcome=outcome, stars=stars or "")
    resolve(kind=ASK, subject_ids=[row.public_id], outcome=outcome, actor=actor, now=now)
    if row.state == State.FOLLOW_UP:
        raise_item(_work(row, REMEDY, now + value(REMEDY_TIME)), now=now)
    return row


@transaction.atomic(savepoint=False)
def remedy(*, contact_id: int, remedy: str, actor: Actor, now: datetime) -> SatisfactionContact:
    """Write down how a bad answer was put right.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (nothing was done).
    SOP: O19
    """
    row = _enter(contact_id, "remedy", actor)
    if not remedy.strip():
        raise _refusal("/remedy", "required", mark("Write down what was done for the customer."))
    row.state, row.remedy, row.closed_at, row.closed_by = State.CLOSED, remedy.strip(), now, actor.label
    row.save(update_fields=["state", "remedy", "closed_at", "closed_by"])
    _record(row, "remedied", actor, now)
    resolve(kind=REMEDY, subject_ids=[row.public_id], outcome="remedied", actor=actor, now=now)
    return row


def _enter(contact_id: int, name: str, actor: Actor) -> SatisfactionContact:
    actor.require(SATISFACTION_LIFECYCLE.transitions[name].permission)
    row = lock_one(SatisfactionContact.objects.filter(pk=contact_id).select_related("order__shop"))
    if not actor.sees_shop(row.order.shop_id):
        raise NotFound()
    SATISFACTION_LIFECYCLE.enter(name, row.state, actor)
    return row


def _judge(outcome: str, stars: int | None, note: str) -> None:
    if outcome != Outcome.NOT_REACHED and stars not in STARS:
        raise _refusal("/stars", "out_of_range", mark("The customer gives one to five stars."))
    if outcome == Outcome.COMPLAINT and not note.strip():
        raise _refusal("/note", "required", mark("Write down what the customer said."))


def _refusal(pointer: str, code: str, message: str) -> Invalid:
    return Invalid(message, code=code, issues=[Issue(pointer, code, message)])


def _work(row: SatisfactionContact, kind: str, due: datetime) -> Work:
    params = {"number": row.order.number}
    return Work(kind, KIND, row.public_id, due, shop_id=row.order.shop_id, params=params)


def _record(row: SatisfactionContact, what: str, actor: Actor, now: datetime, **after: object) -> None:
    seen = {"state": str(row.state), "order": row.order.number, **after}
    record(
        Change(f"orders.satisfaction_{what}", KIND, row.public_id, shop=row.order.shop.code, after=seen), actor=actor, now=now
    )
