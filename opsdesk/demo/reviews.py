"""What buyers of the demo company said of their goods."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from opsdesk.accounts.models import User
from opsdesk.accounts.queries import staff_actor
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.demo.later import Placed
from orders import queries
from support.services.reviews.taking import ReviewDraft, reply, take_review

HOUR = timedelta(hours=1)
SAID = (  # hours ago, stars, words, answer
    (50, 5, "质量很好，包装也很用心", ""),
    (40, 1, "收到就有裂纹，太失望了", "非常抱歉，我们已联系您补发新品，并加固了该商品的包装。"),
    (30, 4, "颜色和图片有一点色差，其他都好", ""),
    (20, 3, "尺寸偏小，建议买大一号", "感谢反馈，我们已在详情页补充了尺寸说明。"),
    (6, 2, "用了两天有异味", ""),
    (3, 5, "", ""),
)


def make_reviews(placed: Mapping[str, Sequence[Placed]], *, shop: str, now: datetime) -> None:
    """Reviews of every kind: answered, to be answered, and two that opened a ticket."""
    agent = staff_actor(User.objects.get(username=Role.CUSTOMER_SERVICE))
    orders = queries.visible_to(SYSTEM).filter(pk__in=[one.id for one in placed["completed"]], shop__code=shop)
    chosen = orders.order_by("-pk").prefetch_related("lines__sku")[: len(SAID)]
    for order, (ago, stars, words, answer) in zip(chosen, SAID, strict=True):
        at = now - ago * HOUR
        draft = ReviewDraft(order.public_id, order.lines.all()[0].sku.code, stars, words)
        row = take_review(draft, actor=SYSTEM, now=at)
        if answer:
            reply(review_id=row.pk, text=answer, actor=agent, now=at + HOUR)
