"""The demo company's price changes in every state, and its rules of delisting."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from catalog.enums.delisting import DelistMode
from catalog.enums.listings import DelistReason
from catalog.enums.prices import PriceReason
from catalog.queries.prices.categories import category_ids
from catalog.queries.prices.moments import lasting_prices
from catalog.services.delisting.proposals import set_policy
from catalog.services.prices import judging, writing
from catalog.services.prices.writing import NewPrices, Plan
from opsdesk.accounts.models import User
from opsdesk.accounts.queries import staff_actor
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import Actor
from opsdesk.reviews.enums import ReviewState
from opsdesk.reviews.services import Verdict

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_CENT = Decimal("0.01")
# why, percent of the price now, hours from now until it begins, days that it holds (0: for good), how far it is
PLAN: tuple[tuple[str, int, int, int, str], ...] = (
    ("秋季新价，待完善", 98, 72, 0, "draft"),
    ("供应商涨价", 106, 48, 0, "submitted"),
    ("竞品降价跟进", 95, 30, 0, "overdue"),
    ("双十二活动价", 90, 240, 3, "scheduled"),
    ("限时折扣", 92, -2, 5, "active"),
    ("成本下降让利", 97, -24, 0, "ended"),
    ("降价幅度过大", 88, 60, 7, "rejected"),
    ("时间重新安排", 96, 96, 0, "returned"),
    ("活动取消", 94, 120, 2, "withdrawn"),
)


def make_prices(*, skus: Sequence[str], leaf: str, now: datetime) -> int:
    """Write one change for each line of the plan, on two SKUs of its own; returns how many there are."""
    writer, lead = _actor(Role.PRODUCT_SPECIALIST), _actor(Role.OPERATIONS_SUPERVISOR)
    codes = sorted(skus)
    for number, (reason, percent, hours, days, state) in enumerate(PLAN):
        began = now - (2 * _DAY if state == "overdue" else 3 * _HOUR)
        start = now + hours * _HOUR
        prices = lasting_prices(codes[number * 2 : number * 2 + 2])
        lines = [NewPrices(code, (one.price * percent / 100).quantize(_CENT)) for code, one in prices.items()]
        plan = Plan(lines, reason, start, start + days * _DAY if days else None)
        change = writing.write_change(plan=plan, actor=writer, now=began)
        _carry_on(change.pk, change.content_hash, state, (writer, lead), began + _HOUR)
    set_policy(category_id=category_ids()[leaf], reason=DelistReason.EXPIRED, mode=DelistMode.AUTOMATIC, actor=lead, now=now)
    return len(PLAN)


def _carry_on(pk: int, seen: str, state: str, people: tuple[Actor, Actor], now: datetime) -> None:
    writer, lead = people
    if state == "draft":
        return
    writing.submit(change_id=pk, actor=writer, now=now)
    if state == "withdrawn":
        writing.withdraw(change_id=pk, actor=writer, now=now)
    if state in ("scheduled", "active", "ended"):
        judging.waive_margin(change_id=pk, reason="季节性促销", actor=lead, now=now)
        judging.decide(change_id=pk, verdict=Verdict(ReviewState.APPROVED, seen), actor=lead, now=now + _HOUR)
    if state in ("rejected", "returned"):
        verdict = ReviewState.REJECTED if state == "rejected" else ReviewState.RETURNED
        reason = PriceReason.TOO_LARGE if state == "rejected" else PriceReason.TIMING
        judging.decide(change_id=pk, verdict=Verdict(verdict, seen, [reason]), actor=lead, now=now + _HOUR)


def _actor(role: Role) -> Actor:
    return staff_actor(User.objects.get(username=role.value))
