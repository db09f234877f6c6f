"""The states of a ticket and the steps between them."""

from opsdesk.common.lifecycle import Lifecycle, Transition
from support.enums.desk import TaskState
from support.enums.tickets import TicketState as S

_WORK, _ASSIGN, _PASS_ON = "support.work_ticket", "support.assign_ticket", "support.import_message"
WAITING = (S.WAITING_CUSTOMER, S.WAITING_DEPARTMENT)
OPEN = (S.NEW, S.ASSIGNED, S.IN_PROGRESS, *WAITING)
SOLVED = (S.RESOLVED, S.CONFIRMED)
CLOSED = (S.ARCHIVED, S.MERGED)

TICKET_LIFECYCLE = Lifecycle(
    Transition("take", (S.NEW, S.ASSIGNED), S.IN_PROGRESS, permission=_WORK, sop="S5"),
    Transition("assign", OPEN, S.ASSIGNED, permission=_ASSIGN, sop="S5"),
    Transition("reply", (*OPEN, S.RESOLVED), None, permission=_WORK, sop="S2"),
    Transition("note", (*OPEN, *SOLVED), None, permission=_WORK, sop="S2"),
    Transition("classify", OPEN, None, permission=_WORK, sop="S5"),
    Transition("wait_customer", (S.ASSIGNED, S.IN_PROGRESS), S.WAITING_CUSTOMER, permission=_WORK, sop="S6"),
    Transition("wait_department", (S.ASSIGNED, S.IN_PROGRESS), S.WAITING_DEPARTMENT, permission=_WORK, sop="S6"),
    Transition("go_on", WAITING, S.IN_PROGRESS, permission=_WORK, sop="S6"),
    Transition("start_solution", OPEN, None, permission=_WORK, sop="S8"),
    Transition("resolve", (S.ASSIGNED, S.IN_PROGRESS, *WAITING), S.RESOLVED, permission=_WORK, sop="S8"),
    Transition("reopen", {S.RESOLVED, S.CONFIRMED}, S.IN_PROGRESS, permission=_WORK, sop="S10"),
    Transition("confirm", {S.RESOLVED}, S.CONFIRMED, permission=_WORK, sop="S10"),
    Transition("merge", (*OPEN, S.RESOLVED), S.MERGED, permission=_WORK, sop="S2"),
)
TASK_LIFECYCLE = Lifecycle(
    Transition("answer", {TaskState.OPEN}, TaskState.ANSWERED, permission="support.answer_task", sop="S6"),
)
