"""Tickets of the demo company, in every state."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from opsdesk.accounts.models import User
from opsdesk.accounts.queries import staff_actor
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.demo.later import Placed
from orders import queries
from support.enums.tickets import SolutionType, Stage, TicketType
from support.services.solving import confirming
from support.services.tickets import departments, mail, messages, replying, steps, teams, tools
from support.services.tickets.intake import TicketDraft, open_ticket

_LATE, _FRESH, _OLD = timedelta(hours=3), timedelta(minutes=20), timedelta(days=9)
_MACROS = (
    ("问候", "{customer_name}您好，很高兴为您服务，请问有什么可以帮您？"),
    ("物流进度", "您的订单 {order_number} 已由 {carrier} 承运，运单号 {tracking_number}，请您留意查收。"),
    ("致歉", "非常抱歉给您带来不便，我们马上为您核实处理。"),
)
_RULES = (
    (10, "物流", "快递\n物流\n没收到", {"type": TicketType.LOGISTICS}),
    (20, "退换货", "退货\n换货\n退款", {"type": TicketType.RETURN, "stage": Stage.AFTER_SALE}),
    (30, "投诉", "投诉\n12315\n差评", {"type": TicketType.COMPLAINT, "priority": "urgent"}),
)
_MAIL = (
    "From: =?utf-8?b?5p6X5b+X546y?= <lin@example.com>\nTo: opsdesk@localhost\nSubject: {subject}\nMessage-ID: <{key}@demo>\n"
    "{more}Content-Type: text/plain; charset=utf-8\n\n{text}\n"
)


def make_tickets(placed: Mapping[str, Sequence[Placed]], *, shop: str, now: datetime) -> None:
    """The desk's tools, one ticket a state, one late, one merged, and mails of which one is refused."""
    agent, boss = _actor(Role.CUSTOMER_SERVICE), _actor(Role.OPERATIONS_SUPERVISOR)
    people = User.objects.filter(username__startswith=Role.CUSTOMER_SERVICE.value).order_by("pk")
    teams.write_team(team_id=None, name="售后组", members=[user.pk for user in people], active=True, actor=boss, now=now)
    for title, body in _MACROS:
        tools.write_macro(macro_id=None, title=title, body=body, active=True, actor=boss, now=now)
    for position, name, words, decided in _RULES:
        columns = {"position": position, "name": name, "words": words, **decided}
        tools.write_rule(rule_id=None, columns=columns, actor=boss, now=now)
    desk = _Desk(shop, agent, placed, now)
    for stage in ("late", "new", "working", "customer", "department", "resolved", "confirmed", "archived", "merged"):
        desk.make(stage)
    steps.archive_confirmed(actor=SYSTEM, now=now)
    for key, subject, text, more in (
        ("in", "发票抬头", "请问发票抬头可以改吗？", ""),
        ("auto", "自动回复", "我正在休假。", "Auto-Submitted: auto-replied\n"),
    ):
        raw = _MAIL.format(key=key, subject=subject, text=text, more=more).encode()
        row, _ = mail.keep_mail(raw=raw, shop=shop, actor=SYSTEM, now=now)
        mail.take_mail(mail_id=row.pk, actor=SYSTEM, now=now)


class _Desk:
    """Who answers, and what is asked, on the demo day."""

    def __init__(self, shop: str, agent: Actor, placed: Mapping[str, Sequence[Placed]], now: datetime) -> None:
        self.shop, self.agent, self.now = shop, agent, now
        mine = queries.visible_to(agent).filter(pk__in=[one.id for one in placed["completed"]], shop__code=shop)
        self.orders = list(mine.order_by("pk").values_list("public_id", flat=True)[:9])

    def make(self, stage: str) -> None:
        """One ticket that has got so far."""
        at = self.now - {"late": _LATE, "archived": _OLD, "confirmed": timedelta(days=1)}.get(stage, _FRESH)
        key, number = self._open(stage, at)
        if stage in ("late", "new"):
            return
        who: Any = {"actor": self.agent, "now": at + timedelta(minutes=2)}
        replying.reply(key, "您好，已收到，马上为您核实。", (), **who)
        if stage == "customer":
            steps.wait_customer(ticket_id=key, **who)
        elif stage == "department":
            departments.ask_department(ticket_id=key, role=Role.WAREHOUSE, question="包裹里少了说明书，能否补寄？", **who)
        elif stage == "merged":
            steps.merge(ticket_id=self._open("working", at)[0], into=number, **who)
        elif stage in ("resolved", "confirmed", "archived"):
            steps.resolve(ticket_id=key, solution_type=SolutionType.ANSWERED, solution="已告知物流进度", **who)
            if stage != "resolved":
                confirming.confirm(ticket_id=key, channel="phone", said="solved", words="电话回访：顾客确认已解决", **who)

    def _open(self, stage: str, at: datetime) -> tuple[int, str]:
        order = self.orders.pop() if self.orders else ""
        draft = TicketDraft(
            shop=self.shop,
            channel="chat",
            subject="快递几天没更新了",
            body="我的快递几天没有更新了，请帮我查一下。",
            order=order,
            contact=f"chat-{stage}-{len(self.orders)}",
        )
        ticket = open_ticket(draft, actor=SYSTEM, now=at)
        if stage == "working":
            messages.add_note(ticket.pk, "已联系承运商核实", actor=self.agent, now=at)
        return ticket.pk, ticket.number


def _actor(role: Role) -> Actor:
    return staff_actor(User.objects.get(username=role.value))
