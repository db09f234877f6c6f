"""Questions to other departments, and their answers that bring the ticket back."""

from datetime import datetime

from django.db import transaction

from opsdesk.accounts.roles import Role
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Forbidden, Invalid, Issue
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from opsdesk.inbox.services import Work, raise_item, resolve
from opsdesk.parameters.queries import value
from support.enums.desk import TaskState
from support.enums.tickets import AuthorKind, Direction, TicketState
from support.models import DepartmentTask, Message, Ticket
from support.parameters.tickets import TAKE_TIME, TASK_TIME
from support.queries.tickets.departments import DEPARTMENTS, open_of, visible_to
from support.services.sla import clocks
from support.services.sla.promises import require_promise
from support.services.tickets import moving

KIND = "department_task"
ANSWER, BACK = "support.task_to_answer", moving.BACK
PERMISSION = "support.answer_task"


@transaction.atomic(savepoint=False)
def ask_department(*, ticket_id: int, role: str, question: str, actor: Actor, now: datetime) -> DepartmentTask:
    """Ask another department, who get it as their work; the ticket waits for them while its clocks run on.

    Raises: NotFound, Forbidden, TicketClosed, IllegalTransition, PromiseMissing, Invalid (no question, no department).
    SOP: S6
    """
    ticket = moving.enter(ticket_id, "ask", actor)
    if role not in DEPARTMENTS:
        message = mark("Choose the department.")
        raise Invalid(message, code="invalid_choice", issues=[Issue("/role", "invalid_choice", message)])
    moving.require(question, "/question", mark("Write the question."))
    require_promise(ticket)
    task = DepartmentTask.objects.create(
        ticket=ticket,
        role=role,
        question=question.strip(),
        asked_by=actor.label,
        asked_at=now,
        due_at=now + value(TASK_TIME),
    )
    params = {"number": ticket.number}
    raise_item(Work(ANSWER, KIND, task.public_id, task.due_at, ticket.shop_id, role, params), now=now)
    assignee = ticket.assignee_id or actor.staff_id
    moving.move(ticket, "ask", actor=actor, now=now, details={"department": role}, assignee_id=assignee)
    return task


@transaction.atomic(savepoint=False)
def answer_task(*, task_id: int, answer: str, actor: Actor, now: datetime) -> DepartmentTask:
    """Answer customer service: the ticket comes back to its agent with the answer as a note.

    Raises: NotFound, Forbidden (another department's), Conflict (answered already), Invalid (empty).
    SOP: S6
    """
    actor.require(PERMISSION)
    found = visible_to(actor).filter(pk=task_id)
    ticket = moving.locked(found.values_list("ticket_id", flat=True).first() or 0, actor)
    task: DepartmentTask = lock_one(found)
    if actor.staff_id is None or task.role not in actor.roles:
        raise Forbidden()
    if task.state != TaskState.OPEN:
        raise Conflict(mark("This question is answered already."), code="already_closed")
    moving.require(answer, "/answer", mark("Write the answer."))
    task.state, task.answer, task.answered_by, task.answered_at = TaskState.ANSWERED, answer.strip(), actor.label, now
    task.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    resolve(kind=ANSWER, subject_ids=[task.public_id], outcome="answered", actor=actor, now=now)
    Message.objects.create(
        ticket=ticket,
        direction=Direction.OUTGOING,
        author_kind=AuthorKind.AGENT,
        author_id=actor.staff_id,
        author_label=actor.label,
        public=False,
        body=f"{Role(task.role).label}: {task.answer}",
        said_at=now,
    )
    _bring_back(ticket, actor, now)
    change = Change("support.task_answered", KIND, task.public_id, shop=ticket.shop.code, after={"ticket": ticket.number})
    record(change, actor=actor, now=now)
    return task


def _bring_back(ticket: Ticket, actor: Actor, now: datetime) -> None:
    """Once nothing is left to be answered, it is the agent's turn; who answered needs no leave for that."""
    if ticket.state == TicketState.WAITING_DEPARTMENT and not open_of(ticket).exists():
        moving.move(ticket, "go_on", actor=actor, now=now)
        clocks.going_on(ticket, actor, now)
    params = {"number": ticket.number}
    work = Work(
        BACK,
        moving.KIND,
        ticket.public_id,
        now + value(TAKE_TIME),
        ticket.shop_id,
        params=params,
        owner_id=ticket.assignee_id,
    )
    raise_item(work, now=now)
