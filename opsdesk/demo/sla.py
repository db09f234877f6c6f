"""Service levels of the demo company: a policy with versions, one that ended, promises in every state, a holiday's staff."""

from datetime import datetime, timedelta

from opsdesk.accounts.models import User
from opsdesk.accounts.queries import staff_actor
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.workcalendar.enums import DayType
from support.enums.sla import ClockKind
from support.queries.sla.staffing import next_holidays
from support.services.sla.grounds import write_grounds
from support.services.sla.policies import PolicyText, withdraw_policy, write_policy
from support.services.sla.promises import break_overdue, break_promise, follow_promise, give_promise, keep_promise
from support.services.sla.staffing import plan_day
from support.services.tickets.intake import TicketDraft, open_ticket
from support.services.tickets.replying import reply
from support.services.tickets.steps import merge, wait_customer

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WHOLE_DAY = {"*": ((0, 1440),)}
WRITTEN, ENDED = 70 * DAY, 12 * DAY
AHEAD = timedelta(days=120)
_MINUTE_MS = 60_000
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
COMPLAINTS = (
    ("收到的杯子有裂纹", "补发一只新杯子"),
    ("活动价和付款不一致", "退还差价"),
    ("快递员态度差，包裹未送到", "联系快递查件并回电"),
    ("换来的商品还是坏的", "换货并承担运费"),
)
TIMES = (8, 6, 7, 4)  # hours from giving a promise to its time


def make_sla(*, shop: str, now: datetime) -> None:
    """Policies, tickets whose clocks stand in every way, promises, and the plan of the next holiday with a gap."""
    make_policies(now=now)
    make_clocks(shop=shop, now=now)
    make_promises(shop=shop, now=now)
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


def make_clocks(*, shop: str, now: datetime) -> None:
    """Answered in time, answered late, overdue, waiting for the customer, just come in, and put into another ticket."""
    agent = _agent()

    def comes(channel: str, subject: str, before: timedelta, answered: timedelta | None = None) -> tuple[int, str]:
        draft = TicketDraft(shop, channel, subject, body=f"{subject}？", stage="after_sale", type="logistics")
        ticket = open_ticket(draft, actor=SYSTEM, now=now - before)
        if answered:
            reply(ticket.pk, "您好，已为您查询，请稍候。", (), actor=agent, now=now - before + answered)
        return ticket.pk, ticket.number

    comes("chat", "快递到哪里了", 3 * HOUR, 7 * SECOND)
    comes("chat", "包裹一直没有更新", 2 * HOUR, 41 * SECOND)
    comes("email", "收到的颜色不对", 50 * HOUR)
    waits, _ = comes("wechat", "杯盖有划痕", 5 * HOUR, 12 * MINUTE)
    wait_customer(ticket_id=waits, actor=agent, now=now - 4 * HOUR)
    _, kept = comes("email", "可以改送货地址吗", 18 * MINUTE)
    twin, _ = comes("email", "再问一次送货地址", 6 * MINUTE)
    merge(ticket_id=twin, into=kept, actor=agent, now=now - MINUTE)


def _agent() -> Actor:
    return staff_actor(User.objects.get(username=Role.CUSTOMER_SERVICE))


def make_promises(*, shop: str, now: datetime) -> None:
    """A complaint each for a promise that is open, kept, broken and followed by the next, and overdue without a next one."""
    agent, given = _agent(), now - 5 * HOUR
    for stage, (subject, result) in enumerate(COMPLAINTS):
        draft = TicketDraft(shop, "phone", subject, body=subject, stage="after_sale", type="complaint", taken=True)
        ticket_id = open_ticket(draft, actor=agent, now=given).pk
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
