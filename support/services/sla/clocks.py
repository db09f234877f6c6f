"""What tickets tell the clocks. Every function is called on the locked ticket, in the transaction of what happened.

Only a person's public answer stops the first and next answer; a bot's stops the acknowledgement alone; an internal note
is not told here at all.
"""

from collections.abc import Sequence
from datetime import datetime

from opsdesk.common.actors import Actor, ActorKind
from opsdesk.common.locking import lock_many
from support.enums.sla import ClockKind, EndReason
from support.enums.tickets import Channel, TicketState, TicketType
from support.models import Ticket, TicketClock
from support.queries.sla.basis import Basis, basis, facts_of
from support.queries.sla.clocks import open_of
from support.queries.sla.counting import counting, pauses_of
from support.rules.sla.calculator import is_late
from support.rules.sla.policies import PAUSED_BY_WAITING, RESPONSES, at_hand_over, at_opening, at_reopening
from support.services.sla import grounds, promises, work
from support.services.sla.breaches import note_breaches, write
from support.services.sla.live import watch
from support.services.sla.reckoning import end_pause, new_clock, next_step, reckon

ANSWERS = (ClockKind.ACK, *RESPONSES)
WAITING_FOR_US = (ClockKind.FIRST_RESPONSE, ClockKind.NEXT_RESPONSE)
DONE = (TicketState.RESOLVED, TicketState.CONFIRMED, TicketState.ARCHIVED, TicketState.MERGED)


def ticket_opened(ticket: Ticket, actor: Actor, now: datetime, *, with_bot: bool = False) -> None:
    """Start the clocks of a new ticket; a call that a person has taken is answered already, and while the customer talks
    with the bot nobody waits for a person.

    SOP: S3, S4a, S4b, S8, S18
    """
    if ticket.is_test:
        return
    holds, facts = basis(now), facts_of(ticket, ticket.shop.code)
    policy = holds.policy_for(facts)
    start = ticket.opened_at
    kinds = [kind for kind in at_opening(policy, facts) if not (with_bot and kind in RESPONSES)]
    rows = [new_clock(ticket, kind, policy, started_at=start, basis=holds) for kind in kinds]
    if ticket.channel == Channel.PHONE and actor.kind is ActorKind.STAFF:
        for row in rows:
            if row.kind in ANSWERS:
                _meet(row, start, actor, holds)
    TicketClock.objects.bulk_create(rows)
    watch(rows)


def customer_wrote(ticket: Ticket, said_at: datetime, actor: Actor, now: datetime) -> None:
    """Start the next answer, unless the customer waits for one already or the ticket is done; what waited for the customer
    runs on.

    SOP: S4a
    """
    if ticket.is_test or ticket.state in DONE:
        return
    going_on(ticket, actor, now)
    if open_of(ticket.pk).filter(kind__in=WAITING_FOR_US).exists():
        return
    _start_next(ticket, max(said_at, ticket.opened_at), now)


def person_answered(ticket: Ticket, said_at: datetime, actor: Actor, now: datetime) -> None:
    """Stop every answer that the customer waits for; one that came late stays late. SOP: S3, S4a"""
    _answer(ticket, ANSWERS, said_at, actor, now)


def bot_answered(ticket: Ticket, said_at: datetime, actor: Actor, now: datetime) -> None:
    """Stop the acknowledgement, and nothing else: a bot is nobody. SOP: S3, S18"""
    _answer(ticket, (ClockKind.ACK,), said_at, actor, now)


def handed_over(ticket: Ticket, now: datetime) -> None:
    """The bot gives the conversation to people: from now on the customer waits for one. SOP: S3, S18"""
    if ticket.is_test:
        return
    holds, facts = basis(now), facts_of(ticket, ticket.shop.code)
    policy = holds.policy_for(facts)
    rows = [new_clock(ticket, kind, policy, started_at=now, basis=holds) for kind in at_hand_over(policy, facts)]
    TicketClock.objects.bulk_create(rows)
    watch(rows)


def waiting(ticket: Ticket, actor: Actor, now: datetime) -> None:
    """The customer has the next step: answers and the solution pause, a promise does not. SOP: S8"""
    rows = [row for row in _locked(ticket) if row.kind in PAUSED_BY_WAITING and row.paused_at is None]
    note_breaches(rows, at=now, now=now)
    for row in rows:
        row.paused_at, row.next_step_at = now, None
    write(rows)
    work.finish(rows, "paused", actor=actor, now=now)


def going_on(ticket: Ticket, actor: Actor, now: datetime) -> None:
    """It is our turn again: what was paused runs on with the time that it had left. SOP: S8"""
    rows = [row for row in _locked(ticket) if row.paused_at is not None]
    if not rows:
        return
    holds, facts = basis(now), facts_of(ticket, ticket.shop.code)
    for row in rows:
        end_pause(row, now)
        counts = counting(row, facts, holds)
        row.due_at = counts.after(row.started_at, row.target_ms, pauses_of(row))
        row.next_step_at = next_step(row, counts, holds)
    write(rows)
    work.raise_for([row for row in rows if row.steps_taken], now=now)


