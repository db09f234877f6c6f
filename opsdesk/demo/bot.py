"""The bot of the demo company: one conversation that it settled, one that it has, two that it gave to people."""

from datetime import datetime, timedelta

from opsdesk.accounts.models import User
from opsdesk.accounts.queries import staff_actor
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM, Actor, ActorKind
from opsdesk.shops.models import Shop
from support.enums.tickets import AuthorKind, Channel
from support.services.bot.settings import write_setting
from support.services.bot.talking import close_quiet
from support.services.tickets.intake import TicketDraft, open_ticket
from support.services.tickets.messages import receive

WECHAT = Actor(ActorKind.CLIENT, "wechat", permissions=None, shop_ids=None)
MINUTE = timedelta(minutes=1)
TALKS = (  # minutes ago, what the customer writes
    (90, ("保温杯能保温多久？",)),
    (12, ("怎么退货？",)),
    (10, ("优惠券怎么用？", "满减和优惠券能一起用吗？我要转人工")),
    (6, ("杯身可以刻字吗，公司年会用，要两百个",)),
)


def make_bot(*, shop: str, now: datetime) -> None:
    """The bot talks first on WeChat, and has talked with four customers."""
    lead = staff_actor(User.objects.get(username=Role.OPERATIONS_SUPERVISOR))
    shop_id = Shop.objects.get(code=shop).pk
    write_setting(shop_id=shop_id, channels=[Channel.WECHAT], active=True, actor=lead, now=now - timedelta(days=1))
    for place, (ago, said) in enumerate(TALKS):
        at = now - ago * MINUTE
        draft = TicketDraft(shop=shop, channel=Channel.WECHAT, subject=said[0], body=said[0], contact=f"wx-demo-{place}")
        ticket = open_ticket(draft, actor=WECHAT, now=at)
        for turn, words in enumerate(said[1:], 1):
            when = at + turn * MINUTE
            receive(ticket.pk, words, AuthorKind.CUSTOMER, "", when, (), actor=SYSTEM, now=when)
    close_quiet(now=now)
