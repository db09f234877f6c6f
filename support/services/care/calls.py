"""Return visits by telephone: planned every day, made, and written down."""

from datetime import datetime, timedelta

from django.db import transaction

from opsdesk.audit.services import Change, record, record_many
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.common.errors import Conflict, Invalid, Issue, NotFound
from opsdesk.common.locking import lock_many, lock_one
from opsdesk.common.text import mark
from opsdesk.inbox.services import Work, raise_item, raise_many, resolve
from opsdesk.parameters.queries import value
from opsdesk.shops.queries import visible_to
from support.enums.care import CallOutcome, CallState
from support.enums.tickets import Channel, Stage, TicketType
from support.models import CallBack, CallPlan, Segment
from support.parameters.care import CALL_AGAIN, CALL_ATTEMPTS, CALL_TIME
from support.queries.care.calling import to_call
from support.rules.care.lifecycle import CALL_LIFECYCLE
from support.rules.tickets.draft import TicketDraft
from support.services.tickets.intake import open_ticket

KIND = "callback"
CALL = "support.call_back"
CHANGE = "support.change_callplan"


@transaction.atomic(savepoint=False)
def write_plan(
    *,
    plan_id: int | None,
    title: str,
    segment_id: int,
    questions: str,
    every_days: int,
    a_day: int,
    active: bool,
    actor: Actor,
    now: datetime,
) -> CallPlan:
    """Write a plan of return visits, or write one anew.

    Raises: NotFound (also for another shop's segment), Forbidden, Conflict (the title is taken).
    SOP: S16
    """
    actor.require(CHANGE)
    row = lock_one(CallPlan.objects.filter(pk=plan_id)) if plan_id else CallPlan()
    seen = visible_to(actor).values("pk")
    for key in {segment_id, row.segment_id} if plan_id else {segment_id}:
        if not Segment.objects.filter(pk=key, shop__in=seen).exists():
            raise NotFound()
    if CallPlan.objects.filter(title=title).exclude(pk=row.pk).exists():
        raise Conflict(mark("There is a plan of this title already."), code="exists")
    row.title, row.segment_id, row.questions, row.active = title, segment_id, questions.strip(), active
    row.every_days, row.a_day = every_days, a_day
    row.save()
    after = {"title": title, "active": active, "every_days": every_days, "count": a_day}
    record(Change("support.call_plan_written", "call_plan", row.public_id, after=after), actor=actor, now=now)
    return row


def plan_calls(*, now: datetime) -> int:
    """Plan the day's return visits of every plan; returns how many. SOP: S16"""
    count = 0
    for key in list(CallPlan.objects.filter(active=True).order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            for plan in lock_many(CallPlan.objects.filter(pk=key, active=True).select_related("segment__shop")):
                count += _plan(plan, now)
    return count


@transaction.atomic(savepoint=False)
def call(*, call_id: int, outcome: str, words: str, actor: Actor, now: datetime) -> CallBack:
    """Write down a return visit. Who is not content gets a ticket; who was not reached is called again, and given up after
    so many calls.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (nothing written).
    SOP: S16
    """
    row = _enter(call_id, "call", actor)
    if not words.strip() or outcome not in CallOutcome.values:
        issue = Issue("/words", "required", mark("Write down what was said."))
        raise Invalid(issue.message, code=issue.code, issues=[issue])
    row.attempts, row.outcome, row.words = row.attempts + 1, outcome, words.strip()
    if outcome == CallOutcome.UNREACHED:
        _again(row, now)
    else:
        row.state, row.done_at, row.done_by = CallState.DONE, now, actor.label
    if outcome == CallOutcome.UNHAPPY:
        row.ticket = open_ticket(_draft(row), actor=actor if actor.can("support.add_ticket") else SYSTEM, now=now)
    row.save()
    resolve(kind=CALL, subject_ids=[row.public_id], outcome=outcome, actor=actor, now=now)
    if row.state == CallState.PLANNED:
        raise_item(_work(row), now=now)
    after = {"state": row.state, "outcome": outcome}
    record(Change("support.callback_made", KIND, row.public_id, row.shop.code, after=after), actor=actor, now=now)
    return row


@transaction.atomic(savepoint=False)
def cancel(*, call_id: int, reason: str, actor: Actor, now: datetime) -> CallBack:
    """This customer is not called. Raises: NotFound, Forbidden, IllegalTransition, Invalid (no reason). SOP: S16"""
    row = _enter(call_id, "cancel", actor)
    if not reason.strip():
        issue = Issue("/reason", "required", mark("A reason is required."))
        raise Invalid(issue.message, code=issue.code, issues=[issue])
    row.state = CallState.CANCELLED
    row.save(update_fields=["state"])
    resolve(kind=CALL, subject_ids=[row.public_id], outcome="cancelled", actor=actor, now=now)
    change = Change("support.callback_cancelled", KIND, row.public_id, row.shop.code, after={"state": row.state})
    record(change, actor=actor, now=now)
    return row


def _plan(plan: CallPlan, now: datetime) -> int:
    shop, due = plan.segment.shop, now + value(CALL_TIME)
    rows = [
        CallBack(plan=plan, shop=shop, customer_id=key, planned_at=now, due_at=due)
        for key in to_call(plan, now, since=now - timedelta(days=plan.every_days))
    ]
    CallBack.objects.bulk_create(rows)
    raise_many([_work(row) for row in rows], now=now)
    record_many([Change("support.callback_planned", KIND, row.public_id, shop.code) for row in rows], actor=SYSTEM, now=now)
    return len(rows)


def _again(row: CallBack, now: datetime) -> None:
    if row.attempts >= value(CALL_ATTEMPTS):
        row.state = CallState.GIVEN_UP
    else:
        row.due_at = now + value(CALL_AGAIN)


def _enter(call_id: int, step: str, actor: Actor) -> CallBack:
    row = lock_one(CallBack.objects.filter(pk=call_id).select_related("shop", "plan", "customer"))
    if not actor.sees_shop(row.shop_id):
        raise NotFound()
    CALL_LIFECYCLE.enter(step, row.state, actor)
    return row


def _work(row: CallBack) -> Work:
    return Work(CALL, KIND, row.public_id, row.due_at, row.shop_id, params={"plan": row.plan.title})


def _draft(row: CallBack) -> TicketDraft:
    return TicketDraft(
        shop=row.shop.code,
        channel=Channel.PHONE,
        subject=row.plan.title,
        body=row.words,
        stage=Stage.AFTER_SALE,
        type=TicketType.SUGGESTION,
        customer=row.customer.public_id,
        contact=row.customer.phone,
        taken=True,
    )
