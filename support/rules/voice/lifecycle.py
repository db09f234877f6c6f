"""The states of surveys, of measures against problems, and of reports."""

from opsdesk.common.lifecycle import Lifecycle, Transition
from support.enums.voice import ActionState, ReportState, ReportTaskState, RoundState, SurveyState

FOLLOW_UP, PLAN = "support.follow_up_survey", "support.plan_survey"
ACT, WRITE, FINISH = "support.act_on_problem", "support.write_voicereport", "support.finish_reporttask"

SURVEY_LIFECYCLE = Lifecycle(
    Transition("answer", {SurveyState.SENT}, None, permission="", sop="S11"),
    Transition("expire", {SurveyState.SENT}, SurveyState.EXPIRED, permission="", sop="S11"),
    Transition("follow_up", {SurveyState.FOLLOW_UP}, SurveyState.FOLLOWED_UP, permission=FOLLOW_UP, sop="S11"),
)
ROUND_LIFECYCLE = Lifecycle(
    Transition("send", {RoundState.PLANNED}, RoundState.RUNNING, permission=PLAN, sop="S11"),
    Transition("cancel", {RoundState.PLANNED}, RoundState.CANCELLED, permission=PLAN, sop="S11"),
    Transition("close", {RoundState.RUNNING}, RoundState.CLOSED, permission=PLAN, sop="S11"),
    Transition("conclude", {RoundState.CLOSED}, RoundState.CONCLUDED, permission=PLAN, sop="S11"),
)
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
