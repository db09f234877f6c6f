"""The finance desk of the demo company: settlements, a statement with differences, refunds in every state, and what
customers said when they were asked.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from opsdesk.accounts.models import User
from opsdesk.accounts.queries import staff_actor
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.demo.later import Placed
from opsdesk.duties.definitions import SHOP_TIME
from opsdesk.duties.services import run_at
from opsdesk.imports.definitions import ParsedRow
from opsdesk.shops.models import Shop
from orders.enums.completion import ContactOutcome, SatisfactionOutcome
from orders.enums.finance import DifferenceKind, RefundSource
from orders.queries.completion import aftercare
from orders.queries.finance import refunds as refund_queries
from orders.queries.finance import statements
from orders.services import steps
from orders.services.completion import contact_tasks, satisfaction
from orders.services.finance import batches, closing, differences, refunds
from orders.services.finance.statements import Stated, compare, import_statement

_DAY = timedelta(days=1)
_CLOSED, _CHECKED, _OPEN = 14 * _DAY, 10 * _DAY, 7 * _DAY  # ago, when the periods ended
_BIG = Decimal("600.00")


def make_finance(orders: Mapping[str, Sequence[Placed]], *, now: datetime) -> None:
    """A settlement in every state, one of them late, with refunds and answers."""
    finance, manager = (_actor(role) for role in (Role.FINANCE, Role.OPERATIONS_MANAGER))
    _pay(finance, now)
    _owe([order.id for order in orders["completed"]], manager, now)
    first, second = Shop.objects.order_by("-code")[:2]
    for shop, ended in ((first, _CLOSED), (first, _CHECKED), (second, _OPEN)):
        _settle(shop, now - ended, finance, manager, ended)
    _state(second, finance, now - _OPEN + _DAY)
    _contact(now)
    _ask(manager, now)


def _actor(role: Role) -> Actor:
    return staff_actor(User.objects.get(username=role.value))


def _settle(shop: Shop, at: datetime, finance: Actor, manager: Actor, ended: timedelta) -> None:
    day = at.astimezone(SHOP_TIME).date()
    made = at + _DAY
    batch = batches.make_batch(shop_id=shop.pk, ends_on=day, actor=finance, now=made)
    if ended == _OPEN:
        return
    batches.adjust_batch(batch_id=batch.pk, amount=Decimal("-12.50"), reason="平台扣除运费险服务费", actor=finance, now=made)
    closing.check_batch(batch_id=batch.pk, actor=finance, now=made)
    if ended == _CLOSED:
        closing.send_back(batch_id=batch.pk, reason="缺少运费险的凭证", actor=manager, now=made)
        closing.check_batch(batch_id=batch.pk, actor=finance, now=made)
        closing.close_batch(batch_id=batch.pk, actor=manager, now=made)


def _state(shop: Shop, finance: Actor, now: datetime) -> None:
    """The statement agrees with most orders; one amount differs, some are missing on either side."""
    batch = statements.open_batch_of(shop.pk)
    ours = sorted(statements.ours(batch).items())
    day: date = batch.ends_on
    rows = [Stated(key, amount, day, (amount / 100).quantize(Decimal("0.01"))) for key, amount in ours[3:]]
    rows += [Stated(ours[0][0], ours[0][1] - 5, day), Stated("TM-UNKNOWN-1", Decimal("88.00"), day)]
    parsed = [ParsedRow(number, row) for number, row in enumerate(rows, start=2)]
    import_statement(rows=parsed, write=True, shop_id=shop.pk, actor=finance, now=now)
    compare(batch_id=batch.pk, actor=finance, now=now)
    differences.resolve_many(
        batch_id=batch.pk, kind=DifferenceKind.MISSING_THERE, reason="平台下期结算", actor=finance, now=now
    )


def _pay(finance: Actor, now: datetime) -> None:
    """Of the refunds of cancelled orders some are paid, one has failed; the rest waits."""
    keys = list(refund_queries.to_pay(finance).values_list("pk", flat=True))
    for number, key in enumerate(keys[: len(keys) // 2]):
        reference = f"2026{now:%m%d}{number:06d}"
        refunds.pay_refund(refund_id=key, reference=reference, actor=finance, now=now - _OPEN)
    if len(keys) > 1:
        refunds.fail_refund(refund_id=keys[-1], reason="买家支付账户已注销", actor=finance, now=now)


def _owe(order_ids: Sequence[int], manager: Actor, now: datetime) -> None:
    """Small compensations, paid; a large refund that waits for approval, and one that was refused."""
    supervisor = _actor(Role.OPERATIONS_SUPERVISOR)
    finance = _actor(Role.FINANCE)
    with transaction.atomic():
        orders = steps.lock_orders(order_ids[-400:], SYSTEM)
        large = [order for order in orders if order.paid_amount > _BIG][:2]
        for number, order in enumerate(orders[:4]):
            claim = refunds.Claim(Decimal("8.00"), RefundSource.COMPENSATION, f"demo:{order.pk}", reason="包装破损补偿")
            owed = refunds.owe(order, claim, actor=supervisor, now=now - _OPEN)
            refunds.pay_refund(refund_id=owed.pk, reference=f"BC{number:06d}", actor=finance, now=now - _OPEN)
        for number, order in enumerate(large):
            claim = refunds.Claim(_BIG, RefundSource.CORRECTION, f"demo:big:{order.pk}", reason="多收货款")
            owed = refunds.owe(order, claim, actor=supervisor, now=now)
            if number:
                refunds.reject_refund(refund_id=owed.pk, reason="核对后未多收", actor=manager, now=now)


def _contact(now: datetime) -> None:
    """Of the customers who have not confirmed: one is called back, one was not reached, one wants to return."""
    said = (
        (ContactOutcome.CALL_BACK, "顾客出差，约明天再联系", now + _DAY),
        (ContactOutcome.UNREACHABLE, "", None),
        (ContactOutcome.WANTS_RETURN, "尺码偏小，想退货", None),
    )
    for key, (outcome, note, back) in zip(aftercare.open_tasks(), said, strict=False):
        contact_tasks.record_outcome(task_id=key, outcome=outcome, note=note, call_back_at=back, actor=SYSTEM, now=now)


def _ask(manager: Actor, now: datetime) -> None:
    """Answers of every kind; some contacts are late."""
    run_at(name="orders.ask_satisfaction", now=now - 3 * _DAY)
    run_at(name="orders.ask_satisfaction", now=now)
    agent = _actor(Role.CUSTOMER_SERVICE)
    answers = (
        (SatisfactionOutcome.SATISFIED, 5, "很满意，会再买"),
        (SatisfactionOutcome.COMPLAINT, 2, "杯盖有划痕"),
        (SatisfactionOutcome.COMPLAINT, 1, "颜色发错了"),
        (SatisfactionOutcome.NOT_REACHED, None, ""),
    )
    for number, (key, (outcome, stars, note)) in enumerate(zip(aftercare.open_contacts(), answers, strict=False)):
        satisfaction.record_answer(contact_id=key, outcome=outcome, stars=stars, note=note, actor=agent, now=now)
        if number == 1:
            satisfaction.remedy(contact_id=key, remedy="已补寄新杯盖，顾客满意", actor=manager, now=now)
    run_at(name="orders.invite_reviews", now=now)
