"""How the demo company's agents spoke: conversations picked on past days, in every state of their judgement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from opsdesk.accounts.models import User
from opsdesk.accounts.queries import staff_actor
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM, Actor
from support.enums.tickets import SolutionType
from support.queries.knowledge.tone import visible_to
from support.services.knowledge import tone
from support.services.solving import confirming
from support.services.tickets import replying, steps
from support.services.tickets.intake import TicketDraft, open_ticket

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


@dataclass(frozen=True)
class Heard:
    """A conversation of so many days ago, the points for politeness, clarity and helpfulness, and what came of them."""

    days: int
    agent: str
    asked: str
    answered: str
    points: Sequence[int] = ()
    note: str = ""
    advice: str = ""


_ONE, _TWO = Role.CUSTOMER_SERVICE.value, f"{Role.CUSTOMER_SERVICE.value}_2"
CONVERSATIONS = (
    Heard(12, _ONE, "杯子可以放洗碗机吗", "您好，杯身可以，杯盖有密封圈，建议手洗，能用得更久。", (5, 5, 5)),
    Heard(
        12, _TWO, "发票什么时候能开", "三天。", (3, 2, 2), "答复过短，没有说明开票方式", "用完整句子答复，并说明下一步和时间"
    ),
    Heard(2, _ONE, "台灯的灯管能换吗", "您好，灯管是一体的，不能单独更换；一年内出现质量问题为您换新。", (5, 4, 4)),
    Heard(2, _TWO, "收到的颜色和图片不一样", "拍照有色差。", (2, 3, 2), "没有致歉，也没有提出解决办法"),
    Heard(4, _ONE, "赠品没有收到", "您好，赠品与商品分开发出，明天送达，单号已发给您。"),
    Heard(1, _ONE, "可以指定快递吗", "您好，可以为您备注顺丰，运费需补差价 8 元。"),
    Heard(1, _TWO, "保温杯有异味怎么办", "您好，请用温水加少许白醋浸泡半小时再冲洗；仍有异味可以为您换货。"),
)


def make_tone(*, shop: str, now: datetime) -> None:
    """Two good conversations, one talked over, one to be talked over, one whose score is overdue, and two fresh ones."""
    lead = _actor(Role.OPERATIONS_SUPERVISOR)
    for days in sorted({heard.days for heard in CONVERSATIONS}, reverse=True):
        start = now - days * DAY - 2 * HOUR  # apart from the other conversations of the demo
        of_day = {_talk(heard, shop, start): heard for heard in CONVERSATIONS if heard.days == days}
        picked_at = min(start + DAY, now)
        tone.pick(start=start, end=start + HOUR, now=picked_at)
        for row in visible_to(SYSTEM).filter(ticket__in=of_day):
            _judge(row.pk, of_day[row.ticket_id], lead, picked_at)


def _talk(heard: Heard, shop: str, at: datetime) -> int:
    """The ticket of a conversation that its agent has ended."""
    agent = _actor(heard.agent)
    draft = TicketDraft(shop, "phone", heard.asked, body=f"{heard.asked}？", stage="pre_sale", type="product", taken=True)
    ticket = open_ticket(draft, actor=agent, now=at)
    replying.reply(ticket.pk, heard.answered, (), actor=agent, now=at + MINUTE)
    solved = {"solution_type": SolutionType.ANSWERED, "solution": heard.answered}
    steps.resolve(ticket_id=ticket.pk, **solved, actor=agent, now=at + 5 * MINUTE)
    who: Any = {"actor": agent, "now": at + 6 * MINUTE}
    confirming.confirm(ticket_id=ticket.pk, channel="phone", said="solved", words="电话中顾客表示已清楚", **who)
    return ticket.pk


def _judge(key: int, heard: Heard, lead: Actor, picked_at: datetime) -> None:
    if not heard.points:
        return
    given = dict(zip(tone.POINTS, heard.points, strict=True))
    tone.score(score_id=key, **given, note=heard.note, actor=lead, now=picked_at + HOUR)
    if heard.advice:
        tone.talk_over(score_id=key, advice=heard.advice, actor=lead, now=picked_at + 3 * HOUR)


def _actor(username: str) -> Actor:
    return staff_actor(User.objects.get(username=username))
