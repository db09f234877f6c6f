"""How content the demo company's customers are: answers of every kind, and a periodic survey with two sendings."""

from datetime import datetime, timedelta

from opsdesk.accounts.models import User
from opsdesk.accounts.queries import staff_actor
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.shops.models import Shop
from support.queries.surveys.figures import visible_to
from support.services.surveys.answering import answer, follow_up
from support.services.surveys.plans import PlanText, send_due, write_plan
from support.services.surveys.tokens import token_of

DAY = timedelta(days=1)
ANSWERS = ((5, "回复很快，态度很好"), (2, "等了太久"), (4, ""), (1, "问题还是没有解决"), (5, ""))
BEFORE, NOW_GIVEN = (4, 3, 5, 2, 4, 3, 4, 4, 2), (5, 4, 4, 5, 3, 5, 4)


def make_surveys(*, shop: str, now: datetime) -> None:
    """Solved tickets are answered, one unhappy customer was talked with; the monthly survey has a trend."""
    lead = staff_actor(User.objects.get(username=Role.OPERATIONS_SUPERVISOR))
    agent = staff_actor(User.objects.get(username=Role.CUSTOMER_SERVICE))
    asked = visible_to(SYSTEM).filter(wave=None, state="sent").order_by("pk").values_list("public_id", flat=True)
    for key, (stars, comment) in zip(list(asked[: len(ANSWERS)]), ANSWERS, strict=False):
        row = answer(token=token_of(key), stars=stars, comment=comment, now=now)
        if stars == 1:
            follow_up(survey_id=row.pk, note="已电话致歉并补发，客户接受", actor=agent, now=now)
    text = PlanText("每月满意度调查", "您对最近一次购物满意吗？", Shop.objects.get(code=shop).pk, "", 20, 31)
    first = now - 31 * DAY
    write_plan(plan_id=None, text=text, next_at=first, active=True, actor=lead, now=first)
    for at, stars_given in ((first, BEFORE), (now, NOW_GIVEN)):
        send_due(actor=SYSTEM, now=at)
        fresh = visible_to(SYSTEM).filter(wave__sent_at=at).order_by("pk").values_list("public_id", flat=True)
        for key, stars in zip(list(fresh[: len(stars_given)]), stars_given, strict=False):
            answer(token=token_of(key), stars=stars, comment="", now=at)