def resolved(ticket: Ticket, actor: Actor, now: datetime) -> None:
    """Stop the solution; answers that nobody gave end, and no answer is waited for any more. SOP: S8"""
    rows = [row for row in _locked(ticket) if row.kind != ClockKind.PROMISE]
    holds = basis(now)
    note_breaches(rows, at=now, now=now)
    for row in rows:
        if row.kind == ClockKind.SOLUTION:
            _meet(row, now, actor, holds)
        else:
            _end(row, EndReason.RESOLVED, now)
    write(rows)
    work.finish(rows, "resolved", actor=actor, now=now)
    watch(rows)
    if ticket.type == TicketType.COMPLAINT:
        grounds.ask(ticket, now=now)


def reopened(ticket: Ticket, actor: Actor, now: datetime) -> None:
    """Begin a new episode with clocks of its own; the customer waits for an answer unless we reopened it without a word of
    theirs.

    SOP: S10
    """
    if ticket.is_test:
        return
    holds, facts = basis(now), facts_of(ticket, ticket.shop.code)
    policy = holds.policy_for(facts)
    running = {row.kind for row in _locked(ticket)}
    wrote = ticket.last_incoming_at and ticket.resolved_at and ticket.last_incoming_at >= ticket.resolved_at
    wanted = at_reopening(policy, facts, customer_waits=bool(wrote) or actor.kind is not ActorKind.STAFF)
    kinds = [kind for kind in wanted if kind not in running]
    TicketClock.objects.bulk_create(new_clock(ticket, kind, policy, started_at=now, basis=holds) for kind in kinds)


def merged(ticket: Ticket, into: Ticket, actor: Actor, now: datetime) -> None:
    """End the clocks of a merged ticket; a customer who waited there waits on in the other one. SOP: S2"""
    rows = [row for row in _locked(ticket) if row.kind != ClockKind.PROMISE]
    note_breaches(rows, at=now, now=now)
    waited = [row.started_at for row in rows if row.kind in WAITING_FOR_US]
    for row in rows:
        _end(row, EndReason.MERGED, now)
    write(rows)
    work.finish(rows, "merged", actor=actor, now=now)
    watch(rows)
    promises.move_open(ticket, into, actor, now)
    if waited and into.state not in DONE and not open_of(into.pk).filter(kind__in=WAITING_FOR_US).exists():
        _start_next(into, min(waited), now)


def classified(ticket: Ticket, actor: Actor, now: datetime) -> None:
    """Channel, stage, type or priority were put right: the open clocks count by the policy that fits now. SOP: S5"""
    if ticket.is_test or ticket.state in DONE:
        return
    holds, facts = basis(now), facts_of(ticket, ticket.shop.code)
    policy, rows = holds.policy_for(facts), _locked(ticket)
    running = {row.kind for row in rows}
    for row in rows:
        if row.breached_at is None and row.kind in policy.targets:
            reckon(row, policy, holds)
    write(rows)
    if ClockKind.SOLUTION in at_opening(policy, facts) and ClockKind.SOLUTION not in running:
        new_clock(ticket, ClockKind.SOLUTION, policy, started_at=now, basis=holds).save(force_insert=True)


def _answer(ticket: Ticket, kinds: Sequence[ClockKind], said_at: datetime, actor: Actor, now: datetime) -> None:
    rows = [row for row in _locked(ticket) if row.kind in kinds]
    if not rows:
        return
    holds = basis(now)
    note_breaches(rows, at=said_at, now=now)
    for row in rows:
        _meet(row, said_at, actor, holds)
    write(rows)
    work.finish(rows, "answered", actor=actor, now=now)
    watch(rows)


def _meet(row: TicketClock, at: datetime, actor: Actor, holds: Basis) -> None:
    at = max(at, row.started_at)
    if row.breached_at and not is_late(due_at=row.due_at, now=at):  # the answer was given in time and told later
        row.breached_at = None
    end_pause(row, at)
    counts = counting(row, facts_of(row.ticket, row.ticket.shop.code), holds)
    row.met_at, row.met_by, row.next_step_at, row.to_tell = at, actor.label, None, False
    row.spent_ms = counts.spent(row.started_at, at, pauses_of(row))


def _end(row: TicketClock, reason: EndReason, now: datetime) -> None:
    end_pause(row, now)
    row.ended_at, row.end_reason, row.next_step_at, row.to_tell = now, reason, None, False


def _start_next(ticket: Ticket, started_at: datetime, now: datetime) -> None:
    holds = basis(now)
    policy = holds.policy_for(facts_of(ticket, ticket.shop.code))
    if ClockKind.NEXT_RESPONSE in policy.targets:
        new_clock(ticket, ClockKind.NEXT_RESPONSE, policy, started_at=started_at, basis=holds).save(force_insert=True)


def _locked(ticket: Ticket) -> list[TicketClock]:
    """The open clocks of the ticket, locked; each knows its ticket."""
    rows = lock_many(open_of(ticket.pk))
    for row in rows:
        row.ticket = ticket
    return rows
