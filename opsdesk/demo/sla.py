"""Service levels of the demo company: a policy with versions, one that ended, promises in every state, a holiday's staff."""

from datetime import datetime, timedelta

from opsdesk.accounts.models import User
from opsdesk.accounts.queries import staff_actor
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.workcalendar.enums import DayType
from support.enums.sla import ClockKind
from support.queries.sla.promises import without_promise
from support.queries.sla.staffing import next_holidays
from support.services.sla.grounds import write_grounds
from support.services.sla.policies import PolicyText, withdraw_policy, write_policy
from support.services.sla.promises import break_overdue, break_promise, follow_promise, give_promise, keep_promise
from support.services.sla.staffing import plan_day

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WHOLE_DAY = {"*": ((0, 1440),)}
WRITTEN, ENDED = 70 * DAY, 12 * DAY
AHEAD = timedelta(days=120)
_MINUTE_MS = 60_000
TIMES = (8, 6, 7, 4)  # hours from giving a promise to its time


def make_sla(*, now: datetime) -> None:
    """Policies, promises on the complaints that are there, and the plan of the next holiday with a gap."""
    make_policies(now=now)
    make_promises(now=now)
    make_staff(now=now)


def make_policies(*, now: datetime) -> None:
    """Urgent tickets have ten minutes, in a second version five; the policy of a sale has ended."""
    for minutes, since in ((10, WRITTEN), (5, ENDED)):
        text = _text("加急工单", ["urgent"], minutes)
        write_policy(code="urgent", text=text, from_at=None, reason="平台要求", actor=SYSTEM, now=now - since)
    text = _text("大促期间", ["high", "urgent"], 20)
    write_policy(code="sale", text=text, from_at=None, reason="双十一大促", actor=SYSTEM, now=now - WRITTEN)
    withdraw_policy(code="sale", reason="大促结束", actor=SYSTEM, now=now - ENDED)


def _text(name: str, priorities: list[str], minutes: int) -> PolicyText:
    target: dict[str, int] = {DayType.WORKDAY: minutes * _MINUTE_MS}
    return PolicyText(
        name=name,
        rank=minutes,
        match={"priority": priorities},
        targets={ClockKind.FIRST_RESPONSE: target, ClockKind.NEXT_RESPONSE: target},
        frames=dict.fromkeys(DayType, WHOLE_DAY),
    )


def make_promises(*, now: datetime) -> None:
    """Of the complaints one promise each: open, kept, broken and followed by the next, and overdue without a next one."""
    agent = staff_actor(User.objects.get(username=Role.CUSTOMER_SERVICE))
    wishes = ("补发一只新杯子", "退还差价", "联系快递查件并回电", "换货并承担运费")
    for stage, (ticket_id, result) in enumerate(zip(without_promise(len(wishes)), wishes, strict=False)):
        given = now - 5 * HOUR
        row = give_promise(ticket_id=ticket_id, result=result, due_at=given + TIMES[stage] * HOUR, actor=agent, now=given)
        if stage == 1:
            keep_promise(promise_id=row.pk, note="差价已退回原支付账户", actor=agent, now=given + HOUR)
            cause, prevention = "改价时漏改活动页", "改价后由第二人核对活动页"
            write_grounds(ticket_id=ticket_id, root_cause=cause, prevention=prevention, actor=agent, now=given + HOUR)
        elif stage == 2:
            break_promise(promise_id=row.pk, note="快递站点未接电话", actor=agent, now=given + 2 * HOUR)
            follow_promise(promise_id=row.pk, result="快递答复后回电", due_at=now + 3 * HOUR, actor=agent, now=given + 2 * HOUR)
        elif stage == 3:
            break_overdue(now=now)


def make_staff(*, now: datetime) -> None:
    """Some agents on the mornings of the next holiday; its evenings are left open."""
    for day in next_holidays((now + DAY).date(), AHEAD)[:1]:
        plan_day(day=day, agents=dict.fromkeys(range(9, 15), 2), actor=SYSTEM, now=now)
