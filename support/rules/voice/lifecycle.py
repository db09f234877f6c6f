"""The states of measures against problems, and of reports."""

from opsdesk.common.lifecycle import Lifecycle, Transition
from support.enums.voice import ActionState, ReportState, ReportTaskState

ACT, WRITE, FINISH = "support.act_on_problem", "support.write_voicereport", "support.finish_reporttask"

ACTION_LIFECYCLE = Lifecycle(
    Transition("take_measure", {ActionState.OPEN}, ActionState.WATCHED, permission=ACT, sop="S12"),
    Transition("judge", {ActionState.WATCHED}, None, permission=ACT, sop="S12"),
)
REPORT_LIFECYCLE = Lifecycle(
    Transition("add_task", {ReportState.DRAFT, ReportState.PUBLISHED}, None, permission=WRITE, sop="S21"),
    Transition("publish", {ReportState.DRAFT}, ReportState.PUBLISHED, permission=WRITE, sop="S21"),
)
TASK_LIFECYCLE = Lifecycle(
    Transition("finish", {ReportTaskState.OPEN}, ReportTaskState.DONE, permission=FINISH, sop="S21"),
)
