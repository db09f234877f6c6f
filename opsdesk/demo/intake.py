"""How the demo company checks its orders: customers asked, orders compared, ship times promised."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from opsdesk.common.actors import SYSTEM
from opsdesk.demo.later import Placed
from orders.enums.intake import ComparedField, ComparisonResult, ContactAnswer, ContactChannel
from orders.enums.orders import HoldCode
from orders.queries.intake.compare import version_of
from orders.services.intake.comparisons import Comparison, compare_order
from orders.services.intake.contacting import Answer, record_contact
from orders.services.intake.promising import promise_ship_time

_ALL = tuple(ComparedField.values)
_HALF_HOUR = timedelta(minutes=30)
PROMISES = (-_HALF_HOUR, 3 * _HALF_HOUR, timedelta(hours=30))  # from now: broken, at risk, calm


def make_intake(placed: Mapping[str, Sequence[Placed]], *, now: datetime) -> None:
    """Customers not reached and asked; orders checked, held and verified; one promise broken, one at risk, one calm."""
    _ask(placed["address_missing"][0], Answer(ContactChannel.PHONE, ContactAnswer.UNREACHABLE), now)
    _ask(placed["phone_missing"][0], Answer(ContactChannel.CHAT, ContactAnswer.WAITING, "稍后回复"), now)
    checked, held, verified = placed["price_doubtful"][:3]
    _compare(checked, Comparison(_version(checked), ComparisonResult.CHECKED, _ALL, "店铺改价，已核对"), now)
    for order in (held, verified):
        comparison = Comparison(
            _version(order), ComparisonResult.HELD, ("price",), "价格与页面不符", HoldCode.CUSTOMER_QUESTION
        )
        _compare(order, comparison, now)
    _ask(verified, Answer(ContactChannel.PHONE, ContactAnswer.VERIFIED, "确认按此价格购买"), now)
    calm = sorted(placed["clean"], key=lambda order: order.placed_at)
    for order, left in zip(calm, PROMISES, strict=False):
        promise_ship_time(order_id=order.id, promised_by=now + left, reason="平台承诺发货时间", actor=SYSTEM, now=now)


def _version(order: Placed) -> int:
    return version_of(order.id)


def _ask(order: Placed, answer: Answer, now: datetime) -> None:
    record_contact(order_id=order.id, answer=answer, actor=SYSTEM, now=now)


def _compare(order: Placed, comparison: Comparison, now: datetime) -> None:
    compare_order(order_id=order.id, comparison=comparison, actor=SYSTEM, now=now)
