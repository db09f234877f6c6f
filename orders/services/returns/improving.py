"""Finding what comes back too often, deciding what to do about it, and looking whether it helped."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from opsdesk.accounts.grants import permissions_of
from opsdesk.accounts.roles import Role
from opsdesk.audit.services import Change, record, record_many
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.common.errors import Conflict, Invalid, Issue
from opsdesk.common.locking import lock_many, lock_one
from opsdesk.common.text import mark
from opsdesk.inbox import services as inbox
from opsdesk.parameters.queries import value
from orders.enums.returns import ImprovementState, RateOf
from orders.models import ReturnImprovement
from orders.parameters.completion import TRANSIT_ALLOWANCE
from orders.parameters.returns import (
    IMPROVE_PIECES,
    IMPROVE_TIME,
    IMPROVE_WATCH,
    NO_REASON_TIME,
    RETURN_RATE_LIMIT,
    RETURN_RATE_PERIOD,
    RETURN_RATE_PIECES,
)
from orders.queries.returns import rates as queries
from orders.rules.returns.rates import IMPROVEMENT_LIFECYCLE, Rate, is_too_high, judged

KIND, PERMISSION = "return_improvement", "orders.improve_return"
WANTED, FAILED = "orders.improve_returns", "orders.improve_returns_again"
OWNERS = {RateOf.SKU: Role.PRODUCT_SPECIALIST, RateOf.SUPPLIER: Role.PURCHASING}


def review_returns(*, now: datetime) -> int:
    """The night's look at returns: what is above the limit opens one improvement, and those whose days are over are judged.

    Harmless when it runs twice. Returns how many were opened or judged.
    SOP: O22
    """
    return judge_due(now=now) + open_improvements(now=now)


@transaction.atomic
def open_improvements(*, now: datetime) -> int:
    """Open one improvement for every SKU and supplier above the limit that has none. Returns how many. SOP: O22"""
    limit, pieces = value(RETURN_RATE_LIMIT), value(RETURN_RATE_PIECES)
    lines = queries.shipped_lines(now - value(RETURN_RATE_PERIOD), now)
    found = [
        _new(kind, rate, limit, now)
        for kind in OWNERS
        for rate in queries.rates(kind, lines)
        if is_too_high(rate, limit=limit, pieces=pieces)
    ]
    open_ = set(queries.being_improved().values_list("kind", "key"))
    fresh = [row for row in found if (row.kind, row.key) not in open_]
    ReturnImprovement.objects.bulk_create(fresh)
    inbox.raise_many([_work(row) for row in fresh], now=now)
    changes = [_change("opened", row, {"shipped": row.shipped, "returned": row.returned}) for row in fresh]
    record_many(changes, actor=SYSTEM, now=now)
    return len(fresh)


@transaction.atomic(savepoint=False)
def take_measure(*, improvement_id: int, measure: str, actor: Actor, now: datetime) -> ReturnImprovement:
    """Write down what is done about it; from now on the following days are watched, and judged when what was sent on the
    last of them can have come back.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (nothing written).
    SOP: O22
    """
    row = lock_one(ReturnImprovement.objects.filter(pk=improvement_id))
    step = IMPROVEMENT_LIFECYCLE.enter("take_measure", row.state, actor)
    if not measure.strip():
        message = mark("Write down what is done about it.")
        raise Invalid(message, code="required", issues=[Issue("/measure", "required", message)])
    row.state, row.measure, row.measured_by = str(step.target), measure.strip(), actor.label
    row.watched_from = now
    row.judge_at = now + value(IMPROVE_WATCH) + value(TRANSIT_ALLOWANCE) + value(NO_REASON_TIME)
    row.save(update_fields=["state", "measure", "measured_by", "watched_from", "judge_at"])
    inbox.resolve(kind=WANTED, subject_ids=[row.public_id], outcome="measured", actor=actor, now=now)
    record(_change("measured", row, {"measure": row.measure}), actor=actor, now=now)
    return row


@transaction.atomic
def judge_due(*, now: datetime) -> int:
    """Close the improvements whose days are over by the rate of those days; what did not help is work for the supervisor,
    who opens a new round.

    Returns how many.
    SOP: O22
    """
    rows = lock_many(ReturnImprovement.objects.filter(state=ImprovementState.WATCHED, judge_at__lte=now))
    for row in rows:
        _judge(row, now)
    return len(rows)


def _judge(row: ReturnImprovement, now: datetime) -> None:
    assert row.watched_from
    lines = queries.shipped_lines(row.watched_from, row.watched_from + value(IMPROVE_WATCH))
    after = next(iter(queries.rates(row.kind, lines, key=row.key)), Rate(row.key, 0, 0))
    row.state, row.closed_at = judged(after, limit=row.limit_percent, pieces=value(IMPROVE_PIECES)), now
    row.shipped_after, row.returned_after = after.shipped, after.returned
    row.save(update_fields=["state", "closed_at", "shipped_after", "returned_after"])
    counted = {"state": row.state, "shipped": after.shipped, "returned": after.returned}
    record(_change("judged", row, counted), actor=SYSTEM, now=now)
    if row.state == ImprovementState.NOT_IMPROVED:
        params = {"key": row.key, "percent": after.percent}
        inbox.raise_item(inbox.Work(FAILED, KIND, row.public_id, now + value(IMPROVE_TIME), params=params), now=now)


@transaction.atomic(savepoint=False)
def reopen(*, improvement_id: int, owner: str, due_at: datetime, actor: Actor, now: datetime) -> ReturnImprovement:
    """Open a new round for what did not help, with an owner and a time of its own; the old one stays as it was judged.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (an owner who decides on no measures, a time that is past),
    Conflict (a new round is open already).
    SOP: O22
    """
    row = lock_one(ReturnImprovement.objects.filter(pk=improvement_id))
    IMPROVEMENT_LIFECYCLE.enter("reopen", row.state, actor)
    if owner not in {role for role in Role if PERMISSION in permissions_of(role)}:
        message = mark("Choose an owner who decides on measures.")
        raise Invalid(message, code="invalid_choice", issues=[Issue("/owner", "invalid_choice", message)])
    if due_at <= now:
        message = mark("The time lies ahead.")
        raise Invalid(message, code="out_of_range", issues=[Issue("/due_at", "out_of_range", message)])
    if ReturnImprovement.objects.filter(Q(previous=row) | Q(kind=row.kind, key=row.key, closed_at=None)).exists():
        raise Conflict(mark("A new round was opened already."), code="reopened")
    after = Rate(row.key, row.shipped_after or 0, row.returned_after or 0)
    fresh = _new(RateOf(row.kind), after, row.limit_percent, now)
    fresh.round, fresh.previous, fresh.owner_role, fresh.due_at = row.round + 1, row, owner, due_at
    fresh.save()
    inbox.resolve(kind=FAILED, subject_ids=[row.public_id], outcome="reopened", actor=actor, now=now)
    inbox.raise_item(_work(fresh), now=now)
    told = {"round": fresh.round, "owner": owner, "due": due_at.isoformat()}
    record_many([_change("reopened", row, told), _change("opened", fresh, told)], actor=actor, now=now)
    return fresh


def _new(kind: RateOf, rate: Rate, limit: int, now: datetime) -> ReturnImprovement:
    return ReturnImprovement(
        kind=kind,
        key=rate.key,
        opened_at=now,
        shipped=rate.shipped,
        returned=rate.returned,
        limit_percent=limit,
        due_at=now + value(IMPROVE_TIME),
        owner_role=OWNERS[kind],
    )


def _work(row: ReturnImprovement) -> inbox.Work:
    params = {"key": row.key, "percent": Rate(row.key, row.shipped, row.returned).percent}
    return inbox.Work(WANTED, KIND, row.public_id, row.due_at, role=row.owner_role, params=params)


def _change(what: str, row: ReturnImprovement, after: dict[str, object]) -> Change:
    return Change(f"orders.improvement_{what}", KIND, row.public_id, after={"kind": row.kind, "key": row.key} | after)
