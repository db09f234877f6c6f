"""Returns of the demo company, in every state."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from catalog.queries.categories import all_categories
from opsdesk.common.actors import SYSTEM
from opsdesk.demo.later import Placed
from orders.enums.returns import Disposition, FreightPayer, ReturnReason, ReturnType
from orders.queries.returns.rates import orders_with, without_measure
from orders.queries.returns.requests import returnable
from orders.services.returns import deciding, goods, improving
from orders.services.returns.policies import PolicyText, write_policy
from orders.services.returns.requesting import Wish, request_return

LATE = timedelta(hours=60)
FRESH = timedelta(hours=5)


POLICY = PolicyText(
    no_reason=True,
    freight=FreightPayer.FAULT,
    clause="商品未使用、吊牌及包装完好的，签收后七天内可无理由退货；质量问题包退换，运费由店铺承担。",
    process="请将商品连同退货单寄至杭州仓，寄出后在订单中填写运单号；仓库收货后验货，48 小时内办结。",
    notices="请勿使用到付；寄出前请拍照留存。",
)
NO_RETURN = PolicyText(
    no_reason=False, freight=FreightPayer.FAULT, clause="杯、壶等入口商品拆封后不支持无理由退货，质量问题除外。"
)


def make_returns(orders: Sequence[Placed], *, warehouse_id: int, now: datetime) -> None:
    """The policy, one return a state (new, overdue, waiting for evidence, refused ...), and what comes back too often."""
    write_policy(category_id=None, text=POLICY, actor=SYSTEM, now=now - timedelta(days=80))
    write_policy(category_id=all_categories()[0].pk, text=NO_RETURN, from_at=now, actor=SYSTEM, now=now)
    stages = (
        "new",
        "late",
        "evidence",
        "refused",
        "disputed",
        "awaited",
        "received",
        "inspected",
        "settling",
        "cancelled",
        "worn",
    )
    for stage, order in zip(stages, orders, strict=False):
        _make(stage, order.id, warehouse_id, now)
    make_improvements(orders[len(stages) :], now=now)


def _make(stage: str, order_id: int, warehouse_id: int, now: datetime) -> None:
    at = now - (LATE if stage == "late" else FRESH)
    sku = returnable(order_id)
    row = request_return(
        order_id=order_id,
        type_=ReturnType.RETURN_REFUND,
        lines=[Wish(sku, 1, ReturnReason.QUALITY)],
        note="收到时有破损",
        actor=SYSTEM,
        now=at,
    )
    key = row.pk
    if stage == "evidence":
        deciding.ask_evidence(return_id=key, reason="请提供破损处照片", actor=SYSTEM, now=at)
    elif stage == "cancelled":
        deciding.cancel_return(return_id=key, reason="买家决定保留", actor=SYSTEM, now=now)
    elif stage in ("refused", "disputed"):
        deciding.reject_return(return_id=key, reason="人为损坏", clause="退换货政策第三条", actor=SYSTEM, now=at)
        if stage == "disputed":
            deciding.dispute(return_id=key, reason="买家不认可", actor=SYSTEM, now=now)
    elif stage not in ("new", "late"):
        deciding.approve_return(return_id=key, actor=SYSTEM, now=at)
        if stage in ("received", "inspected", "settling", "worn"):
            goods.receive(return_id=key, warehouse_id=warehouse_id, actor=SYSTEM, now=now)
        if stage in ("inspected", "settling", "worn"):
            found = goods.Finding(0, Disposition.CUSTOMER) if stage == "worn" else goods.Finding(1, Disposition.SCRAP)
            findings = {line.pk: found for line in row.lines.all()}
            goods.inspect(return_id=key, findings=findings, actor=SYSTEM, now=now)
        if stage == "settling":
            deciding.settle_return(return_id=key, actor=SYSTEM, now=now)


def make_improvements(orders: Sequence[Placed], *, now: datetime) -> None:
    """Two articles that came back too often: one is being watched after a measure, one waits for it."""
    for sku in ("CG-001-B", "CG-002-G"):
        for order_id in orders_with(sku, [order.id for order in orders]):
            _send_back(order_id, sku, now)
    improving.open_improvements(now=now)
    worst = without_measure()[0]
    improving.take_measure(improvement_id=worst, measure="补充尺寸示意图，更换内衬包装", actor=SYSTEM, now=now)


def _send_back(order_id: int, sku: str, now: datetime) -> None:
    """A return that was refused counts as well; it leaves no work behind."""
    wish = Wish(sku, 1, ReturnReason.NOT_AS_DESCRIBED)
    row = request_return(
        order_id=order_id, type_=ReturnType.RETURN_REFUND, lines=[wish], note="与描述不符", actor=SYSTEM, now=now - LATE
    )
    deciding.reject_return(
        return_id=row.pk, reason="超出退货期限", clause="退换货政策第一条", actor=SYSTEM, now=now - LATE + FRESH
    )
