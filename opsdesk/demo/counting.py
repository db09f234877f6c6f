"""The demo company's stocktakes, one in every state, one overdue; of the slow stock, marketing has decided on two."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from catalog.enums.counting import SlowProposal
from catalog.queries.counting import in_the_books, proposals_open
from catalog.services.counting import counts, planning, posting, slow
from catalog.services.counting.counts import Count
from opsdesk.accounts.models import User
from opsdesk.accounts.queries import staff_actor
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import Actor

_HOUR = timedelta(hours=1)
_SIZE = 3


def make_stocktakes(*, warehouse: str, skus: Sequence[str], now: datetime) -> None:
    """Plan, count and post a few SKUs of one warehouse."""
    keeper, supervisor = _person(Role.WAREHOUSE), _person(Role.OPERATIONS_SUPERVISOR)
    stages = (
        ("货架 A", "posted"),
        ("货架 B", "reviewed"),
        ("货架 C", "counting"),
        ("货架 D", "cancelled"),
        ("货架 E", "planned"),
    )
    for index, (title, stage) in enumerate(stages):
        codes = skus[index * _SIZE : (index + 1) * _SIZE]
        at = now - 100 * _HOUR if stage in ("posted", "planned") else now - 5 * _HOUR  # the planned one is overdue
        stocktake = planning.plan_stocktake(warehouse=warehouse, skus=codes, title=title, actor=keeper, now=at)
        if stage == "cancelled":
            planning.cancel(stocktake_id=stocktake.pk, reason="仓库停电", actor=supervisor, now=at + _HOUR)
        if stage in ("posted", "reviewed", "counting"):
            counts.start(stocktake_id=stocktake.pk, actor=keeper, now=at + _HOUR)
        if stage in ("posted", "reviewed"):
            _count(stocktake.pk, keeper, at + 2 * _HOUR)
            counts.finish(stocktake_id=stocktake.pk, actor=keeper, now=at + 3 * _HOUR)
        if stage == "posted":
            posting.post(stocktake_id=stocktake.pk, actor=supervisor, now=at + 4 * _HOUR)


def decide_slow(*, now: datetime) -> None:
    """Marketing has taken one proposal up and refused another."""
    marketing = _person(Role.MARKETING)
    promoted = proposals_open(SlowProposal.PROMOTE)
    slow.accept(slow_id=promoted[0], note="下周满减活动主推", actor=marketing, now=now)
    slow.decline(slow_id=promoted[1], note="旺季前备货，暂不促销", actor=marketing, now=now)


def _count(stocktake_id: int, keeper: Actor, now: datetime) -> None:
    """Every shelf has what the books say, but for one piece too many on the first."""
    found = [Count(code, pieces) for code, pieces in in_the_books(stocktake_id)]
    found[0] = Count(found[0].sku, found[0].counted + 1, "miscount", "退货漏记")
    counts.count(stocktake_id=stocktake_id, counts=found, actor=keeper, now=now)


def _person(role: Role) -> Actor:
    return staff_actor(User.objects.get(username=role.value))
