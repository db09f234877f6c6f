"""How the demo company looks after its customers: profiles, return visits and broadcasts, in every state."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from opsdesk.accounts.models import User
from opsdesk.accounts.queries import staff_actor
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.demo.later import Placed
from opsdesk.shops.models import Shop
from orders import queries
from support.queries.care.calling import planned_calls
from support.services.care import broadcasts, calls, profiles, segments
from support.services.care.broadcasts import BroadcastText
from support.services.care.profiles import Liking
from support.services.care.segments import SegmentText

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
LIKINGS = (  # what they like, tags, best reached by, best time, e-mails, text messages, how they consented
    ("喜欢浅色、易清洗的餐具，送礼较多", ("会员", "送礼"), "wechat", "晚上八点后", False, True, "电话中同意"),
    ("关注茶具新品", ("会员", "茶具"), "sms", "", True, True, "下单时勾选"),
    ("公司采购，需要发票", ("企业",), "phone", "工作日上午", True, False, "邮件同意"),
)
WRITTEN = (
    ("新品保温杯上市", "product", "sms", "新款保温杯上市，老客户下单赠杯刷一只。", "sent"),
    ("会员日预告", "member", "sms", "每月 18 日会员日，全场满 199 减 30。", "approved"),
    ("夏季焕新", "promotion", "social", "夏季焕新：清凉餐具买二赠一，详见店铺首页。", "posted"),
    ("秋季促销", "promotion", "email", "秋季促销即将开始。", "draft"),
    ("清仓通知", "promotion", "sms", "清仓商品低至五折。", "cancelled"),
)


def make_care(placed: Mapping[str, Sequence[Placed]], *, shop: str, now: datetime) -> None:
    """Three profiles, one of two customers; a plan whose calls have every outcome, one overdue; a broadcast in every state."""
    agent, lead, marketing = (_actor(role) for role in (Role.CUSTOMER_SERVICE, Role.OPERATIONS_SUPERVISOR, Role.MARKETING))
    mine = queries.visible_to(SYSTEM).filter(pk__in=[one.id for one in placed["completed"]], shop__code=shop)
    found = mine.exclude(customer=None).order_by("-pk").values_list("customer__public_id", flat=True)
    keys = list(dict.fromkeys(found[:20]))
    for key, liking in zip(keys, LIKINGS, strict=False):
        profiles.write_profile(customer=key, liking=Liking(*liking), actor=agent, now=now - 20 * DAY)
    profiles.merge_profiles(customer=keys[0], other=keys[3], reason="同一手机号，本人确认", actor=agent, now=now - 10 * DAY)
    shop_id = Shop.objects.get(code=shop).pk
    text = SegmentText("近三个月买家", shop_id, bought_within_days=90)
    segment = segments.write_segment(segment_id=None, text=text, actor=marketing, now=now - 9 * DAY)
    text = SegmentText("会员", shop_id, bought_within_days=365, tag="会员")
    members = segments.write_segment(segment_id=None, text=text, actor=marketing, now=now - 9 * DAY)
    make_calls(segment.pk, agent=agent, lead=lead, now=now)
    make_broadcasts(members.pk, lead=lead, marketing=marketing, now=now)


def make_calls(segment_id: int, *, agent: Actor, lead: Actor, now: datetime) -> None:
    """Calls of two days: made, not reached, given up, cancelled, overdue and fresh."""
    calls.write_plan(
        plan_id=None,
        title="季度回访",
        segment_id=segment_id,
        questions="商品使用是否满意？配送是否及时？还有什么建议？",
        every_days=90,
        a_day=5,
        active=True,
        actor=lead,
        now=now - 3 * DAY,
    )
    calls.plan_calls(now=now - 2 * DAY)
    first, second, third, fourth, _overdue = planned_calls()
    at = now - 2 * DAY + HOUR
    calls.call(call_id=first, outcome="content", words="很满意，会再来", actor=agent, now=at)
    calls.call(call_id=second, outcome="unhappy", words="杯盖漏水，希望更换", actor=agent, now=at)
    for attempt in range(3):
        calls.call(call_id=third, outcome="unreached", words="无人接听", actor=agent, now=at + attempt * HOUR)
    calls.cancel(call_id=fourth, reason="顾客要求不再回访", actor=agent, now=at)
    calls.plan_calls(now=now)


def make_broadcasts(segment_id: int, *, lead: Actor, marketing: Actor, now: datetime) -> None:
    """One in every state."""
    for title, kind, channel, body, state in WRITTEN:
        send_at = now - DAY if state == "sent" else now + 2 * DAY
        text = BroadcastText(segment_id, channel, kind, title, body, send_at)
        key = broadcasts.write_broadcast(broadcast_id=None, text=text, actor=marketing, now=now - 2 * DAY).pk
        if state in ("sent", "approved", "posted"):
            broadcasts.approve(broadcast_id=key, actor=lead, now=now - 2 * DAY + HOUR)
        if state == "posted":
            broadcasts.posted(broadcast_id=key, link="https://example.com/summer", actor=marketing, now=now - DAY)
        if state == "cancelled":
            broadcasts.cancel(broadcast_id=key, reason="库存不足", actor=marketing, now=now - DAY)
    broadcasts.send_due(now=now - DAY + MINUTE)


def _actor(role: Role) -> Actor:
    return staff_actor(User.objects.get(username=role.value))
