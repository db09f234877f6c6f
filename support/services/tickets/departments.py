"""Questions to other departments; the answer brings the ticket back."""

from datetime import datetime

from django.db import transaction

from opsdesk.accounts.roles import Role
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Forbidden, Invalid, Issue, NotFound
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from opsdesk.inbox.services import Work, raise_item, resolve
from opsdesk.parameters.queries import value
from support.enums.desk import TaskState
from support.enums.tickets import TicketState
from support.models import DepartmentTask
from support.parameters.tickets import TASK_TIME
from support.queries.tickets.finding import visible_to
from support.rules.tickets.lifecycle import OPEN
from support.services.sla import promises
from support.services.tickets import moving
from support.services.tickets.writing import write_note

TASK, TASK_KIND = "support.answer_task", "department_task"
DEPARTMENTS = (Role.WAREHOUSE, Role.PRODUCT_SPECIALIST, Role.LOGISTICS, Role.FINANCE)


@transaction.atomic(savepoint=False)
def ask_department(*, ticket_id: int, role: str, question: str, actor: Actor, now: datetime) -> DepartmentTask:
    """Ask a department; the ticket waits for it.

    Raises: NotFound, Forbidden, TicketClosed, IllegalTransition, Invalid (no such department, no question),
    PromiseMissing (a complaint).
    SOP: S6
    """
    ticket = moving.enter(ticket_id, "wait_department", actor)
    if role not in DEPARTMENTS:
        issue = Issue("/role", "unknown_department", mark("Choose the department that is asked."))
        raise Invalid(issue.message, code=issue.code, issues=[issue])
    if not question.strip():
        issue = Issue("/question", "required", mark("It must not be empty."))
        raise Invalid(issue.message, code=issue.code, issues=[issue])
    promises.require_promise(ticket)
    task = DepartmentTask.objects.create(
        ticket=ticket,
        role=role,
        question=question.strip(),
        asked_by=actor.label,
        asked_at=now,
        due_at=now + value(TASK_TIME),
    )
    moving.move(ticket, "wait_department", actor=actor, now=now, details={"role": role})
    params = {"number": ticket.number}
    raise_item(Work(TASK, TASK_KIND, task.public_id, task.due_at, ticket.shop_id, role=role, params=params), now=now)
    return task


@transaction.atomic(savepoint=False)
def answer_task(*, task_id: int, answer: str, actor: Actor, now: datetime) -> DepartmentTask:
    """Answer customer service; with the last answer the ticket is the agent's again, who tells the customer.

    Raises: NotFound, Forbidden (another department's), Conflict (answered already), Invalid (empty).
    SOP: S6
    """
    actor.require("support.answer_task")
    found = DepartmentTask.objects.filter(pk=task_id, ticket__in=visible_to(actor)).first()
    if found is None:
        raise NotFound()
    ticket = moving.lock_ticket(found.ticket_id, actor)
    task = lock_one(DepartmentTask.objects.filter(pk=task_id))
    if task.role not in actor.roles:
        raise Forbidden()
    if task.state != TaskState.OPEN:
        raise Conflict(mark("This question has been answered already."), code="already_answered")
    if not answer.strip():
        issue = Issue("/answer", "required", mark("It must not be empty."))
        raise Invalid(issue.message, code=issue.code, issues=[issue])
    task.answer, task.answered_by, task.answered_at, task.state = answer.strip(), actor.label, now, TaskState.ANSWERED
    task.save(update_fields=["answer", "answered_by", "answered_at", "state"])
    resolve(kind=TASK, subject_ids=[task.public_id], outcome="answered", actor=actor, now=now)
    write_note(ticket, task.answer, actor=actor, now=now)
    waits = ticket.tasks.filter(state=TaskState.OPEN).exists()
    if ticket.state == TicketState.WAITING_DEPARTMENT and not waits:
        moving.move(ticket, "come_back", target=TicketState.IN_PROGRESS, actor=actor, now=now, details={"role": task.role})
    if ticket.state in OPEN:  # also when it went on in the meantime: nobody must miss the answer
        moving.raise_work(moving.ANSWER_BACK, ticket, now + value(TASK_TIME), now=now)
    return task
