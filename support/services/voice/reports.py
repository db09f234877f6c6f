"""The periodic report on service: counted by itself, concluded by a person, and followed by tasks."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from opsdesk.accounts.grants import permissions_of
from opsdesk.accounts.roles import Role
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.common.errors import Forbidden, Invalid, Issue, NotFound
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from opsdesk.inbox import services as inbox
from opsdesk.parameters.queries import value
from opsdesk.shops.models import Shop
from support.enums.voice import ReportKind, ReportState, ReportTaskState
from support.models import ReportTask, VoiceReport
from support.parameters.voice import CONCLUDE_TIME
from support.queries.voice import archive as queries
from support.rules.sla.hours import DAY, day_of, midnight
from support.rules.voice.lifecycle import FINISH, REPORT_LIFECYCLE, TASK_LIFECYCLE
from support.rules.voice.reports import SECTIONS, lines, period_before
from support.services.voice.digests import find_problems

KIND, TASK = "voice_report", "report_task"
CONCLUDE, FINISH_TASK = "support.conclude_report", "support.finish_report_task"
MOST = 20  # lines of a section


def write_reports(*, kind: ReportKind, now: datetime) -> int:
    """Write the report of the last whole week or month for every shop, where it is not written yet. Returns how many.

    SOP: S13, S21
    """
    first, last = period_before(kind, day_of(now))
    written = VoiceReport.objects.filter(kind=kind, first=first).values("shop")
    shops = Shop.objects.exclude(pk__in=written).order_by("pk")
    return sum(write_report(shop=shop, kind=kind, first=first, last=last, now=now) is not None for shop in shops)


@transaction.atomic
def write_report(*, shop: Shop, kind: ReportKind, first: date, last: date, now: datetime) -> VoiceReport | None:
    """Count a period and the one before it, and ask for conclusions; None when it was written before. SOP: S13, S21"""
    row, made = VoiceReport.objects.get_or_create(
        shop=shop,
        kind=kind,
        first=first,
        defaults={
            "last": last,
            "facts": _facts(shop.pk, kind, first, last),
            "made_at": now,
            "due_at": now + value(CONCLUDE_TIME),
        },
    )
    if not made:
        return None
    params = {"shop": shop.name, "first": first.isoformat(), "last": last.isoformat()}
    inbox.raise_item(inbox.Work(CONCLUDE, KIND, row.public_id, row.due_at, shop.pk, params=params), now=now)
    after = {"kind": row.kind, "count": row.facts["now"]["tickets"]}
    record(Change("support.voice_report_written", KIND, row.public_id, shop.code, after=after), actor=SYSTEM, now=now)
    return row


@transaction.atomic(savepoint=False)
def publish(*, report_id: int, conclusions: str, actor: Actor, now: datetime) -> VoiceReport:
    """Write down what follows from the report. Raises: NotFound, Forbidden, IllegalTransition, Invalid. SOP: S21"""
    row = _enter(report_id, "publish", actor)
    if not conclusions.strip():
        message = mark("Write down what follows from the numbers.")
        raise Invalid(message, code="required", issues=[Issue("/conclusions", "required", message)])
    row.state, row.conclusions = ReportState.PUBLISHED, conclusions.strip()
    row.published_at, row.published_by = now, actor.label
    row.save(update_fields=["state", "conclusions", "published_at", "published_by"])
    inbox.resolve(kind=CONCLUDE, subject_ids=[row.public_id], outcome="published", actor=actor, now=now)
    after = {"state": row.state}
    record(Change("support.voice_report_published", KIND, row.public_id, row.shop.code, after=after), actor=actor, now=now)
    return row


@transaction.atomic(savepoint=False)
def add_task(*, report_id: int, text: str, role: str, due_at: datetime, actor: Actor, now: datetime) -> ReportTask:
    """Ask a desk to do something because of the report.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (nothing asked, a desk that takes no tasks, a time that is past).
    SOP: S21
    """
    report = _enter(report_id, "add_task", actor)
    issues = []
    if not text.strip():
        issues.append(Issue("/text", "required", mark("Say what is to be done.")))
    if role not in desks():
        issues.append(Issue("/role", "invalid_choice", mark("Choose a desk that takes tasks.")))
    if due_at <= now:
        issues.append(Issue("/due_at", "out_of_range", mark("The time lies ahead.")))
    if issues:
        raise Invalid(issues[0].message, code=issues[0].code, issues=issues)
    task = ReportTask.objects.create(report=report, text=text.strip(), role=role, due_at=due_at)
    work = inbox.Work(FINISH_TASK, TASK, task.public_id, due_at, report.shop_id, role=role, params={"text": task.text})
    inbox.raise_item(work, now=now)
    told: dict[str, Any] = {"text": task.text, "owner": role, "due": due_at.isoformat()}
    record(Change("support.report_task_added", KIND, report.public_id, report.shop.code, after=told), actor=actor, now=now)
    return task


@transaction.atomic(savepoint=False)
def finish_task(*, task_id: int, result: str, actor: Actor, now: datetime) -> ReportTask:
    """Write down what was done; the desk that was asked does it, or a supervisor.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (nothing written).
    SOP: S21
    """
    task = lock_one(ReportTask.objects.filter(pk=task_id).select_related("report__shop"))
    if not actor.sees_shop(task.report.shop_id):
        raise NotFound()
    TASK_LIFECYCLE.enter("finish", task.state, actor)
    if actor.roles and not actor.roles & {task.role, Role.OPERATIONS_SUPERVISOR, Role.OPERATIONS_MANAGER}:
        raise Forbidden(mark("Another desk was asked."))
    if not result.strip():
        message = mark("Write down what was done.")
        raise Invalid(message, code="required", issues=[Issue("/result", "required", message)])
    task.state, task.result, task.done_by, task.done_at = ReportTaskState.DONE, result.strip(), actor.label, now
    task.save(update_fields=["state", "result", "done_by", "done_at"])
    inbox.resolve(kind=FINISH_TASK, subject_ids=[task.public_id], outcome="done", actor=actor, now=now)
    after = {"state": task.state}
    record(Change("support.report_task_done", TASK, task.public_id, task.report.shop.code, after=after), actor=actor, now=now)
    return task


def desks() -> list[str]:
    """The roles that take tasks of reports."""
    return [role.value for role in Role if FINISH in permissions_of(role)]


def _enter(report_id: int, step: str, actor: Actor) -> VoiceReport:
    row = lock_one(VoiceReport.objects.filter(pk=report_id).select_related("shop"))
    if not actor.sees_shop(row.shop_id):
        raise NotFound()
    REPORT_LIFECYCLE.enter(step, row.state, actor)
    return row


def _facts(shop_id: int, kind: ReportKind, first: date, last: date) -> dict[str, Any]:
    """The numbers of the period and of the one before; JSON-ready."""
    earlier, _ = period_before(kind, first)
    before, start, end = midnight(earlier), midnight(first), midnight(last + DAY)
    find_problems(shop_id=shop_id, start=before, end=end)
    now, then = queries.counts(shop_id, start, end), queries.counts(shop_id, before, start)
    facts: dict[str, Any] = {section: lines(now[section], then[section], MOST) for section in SECTIONS}
    whole, past = queries.figures(shop_id, start, end), queries.figures(shop_id, before, start)
    stars = {"now": {"mean": whole["mean"]}, "before": {"mean": past["mean"]}}
    return facts | {"now": whole, "before": past, "stars": stars, "root_causes": queries.root_causes(shop_id, start, end)}
