"""The ledger of promises: given with a time and a result, kept or broken, followed by the next one."""

from datetime import datetime

from django.db import transaction

from opsdesk.audit.services import Change, record
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.common.errors import Conflict, Invalid, Issue
from opsdesk.common.locking import lock_many, lock_one
from opsdesk.common.text import mark
from opsdesk.inbox.services import Work, raise_item, resolve
from opsdesk.parameters.queries import value
from support.enums.sla import ClockKind, EndReason, PromiseState
from support.enums.tickets import TicketState, TicketType
from support.errors import GroundsMissing, PromiseMissing, TicketClosed
from support.models import Promise, Ticket, TicketClock
from support.parameters.sla import PROMISE_NEXT
from support.queries.sla import promises as queries
from support.queries.sla.basis import basis
from support.queries.sla.clocks import open_of
from support.rules.sla.calculator import MILLISECOND, is_late
from support.rules.sla.promises import GIVE, PROMISE_LIFECYCLE
from support.services.sla import work
from support.services.sla.breaches import note_breaches, write
from support.services.sla.reckoning import promise_clock

KIND = "promise"
NEXT = "support.next_promise"
CLOSED = (TicketState.ARCHIVED, TicketState.MERGED)
BATCH = 200
_TOO_LATE = mark("The promised time has passed: the promise is broken. Say why, and give the next one.")


def require_promise(ticket: Ticket) -> None:
    """A complaint leaves handling only with a promise that stands. Called on the locked ticket.

    Raises: PromiseMissing.
    SOP: S9
    """
    if ticket.type == TicketType.COMPLAINT and not queries.is_covered(ticket.pk):
        raise PromiseMissing()


def require_archive_grounds(ticket: Ticket) -> None:
    """A complaint is archived only with its root cause and what prevents the next one.

    Raises: GroundsMissing.
    SOP: S9
    """
    if ticket.type == TicketType.COMPLAINT and not queries.has_grounds(ticket.pk):
        raise GroundsMissing()


@transaction.atomic(savepoint=False)
def give_promise(*, ticket_id: int, result: str, due_at: datetime, actor: Actor, now: datetime) -> Promise:
    """Promise a result by a time; the clock of the promise starts.

    Raises: Forbidden, NotFound, TicketClosed, Invalid (no result, or a time that has passed), Conflict (one is open).
    SOP: S9
    """
    actor.require(GIVE)
    ticket = lock_one(queries.visible_tickets(actor).select_related("shop").filter(pk=ticket_id))
    if ticket.state in CLOSED:
        raise TicketClosed()
    issues = []
    if not result.strip():
        issues.append(Issue("/result", "required", mark("Write what is promised.")))
    if due_at <= now:
        issues.append(Issue("/due_at", "out_of_range", mark("Promise a time that is still to come.")))
    if issues:
        raise Invalid(mark("A promise has a result and a time."), code="invalid_promise", issues=issues)
    if queries.of_ticket(ticket.pk).filter(state=PromiseState.OPEN).exists():
        raise Conflict(mark("There is an open promise: say first what became of it."), code="promise_open")
    row = _give(ticket, result.strip(), due_at, actor, now)
    resolve(kind=NEXT, subject_ids=[ticket.public_id], outcome="promised", actor=actor, now=now)
    return row


@transaction.atomic(savepoint=False)
def keep_promise(*, promise_id: int, note: str, actor: Actor, now: datetime) -> Promise:
    """Say that the customer has got what was promised, in time.

    Raises: Forbidden, NotFound, IllegalTransition, Conflict (its time has passed).
    SOP: S9
    """
    row, ticket = _locked(promise_id, actor)
    PROMISE_LIFECYCLE.enter("keep", row.state, actor)
    if is_late(due_at=row.due_at, now=now):
        raise Conflict(_TOO_LATE, code="promise_late")
    _close(row, ticket, PromiseState.KEPT, note, actor, now)
    return row


@transaction.atomic(savepoint=False)
def break_promise(*, promise_id: int, note: str, actor: Actor, now: datetime) -> Promise:
    """Say that a promise cannot be kept, and why; the customer is owed the next one.

    Raises: Forbidden, NotFound, IllegalTransition, Invalid (no reason).
    SOP: S9
    """
    row, ticket = _locked(promise_id, actor)
    PROMISE_LIFECYCLE.enter("break", row.state, actor)
    if not note.strip():
        message = mark("Say why it cannot be kept.")
        raise Invalid(message, code="required", issues=[Issue("/note", "required", message)])
    _close(row, ticket, PromiseState.BROKEN, note, actor, now)
    return row


