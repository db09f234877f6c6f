"""Shift handovers of the demo company: one taken over, one sent back, one that nobody has answered in time."""

from datetime import datetime, timedelta

from opsdesk.accounts.models import User
from opsdesk.accounts.queries import staff_actor
from opsdesk.accounts.roles import Role
from opsdesk.handover.services import accept_shift, give_shift, send_back

DESK = Role.CUSTOMER_SERVICE


def make_handovers(*, now: datetime) -> None:
    """The last three changes of shift at the customer service desk, the newest late."""
    people = User.objects.filter(username__in=[DESK, f"{DESK}_2"]).order_by("username")
    first, second = (staff_actor(user) for user in people)
    night = give_shift(desk=DESK, remark="夜班平稳，无投诉升级。", remarks={}, actor=first, now=now - timedelta(hours=16))
    accept_shift(note_id=night.pk, actor=second, now=now - timedelta(hours=15, minutes=50))
    early = give_shift(desk=DESK, remark="有一位顾客等回电。", remarks={}, actor=second, now=now - timedelta(hours=8))
    send_back(note_id=early.pk, reason="请写明是哪一单、约好几点回电。", actor=first, now=now - timedelta(hours=7, minutes=45))
    again = "订单尾号 1207 的顾客约好 15:00 回电；其余见下表。"
    give_shift(desk=DESK, remark=again, remarks={}, actor=second, now=now - timedelta(hours=1))
