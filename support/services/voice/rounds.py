"""Periodic surveys: planning them, sending them, and what is concluded from them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from catalog.queries.categories import branch_of
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.common.errors import Invalid, Issue, NotFound
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from opsdesk.inbox import services as inbox
from opsdesk.notifications.services import CustomerTelling, tell_customers
from opsdesk.notifications.services import Message as Told
from opsdesk.parameters.queries import value
from orders.queries.completion.buyers import Reachable, buyers_between
from support.enums.voice import RoundState
from support.models import Survey, SurveyRound
from support.parameters.voice import SURVEY_CONCLUDE, SURVEY_OPEN, SURVEY_PAUSE
from support.rules.sla.hours import DAY, day_of, midnight
from support.rules.voice.lifecycle import PLAN, ROUND_LIFECYCLE
from support.services.voice.addresses import survey_address

KIND, CONCLUDE = "survey_round", "support.conclude_survey"
INVITATION = mark("%(shop)s: %(question)s Please give us 1 to 5 stars, it takes one tap: %(link)s")
LONGEST = 366  # days of purchases


@transaction.atomic(savepoint=False)
def plan_round(
    *,
    shop_id: int,
    title: str,
    question: str,
    bought_from: date,
    bought_until: date,
    send_on: date,
    category_id: int | None = None,
    repeat_days: int = 0,
    actor: Actor,
    now: datetime,
) -> SurveyRound:
    """Plan a survey of the shop's buyers of a period; it is sent in the morning of its day.

    Raises: Forbidden, NotFound (the shop), Invalid (a period or a day that cannot be; all are named).
    SOP: S11
    """
    actor.require(PLAN)
    if not actor.sees_shop(shop_id):
        raise NotFound()
    _check(bought_from, bought_until, send_on, repeat_days, now)
    row = SurveyRound.objects.create(
        shop_id=shop_id,
        title=title.strip(),
        question=question.strip(),
        category_id=category_id,
        bought_from=bought_from,
        bought_until=bought_until,
        send_on=send_on,
        repeat_days=repeat_days,
        planned_by=actor.label,
    )
    told = {"title": row.title, "send_on": send_on.isoformat(), "repeat_days": repeat_days}
    record(_change("planned", row, told), actor=actor, now=now)
    return row


@transaction.atomic(savepoint=False)
def cancel_round(*, round_id: int, reason: str, actor: Actor, now: datetime) -> SurveyRound:
    """Do not send a planned survey. Raises: NotFound, Forbidden, IllegalTransition. SOP: S11"""
    row = _enter(round_id, "cancel", actor)
    _write(row, state=RoundState.CANCELLED)
    record(_change("cancelled", row, {"state": row.state}, reason), actor=actor, now=now)
    return row


@transaction.atomic(savepoint=False)
def conclude_round(*, round_id: int, conclusion: str, actor: Actor, now: datetime) -> SurveyRound:
    """Write down what a closed survey teaches. Raises: NotFound, Forbidden, IllegalTransition, Invalid. SOP: S11"""
    row = _enter(round_id, "conclude", actor)
    if not conclusion.strip():
        message = mark("Write down what the survey teaches.")
        raise Invalid(message, code="required", issues=[Issue("/conclusion", "required", message)])
    _write(row, state=RoundState.CONCLUDED, conclusion=conclusion.strip(), concluded_by=actor.label)
    inbox.resolve(kind=CONCLUDE, subject_ids=[row.public_id], outcome="concluded", actor=actor, now=now)
    record(_change("concluded", row, {"state": row.state}), actor=actor, now=now)
    return row


def run_rounds(*, now: datetime) -> int:
    """The morning's work: close the surveys whose time has passed, send those whose day has come. Harmless when it runs twice.

    Returns how many were closed or sent.
    SOP: S11
    """
    ended = SurveyRound.objects.filter(state=RoundState.RUNNING, closes_at__lte=now).order_by("pk")
    due = SurveyRound.objects.filter(state=RoundState.PLANNED, send_on__lte=day_of(now)).order_by("pk")
    closed = [_close(pk, now) for pk in ended.values_list("pk", flat=True)]
    sent = [_send(pk, now) for pk in due.values_list("pk", flat=True)]
    return sum(closed) + sum(sent)


@transaction.atomic
def _close(round_id: int, now: datetime) -> int:
    row = lock_one(SurveyRound.objects.filter(pk=round_id).select_related("shop"))
    if row.state != RoundState.RUNNING:
        return 0
    _write(row, state=RoundState.CLOSED)
    work = inbox.Work(CONCLUDE, KIND, row.public_id, now + value(SURVEY_CONCLUDE), row.shop_id, params={"title": row.title})
    inbox.raise_item(work, now=now)
    record(_change("closed", row, {"state": row.state}), actor=SYSTEM, now=now)
    return 1


@transaction.atomic
def _send(round_id: int, now: datetime) -> int:
    """Ask everybody of the segment who was not asked lately, and plan the next round."""
    row = lock_one(SurveyRound.objects.filter(pk=round_id).select_related("shop"))
    if row.state != RoundState.PLANNED:
        return 0
    closes, asked = now + value(SURVEY_OPEN), 0
    _write(row, state=RoundState.RUNNING, sent_at=now, closes_at=closes)
    branch = branch_of(row.category_id) if row.category_id else None
    for buyers in buyers_between(row.shop_id, midnight(row.bought_from), midnight(row.bought_until + DAY), categories=branch):
        asked += _ask(row, buyers, closes, now)
    _write(row, asked=asked)
    record(_change("sent", row, {"state": row.state, "asked": asked}), actor=SYSTEM, now=now)
    if row.repeat_days:
        _plan_next(row, now)
    return 1


def _ask(row: SurveyRound, buyers: Sequence[Reachable], closes: datetime, now: datetime) -> int:
    """Invite these buyers, in a fixed number of statements; returns how many."""
    lately = Survey.objects.filter(
        customer__in=[buyer.customer_id for buyer in buyers], round__isnull=False, sent_at__gt=now - value(SURVEY_PAUSE)
    )
    leave = set(lately.values_list("customer_id", flat=True))
    asked = [buyer for buyer in buyers if buyer.customer_id not in leave]
    surveys = [
        Survey(shop_id=row.shop_id, round=row, customer_id=buyer.customer_id, sent_at=now, expires_at=closes) for buyer in asked
    ]
    Survey.objects.bulk_create(surveys)
    tell_customers(
        [
            CustomerTelling(_invitation(row, survey), buyer.email, buyer.phone, row.shop_id)
            for survey, buyer in zip(surveys, asked, strict=True)
        ],
        now=now,
    )
    return len(asked)


def _invitation(row: SurveyRound, survey: Survey) -> Told:
    params = {"shop": row.shop.name, "question": row.question, "link": survey_address(survey)}
    return Told("support.survey", survey.public_id, INVITATION, "survey", survey.public_id, params)


def _plan_next(row: SurveyRound, now: datetime) -> None:
    step = timedelta(days=row.repeat_days)
    following = SurveyRound.objects.create(
        shop=row.shop,
        title=row.title,
        question=row.question,
        category_id=row.category_id,
        bought_from=row.bought_from + step,
        bought_until=row.bought_until + step,
        send_on=row.send_on + step,
        repeat_days=row.repeat_days,
        previous=row,
        planned_by=row.planned_by,
    )
    told = {"title": row.title, "send_on": following.send_on.isoformat()}
    record(_change("planned", following, told), actor=SYSTEM, now=now)


def _check(first: date, last: date, send_on: date, repeat: int, now: datetime) -> None:
    issues = []
    if not 0 <= (last - first).days < LONGEST:
        issues.append(Issue("/bought_until", "out_of_range", mark("The last day follows the first, within a year.")))
    if send_on < day_of(now):
        issues.append(Issue("/send_on", "out_of_range", mark("This day is over.")))
    if last > send_on:
        issues.append(Issue("/bought_until", "out_of_range", mark("The purchases lie before the day on which it is sent.")))
    if repeat and not 7 <= repeat <= LONGEST:
        issues.append(Issue("/repeat_days", "out_of_range", mark("Again after 7 to 366 days, or 0 for once.")))
    if issues:
        raise Invalid(issues[0].message, code=issues[0].code, issues=issues)


def _enter(round_id: int, step: str, actor: Actor) -> SurveyRound:
    row = lock_one(SurveyRound.objects.filter(pk=round_id).select_related("shop"))
    if not actor.sees_shop(row.shop_id):
        raise NotFound()
    ROUND_LIFECYCLE.enter(step, row.state, actor)
    return row


def _write(row: SurveyRound, **columns: Any) -> None:
    for name, content in columns.items():
        setattr(row, name, content)
    row.save(update_fields=list(columns))


def _change(what: str, row: SurveyRound, after: dict[str, Any], reason: str = "") -> Change:
    return Change(f"support.survey_round_{what}", KIND, row.public_id, row.shop.code, after=after, reason=reason)
