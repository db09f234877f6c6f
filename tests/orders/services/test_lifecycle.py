"""Every step of an order from every state, through the services."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from opsdesk.common.actors import SYSTEM
from opsdesk.common.errors import DomainError, IllegalTransition, NotFound
from orders.enums.orders import HoldCode, OrderStatus
from orders.errors import AlreadyShipped
from orders.models import Order
from orders.rules.intake.draft import DraftAddress
from orders.rules.lifecycle import ORDER_LIFECYCLE
from orders.services import steps
from orders.services.changes import cancel_order, change_address
from orders.services.holds import hold_order, release_hold
from orders.services.intake.noting import note_order
from orders.services.payment import Receipt, mark_paid
from orders.services.release import release_orders
from tests.builders import NOW, a_shop, a_sku, an_order
from tests.kit.rows import row_counts

S = OrderStatus
ADDRESS = DraftAddress("李四", "+8613900001111", "浙江省", "杭州市", "西湖区", "文三路2号")
OPEN = {S.PENDING, S.PROCESSING, S.READY_TO_SHIP}

SERVICES: dict[str, Callable[[int], Any]] = {
    "hold": lambda pk: hold_order(order_id=pk, code=HoldCode.PRICE, reason="", actor=SYSTEM, now=NOW),
    "release_hold": lambda pk: release_hold(order_id=pk, code=HoldCode.RISK, reason="", actor=SYSTEM, now=NOW),
    "release": lambda pk: release_orders(order_ids=[pk], actor=SYSTEM, now=NOW),
    "cancel": lambda pk: cancel_order(order_id=pk, reason="x", actor=SYSTEM, now=NOW),
    "change_address": lambda pk: change_address(order_id=pk, address=ADDRESS, actor=SYSTEM, now=NOW),
    "note": lambda pk: note_order(order_id=pk, seller_note="n", flag="red", actor=SYSTEM, now=NOW),
    "mark_paid": lambda pk: mark_paid(order_id=pk, receipt=Receipt(Decimal("198.00")), actor=SYSTEM, now=NOW),
}
TARGETS: dict[str, dict[str, str | None]] = {
    "hold": dict.fromkeys(OPEN, None),
    "release_hold": dict.fromkeys(OPEN, None),
    "release": {S.PENDING: S.PROCESSING},
    "cancel": dict.fromkeys(OPEN, S.CANCELLED),
    "change_address": dict.fromkeys(OPEN, None),
    "mark_paid": dict.fromkeys(OPEN | {S.SHIPPED}, None),
    "allocate": {S.PENDING: None, S.PROCESSING: None},
    "pack": {S.PROCESSING: S.READY_TO_SHIP},
    "ship": {S.READY_TO_SHIP: S.SHIPPED},
    "confirm_receipt": {S.SHIPPED: S.COMPLETED},
    "ship_part": {S.READY_TO_SHIP: None},
    "cancel_rest": {S.READY_TO_SHIP: S.SHIPPED},
    "intercept": {S.READY_TO_SHIP: None, S.SHIPPED: None},
    "contact": dict.fromkeys(OPEN, None),
    "note": dict.fromkeys(set(S), None),
    "promise": dict.fromkeys(OPEN, None),
    "compare": {S.PENDING: None},
}


def an_order_in(status: str, step: str) -> Order:
    a_sku(a_shop(), on_hand=10)
    order = an_order(payment={"status": "cod"})
    if step == "release_hold":
        SERVICES["hold"](order.pk)
        hold_order(order_id=order.pk, code=HoldCode.RISK, reason="", actor=SYSTEM, now=NOW)
    Order.objects.filter(pk=order.pk).update(status=status)
    return order


@pytest.mark.sop("O7")
@pytest.mark.parametrize("step", SERVICES)
@pytest.mark.parametrize("status", OrderStatus.values)
def test_each_step_is_taken_only_from_its_states(db: None, status: str, step: str) -> None:
    order = an_order_in(status, step)
    targets, before = TARGETS[step], row_counts()

    if status in targets:
        SERVICES[step](order.pk)
        assert Order.objects.get(pk=order.pk).status == (targets[status] or status)
    else:
        gone = status == S.SHIPPED and step in {"cancel", "change_address"}
        with pytest.raises(DomainError) as refusal, transaction.atomic():
            SERVICES[step](order.pk)
        assert type(refusal.value) is (AlreadyShipped if gone else IllegalTransition)
        assert (row_counts(), Order.objects.get(pk=order.pk).status) == (before, status)


@pytest.mark.parametrize("step", ORDER_LIFECYCLE.transitions)
@pytest.mark.parametrize("status", OrderStatus.values)
def test_the_table_leads_where_the_sop_says(db: None, status: str, step: str) -> None:
    a_sku(a_shop(), on_hand=10)
    order = an_order()
    Order.objects.filter(pk=order.pk).update(status=status)
    orders = steps.lock_orders([order.pk], SYSTEM)

    if status in TARGETS[step]:
        assert steps.enter(orders, step, SYSTEM).target == TARGETS[step][status]
    else:
        with pytest.raises(IllegalTransition):
            steps.enter(orders, step, SYSTEM)


def test_another_shops_order_is_not_there(db: None) -> None:
    order = an_order_in(S.PENDING, "hold")
    stranger = replace(SYSTEM, shop_ids=frozenset({a_shop("douyin-01").pk}))

    with pytest.raises(NotFound), transaction.atomic():
        steps.lock_orders([order.pk], stranger)
