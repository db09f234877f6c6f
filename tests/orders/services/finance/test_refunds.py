"""The refund ledger: never more than was paid, above the limit by two people, paid once."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from opsdesk.common.actors import SYSTEM
from opsdesk.common.errors import Forbidden, IllegalTransition, Invalid, NotFound
from opsdesk.inbox.models import WorkItem
from opsdesk.webhooks.models import Event
from orders.enums.finance import RefundSource
from orders.errors import RefundExceedsPaid
from orders.models import Order, Refund
from orders.services.changes import cancel_order
from orders.services.finance import refunds
from orders.services.finance.refunds import Claim
from tests.builders import NOW, a_shop, a_sku, an_actor, an_order
from tests.kit.rows import row_counts


@pytest.fixture
def order(db: None) -> Order:
    a_sku(a_shop(), on_hand=20)
    return an_order()  # 198.00 paid


def owed(order: Order, amount: str, key: str = "k", **more: Any) -> Refund:
    order.refresh_from_db()
    claim = Claim(Decimal(amount), RefundSource.COMPENSATION, key, **more)
    return refunds.owe(order, claim, actor=SYSTEM, now=NOW)


def sums(order: Order) -> tuple[str, str, str]:
    order.refresh_from_db()
    return f"{order.owed_amount}", f"{order.refunded_amount}", order.payment_status


def test_a_refund_is_owed_once_then_paid(order: Order) -> None:
    finance = an_actor(Role.FINANCE)
    refund = owed(order, "98.00", reason="late")

    assert owed(order, "98.00") == refund
    assert sums(order) == ("98.00", "0.00", "paid")
    assert WorkItem.objects.get(subject_id=refund.public_id).kind == refunds.PAY

    refunds.pay_refund(refund_id=refund.pk, reference=" A1 ", actor=finance, now=NOW)

    refund.refresh_from_db()
    assert (refund.state, refund.reference, refund.paid_at) == ("succeeded", "A1", NOW)
    assert sums(order) == ("0.00", "98.00", "partially_refunded")
    assert not WorkItem.objects.filter(subject_id=refund.public_id, closed_at=None).exists()
    assert Event.objects.filter(type="refund.succeeded").get().data["amount"] == "98.00"
    assert list(AuditEntry.objects.filter(subject_id=refund.public_id).order_by("id").values_list("action", flat=True)) == [
        "orders.refund_owed",
        "orders.refund_pay",
    ]
    rest = owed(order, "100.00", key="rest")
    refunds.pay_refund(refund_id=rest.pk, reference="A2", actor=finance, now=NOW)
    assert sums(order) == ("0.00", "198.00", "refunded")


@pytest.mark.parametrize("amount", ["0.00", "-1.00"])
def test_nothing_is_no_refund(order: Order, amount: str) -> None:
    with pytest.raises(Invalid), transaction.atomic():
        owed(order, amount)


def test_never_more_than_was_paid(order: Order) -> None:
    owed(order, "100.00")
    before = row_counts()

    with pytest.raises(RefundExceedsPaid) as refused, transaction.atomic():
        owed(order, "98.01", key="more")

    assert refused.value.params == {"refundable": "98.00"}
    assert row_counts() == before
    assert owed(order, "98.00", key="just right").state == "to_pay"
    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(refunded_amount=Decimal("0.01"))


def test_above_the_limit_another_person_approves(order: Order) -> None:
    Order.objects.filter(pk=order.pk).update(paid_amount=Decimal("900.00"))
    order.refresh_from_db()
    author, other = an_actor(Role.OPERATIONS_SUPERVISOR), an_actor(Role.OPERATIONS_MANAGER)
    claim = Claim(Decimal("500.01"), RefundSource.RETURN, "big")
    refund = refunds.owe(order, claim, actor=author, now=NOW)

    assert refund.state == "awaiting_approval"
    assert WorkItem.objects.get(subject_id=refund.public_id).kind == refunds.APPROVE
    for step in (refunds.approve_refund, lambda **given: refunds.reject_refund(reason="no", **given)):
        with pytest.raises(Forbidden), transaction.atomic():
            step(refund_id=refund.pk, actor=author, now=NOW)
    with pytest.raises(IllegalTransition), transaction.atomic():
        refunds.pay_refund(refund_id=refund.pk, reference="A", actor=an_actor(Role.FINANCE), now=NOW)

    refunds.approve_refund(refund_id=refund.pk, actor=other, now=NOW)

    refund.refresh_from_db()
    assert (refund.state, refund.approver_id) == ("to_pay", other.staff_id)
    assert WorkItem.objects.get(subject_id=refund.public_id, closed_at=None).kind == refunds.PAY


def test_a_rejected_refund_is_owed_no_more(order: Order) -> None:
    Order.objects.filter(pk=order.pk).update(paid_amount=Decimal("900.00"))
    refund = owed(order, "600.00")
    boss = an_actor(Role.OPERATIONS_MANAGER)

    with pytest.raises(Invalid), transaction.atomic():
        refunds.reject_refund(refund_id=refund.pk, reason=" ", actor=boss, now=NOW)
    refunds.reject_refund(refund_id=refund.pk, reason="no evidence", actor=boss, now=NOW)

    assert sums(order)[0] == "0.00"
    refund.refresh_from_db()
    assert refund.state == "cancelled"


def test_a_failed_payment_is_tried_again(order: Order) -> None:
    finance = an_actor(Role.FINANCE)
    refund = owed(order, "198.00")

    refunds.fail_refund(refund_id=refund.pk, reason="account closed", actor=finance, now=NOW)
    assert sums(order) == ("0.00", "0.00", "paid")
    assert Event.objects.get(type="refund.failed").data["failure"] == "account closed"
    refunds.retry_refund(refund_id=refund.pk, actor=finance, now=NOW)
    assert sums(order)[0] == "198.00"

    refunds.fail_refund(refund_id=refund.pk, reason="again", actor=finance, now=NOW)
    owed(order, "1.00", key="meanwhile")
    with pytest.raises(RefundExceedsPaid), transaction.atomic():
        refunds.retry_refund(refund_id=refund.pk, actor=finance, now=NOW)


def test_only_finance_pays_and_only_what_is_there(order: Order) -> None:
    refund = owed(order, "1.00")

    with pytest.raises(Forbidden), transaction.atomic():
        refunds.pay_refund(refund_id=refund.pk, reference="A", actor=an_actor(Role.CUSTOMER_SERVICE), now=NOW)
    finance = an_actor(Role.FINANCE)
    with pytest.raises(NotFound), transaction.atomic():
        refunds.pay_refund(refund_id=refund.pk + 1, reference="A", actor=finance, now=NOW)
    with pytest.raises(Invalid), transaction.atomic():
        refunds.pay_refund(refund_id=refund.pk, reference=" ", actor=finance, now=NOW)


def test_a_cancelled_order_is_paid_back(order: Order) -> None:
    cancel_order(order_id=order.pk, reason="changed my mind", actor=an_actor(Role.CUSTOMER_SERVICE), now=NOW)

    refund = Refund.objects.get()
    assert (refund.order, refund.amount, refund.source, refund.state) == (order, Decimal("198.00"), "cancellation", "to_pay")
    assert sums(order)[0] == "198.00"