@transaction.atomic(savepoint=False)
def follow_promise(*, promise_id: int, result: str, due_at: datetime, actor: Actor, now: datetime) -> Promise:
    """Give the next promise on the ticket of one that is kept or broken.

    Raises: as give_promise, IllegalTransition (it is open).
    SOP: S9
    """
    row, ticket = _locked(promise_id, actor)
    PROMISE_LIFECYCLE.enter("follow", row.state, actor)
    return give_promise(ticket_id=ticket.pk, result=result, due_at=due_at, actor=actor, now=now)


def break_overdue(*, now: datetime) -> int:
    """Break the promises whose time has passed, each once; returns how many. SOP: S9"""
    broken = 0
    while found := _break_batch(now):
        broken += found
    return broken


@transaction.atomic(savepoint=False)
def _break_batch(now: datetime) -> int:
    ids = list(queries.overdue(now).order_by("pk").values_list("ticket_id", flat=True)[:BATCH])
    tickets = {row.pk: row for row in lock_many(Ticket.objects.filter(pk__in=ids))}
    rows = lock_many(queries.overdue(now).filter(ticket__in=tickets))
    for row in rows:
        _close(row, tickets[row.ticket_id], PromiseState.BROKEN, "", SYSTEM, now)
    return len(rows)


def move_open(ticket: Ticket, into: Ticket, actor: Actor, now: datetime) -> None:
    """What was promised on a merged ticket is promised on the other one, unless something is promised there already."""
    for row in lock_many(Promise.objects.filter(ticket=ticket, state=PromiseState.OPEN)):
        _close(row, ticket, PromiseState.MOVED, "", actor, now)
        if not Promise.objects.filter(ticket=into, state=PromiseState.OPEN).exists() and row.due_at > now:
            _give(into, row.result, row.due_at, actor, now)


def _locked(promise_id: int, actor: Actor) -> tuple[Promise, Ticket]:
    """The ticket first, then its promise."""
    ticket = lock_one(queries.visible_tickets(actor).filter(promises=promise_id))
    return lock_one(queries.visible_to(actor).filter(pk=promise_id)), ticket


def _give(ticket: Ticket, result: str, due_at: datetime, actor: Actor, now: datetime) -> Promise:
    row = Promise.objects.create(
        ticket=ticket, result=result, due_at=due_at, given_at=now, given_by=actor.label, given_user_id=actor.staff_id
    )
    promise_clock(ticket, started_at=now, due_at=due_at, basis=basis(now)).save(force_insert=True)
    _tell("support.promise_given", row, actor, now, due_at=due_at.isoformat(), result=result)
    return row


def _close(row: Promise, ticket: Ticket, state: PromiseState, note: str, actor: Actor, now: datetime) -> None:
    row.state, row.closed_at, row.closed_by, row.note = state, now, actor.label, note.strip()
    row.save(update_fields=["state", "closed_at", "closed_by", "note"])
    clocks: list[TicketClock] = lock_many(open_of(ticket.pk).filter(kind=ClockKind.PROMISE))
    for clock in clocks:
        clock.ticket = ticket
    note_breaches(clocks, at=now, now=now)
    for clock in clocks:
        if state is PromiseState.KEPT:
            clock.met_at, clock.met_by, clock.spent_ms = now, actor.label, (now - clock.started_at) // MILLISECOND
        else:
            reason = EndReason.MERGED if state is PromiseState.MOVED else EndReason.PROMISE_BROKEN
            clock.ended_at, clock.end_reason = now, reason
        clock.next_step_at = None
    write(clocks)
    work.finish(clocks, state, actor=actor, now=now)
    _tell(f"support.promise_{state}", row, actor, now, note=row.note)
    if state is PromiseState.BROKEN and ticket.state not in CLOSED:
        due, params = now + value(PROMISE_NEXT), {"number": ticket.number}
        raise_item(
            Work(NEXT, "ticket", ticket.public_id, due, ticket.shop_id, params=params, owner_id=ticket.assignee_id), now=now
        )


def _tell(action: str, row: Promise, actor: Actor, now: datetime, **after: str) -> None:
    record(Change(action, KIND, row.public_id, after=after), actor=actor, now=now)
