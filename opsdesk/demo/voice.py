"""What customers of the demo company say afterwards: ratings, problems, digests, measures, reports, all in every state."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle

from opsdesk.accounts.models import User
from opsdesk.accounts.queries import staff_actor
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM, Actor
from support.enums.tickets import SolutionType, TicketType
from support.enums.voice import ReportKind
from support.queries.surveys.figures import visible_to
from support.queries.voice import archive as archived
from support.queries.voice import problems as digested
from support.services.solving import confirming
from support.services.surveys.answering import answer, follow_up
from support.services.surveys.tokens import token_of
from support.services.tickets import replying, steps
from support.services.tickets.intake import TicketDraft, open_ticket
from support.services.voice import acting, archive, digests, reports

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
PROBLEMS = (
    ("物流慢", "快递几天没\n没更新\n没收到", Role.LOGISTICS),
    ("尺码不符", "尺码\n偏大\n偏小", Role.PRODUCT_SPECIALIST),
    ("少发漏发", "少了\n漏发\n没有说明书", Role.WAREHOUSE),
    ("包装破损", "包装破\n压坏\n漏液", Role.WAREHOUSE),
)


@dataclass(frozen=True)
class Batch:
    """So many tickets of one matter, spread over the days between two ages."""

    text: str
    type: TicketType
    count: int
    oldest: int
    newest: int
    product: str = ""


BATCHES = (
    Batch("我的快递几天没动了", TicketType.LOGISTICS, 6, 16, 10),
    Batch("还没收到，什么时候到？", TicketType.LOGISTICS, 1, 5, 4),
    Batch("收到时包装破了，杯子压坏", TicketType.QUALITY, 5, 16, 10),
    Batch("外包装破损，里面漏液", TicketType.QUALITY, 7, 8, 3),
    Batch("尺码不符，比标的偏小", TicketType.RETURN, 6, 11, 6, "CG-002"),
    Batch("包裹里少了一只盖子", TicketType.QUALITY, 6, 6, 2, "CG-001"),
    Batch("可以开专票吗？", TicketType.INVOICE, 2, 15, 3),
)
STARS: tuple[tuple[int, str], ...] = (
    (5, "客服很耐心"),
    (0, ""),
    (4, ""),
    (5, ""),
    (2, "等了太久，希望快一点"),
    (0, ""),
    (3, "一般"),
    (1, "补发的还是坏的"),
)
FIRST, SECOND = 9, 5  # days ago: the digests of which measures came


def make_voice(*, shop: str, now: datetime) -> None:
    """Tickets of two weeks with their ratings, and all that was made of them since."""
    lead, agent = _actor(Role.OPERATIONS_SUPERVISOR), _actor(Role.CUSTOMER_SERVICE)
    for place, (name, words, owner) in enumerate(PROBLEMS, start=1):
        columns = {"name": name, "words": words, "owner_role": owner.value, "position": place * 10, "active": True}
        acting.write_problem(problem_id=None, columns=columns, actor=lead, now=now - 20 * DAY)
    make_tickets(shop=shop, agent=agent, now=now)
    make_ratings(agent=agent, now=now)
    make_digests(now=now)
    steps.archive_confirmed(actor=SYSTEM, now=now)
    archive.file_archived()
    make_reports(shop=shop, lead=lead, now=now)


def make_tickets(*, shop: str, agent: Actor, now: datetime) -> None:
    """Matters that were solved within minutes, and confirmed by the customer."""
    for number, batch in enumerate(BATCHES):
        step = (batch.oldest - batch.newest) * DAY / batch.count
        for place in range(batch.count):
            at = now - batch.oldest * DAY + place * step
            draft = TicketDraft(
                shop=shop,
                channel=("chat", "wechat", "web")[place % 3],
                type=batch.type,
                subject=batch.text[:20],
                body=batch.text,
                contact=f"guest-{number}-{place}",
                product=batch.product,
            )
            _solve(open_ticket(draft, actor=SYSTEM, now=at).pk, agent, at)


def _solve(key: int, agent: Actor, at: datetime) -> None:
    replying.reply(key, "您好，非常抱歉，马上为您处理。", (), actor=agent, now=at + timedelta(seconds=8))
    steps.resolve(
        ticket_id=key, solution_type=SolutionType.ANSWERED, solution="已为顾客处理并说明", actor=agent, now=at + 5 * MINUTE
    )
    if key % 3:  # the others are asked by the survey alone
        words = "顾客在聊天中确认已解决"
        confirming.confirm(ticket_id=key, channel="chat", said="solved", words=words, actor=agent, now=at + 60 * MINUTE)


def make_ratings(*, agent: Actor, now: datetime) -> None:
    """Customers who rate; all but two of the unhappy ones were talked with, and one of those is overdue."""
    low = []
    unanswered = visible_to(SYSTEM).filter(state="sent", wave=None, sent_at__lt=now - 2 * DAY).order_by("sent_at")
    for survey, (stars, comment) in zip(unanswered, cycle(STARS), strict=False):
        at = survey.sent_at + 20 * MINUTE
        if stars:
            answer(token=token_of(survey.public_id), stars=stars, comment=comment, now=at)
        if 0 < stars <= 2:
            low.append((survey.pk, at))
    for key, at in low[:-2]:
        follow_up(survey_id=key, note="电话回访：物流确实延误，已致歉并说明改进", actor=agent, now=at + 60 * MINUTE)


def make_digests(*, now: datetime) -> None:
    """Digests of four days: of the first, one measure helped and one did not; of the second, one is wanted and overdue."""
    for ago in (FIRST, SECOND, 2, 0):
        acting.judge_due(now=now - ago * DAY)
        digests.digest_yesterday(now=now - ago * DAY)
        if ago == FIRST:
            _act(("增加一家快递公司，超过48小时主动联系顾客", "外箱加厚"), now - ago * DAY)
        if ago == 0:
            _act(("装箱时按清单逐件扫码",), now)


def _act(measures: Sequence[str], now: datetime) -> None:
    """Decide on measures against the newest problems."""
    rows = digested.open_actions_of_all().filter(state="open", opened_at=now).order_by("pk")
    for row, measure in zip(rows, measures, strict=False):
        acting.take_measure(action_id=row.pk, measure=measure, actor=SYSTEM, now=now)


def make_reports(*, shop: str, lead: Actor, now: datetime) -> None:
    """A report with its conclusions and tasks, one of them done and one overdue; the newest ones wait for theirs."""
    before = now - 7 * DAY
    reports.write_reports(kind=ReportKind.WEEK, now=before)
    old = archived.visible_reports(SYSTEM).filter(shop__code=shop).latest("pk")
    done = reports.add_task(
        report_id=old.pk, text="与快递公司开会，约定时效", role=Role.LOGISTICS, due_at=before + 3 * DAY, actor=lead, now=before
    )
    reports.add_task(
        report_id=old.pk, text="更换易碎品外箱", role=Role.WAREHOUSE, due_at=before + 5 * DAY, actor=lead, now=before
    )
    reports.publish(report_id=old.pk, conclusions="物流与包装问题最多，先改包装，再加快递公司。", actor=lead, now=before)
    reports.finish_task(task_id=done.pk, result="已签订时效协议", actor=lead, now=before + 2 * DAY)
    reports.write_reports(kind=ReportKind.WEEK, now=now)
    reports.write_reports(kind=ReportKind.MONTH, now=now)


def _actor(role: Role) -> Actor:
    return staff_actor(User.objects.get(username=role.value))
