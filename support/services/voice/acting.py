"""Measures against problems: opened by the digest, decided by the desk that acts, closed by the rate alone."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from opsdesk.audit.services import Change, record
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.common.errors import Conflict, Forbidden, Invalid, Issue, NotFound
from opsdesk.common.locking import lock_many, lock_one
from opsdesk.common.text import mark
from opsdesk.inbox import services as inbox
from opsdesk.parameters.queries import value
from support.enums.voice import ActionState
from support.models import DailyDigest, Problem, ProblemAction
from support.parameters.voice import PROBLEM_DROP, PROBLEM_TIME, PROBLEM_WINDOW
from support.queries.voice.problems import frequency
from support.rules.voice.lifecycle import ACTION_LIFECYCLE
from support.rules.voice.problems import Frequency, judged

KIND, WANTED = "problem_action", "support.act_on_problem"
CHANGE = "support.change_problem"


def open_action(
    *, digest: DailyDigest, problem_id: int, until: datetime, products: Sequence[dict[str, Any]], now: datetime
) -> ProblemAction:
    """Ask the problem's desk for a measure, with the rate of the days before. SOP: S12"""
    before = frequency(digest.shop_id, problem_id, until - value(PROBLEM_WINDOW), until)
    problem = Problem.objects.get(pk=problem_id)
    return _open(ProblemAction(shop=digest.shop, problem=problem, digest=digest, products=list(products)), before, now)


@transaction.atomic(savepoint=False)
def take_measure(*, action_id: int, measure: str, actor: Actor, now: datetime) -> ProblemAction:
    """Write down what is done about it; from now on the days are watched, and judged when as many have passed.

    Raises: NotFound, Forbidden (also for another desk's), IllegalTransition, Invalid (nothing written).
    SOP: S12
    """
    row = lock_one(ProblemAction.objects.filter(pk=action_id).select_related("shop", "problem"))
    if not actor.sees_shop(row.shop_id):
        raise NotFound()
    ACTION_LIFECYCLE.enter("take_measure", row.state, actor)
    if actor.roles and not actor.roles & {row.owner_role, *LEADING}:
        raise Forbidden(mark("Another desk decides on this."))
    if not measure.strip():
        message = mark("Write down what is done about it.")
        raise Invalid(message, code="required", issues=[Issue("/measure", "required", message)])
    row.state, row.measure, row.measured_by = ActionState.WATCHED, measure.strip(), actor.label
    row.watched_from, row.judge_at = now, now + value(PROBLEM_WINDOW)
    row.save(update_fields=["state", "measure", "measured_by", "watched_from", "judge_at"])
    inbox.resolve(kind=WANTED, subject_ids=[row.public_id], outcome="measured", actor=actor, now=now)
    record(_change("measured", row, {"measure": row.measure}), actor=actor, now=now)
    return row


LEADING = ("operations_supervisor", "operations_manager")


@transaction.atomic
def judge_due(*, now: datetime) -> int:
    """Close the measures whose days are over by the rate of those days. One that did not help is followed by a new round;
    while no order has left the house the days go on. Returns how many were closed.

    SOP: S12
    """
    due = ProblemAction.objects.filter(state=ActionState.WATCHED, judge_at__lte=now)
    return sum(_judge(row, now) for row in lock_many(due.select_related("shop", "problem")))


def _judge(row: ProblemAction, now: datetime) -> bool:
    assert row.watched_from
    assert row.judge_at
    before = Frequency(row.tickets_before, row.orders_before)
    after = frequency(row.shop_id, row.problem_id, row.watched_from, row.judge_at)
    state = judged(before, after, drop=row.drop_percent)
    if state is None:
        row.judge_at += value(PROBLEM_WINDOW)
        row.save(update_fields=["judge_at"])
        return False
    row.state, row.closed_at, row.tickets_after, row.orders_after = state, now, after.tickets, after.orders
    row.save(update_fields=["state", "closed_at", "tickets_after", "orders_after"])
    told = {"state": state.value, "before": before.per_hundred, "after": after.per_hundred}
    record(_change("judged", row, told), actor=SYSTEM, now=now)
    if state == ActionState.NOT_IMPROVED:
        fresh = ProblemAction(
            shop=row.shop,
            problem=row.problem,
            digest_id=row.digest_id,
            products=row.products,
            previous=row,
            round=row.round + 1,
        )
        _open(fresh, after, now)
    return True


def _open(row: ProblemAction, before: Frequency, now: datetime) -> ProblemAction:
    row.owner_role, row.opened_at, row.due_at = row.problem.owner_role, now, now + value(PROBLEM_TIME)
    row.tickets_before, row.orders_before, row.drop_percent = before.tickets, before.orders, value(PROBLEM_DROP)
    row.save(force_insert=True)
    params = {"problem": row.problem.name, "count": row.tickets_before}
    work = inbox.Work(WANTED, KIND, row.public_id, row.due_at, row.shop_id, role=row.owner_role, params=params)
    inbox.raise_item(work, now=now)
    told = {"count": row.tickets_before, "round": row.round, "owner": row.owner_role}
    record(_change("opened", row, told), actor=SYSTEM, now=now)
    return row


@transaction.atomic(savepoint=False)
def write_problem(*, problem_id: int | None, columns: dict[str, Any], actor: Actor, now: datetime) -> Problem:
    """Write a problem that is watched, or write one anew.

    Raises: NotFound, Forbidden, Invalid (no word), Conflict (the name is taken).
    SOP: S12
    """
    actor.require(CHANGE)
    row = lock_one(Problem.objects.filter(pk=problem_id)) if problem_id else Problem()
    for name, content in columns.items():
        setattr(row, name, content)
    if not row.words.strip():
        message = mark("Give at least one word by which it is known.")
        raise Invalid(message, code="required", issues=[Issue("/words", "required", message)])
    if Problem.objects.filter(name=row.name).exclude(pk=row.pk).exists():
        raise Conflict(mark("There is a problem of this name already."), code="exists")
    row.save()
    after = {"name": row.name, "active": row.active, "owner": row.owner_role}
    record(Change("support.problem_written", "problem", str(row.pk), after=after), actor=actor, now=now)
    return row


def _change(what: str, row: ProblemAction, after: dict[str, Any]) -> Change:
    return Change(f"support.problem_action_{what}", KIND, row.public_id, row.shop.code, after=after)
