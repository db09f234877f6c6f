"""The states of a question to a department."""

from opsdesk.common.lifecycle import Lifecycle, Transition
from support.enums.desk import TaskState as S

TASK_LIFECYCLE = Lifecycle(
    Transition("answer", {S.OPEN}, S.ANSWERED, permission="support.answer_task", sop="S6"),
)
