"""Opening, missing and signing rounds, and what becomes of their orders."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.common.errors import NotFound
from opsdesk.duties.models import DutyRun
from opsdesk.duties.services import sync_duties, tick
from opsdesk.inbox.models import WorkItem
from opsdesk.shops.models import Shop
from orders.models import CheckRound, CheckRoundItem, Order
from orders.services.changes import cancel_order
from orders.services.release import release_orders
from orders.services.reservations import fill_stock_holds
from orders.services.rounds.auto_confirm import confirm_clean_orders
from orders.services.rounds.rounds import open_rounds, sign_round, turn_late
from tests.builders import a_shop, a_sku, an_actor, an_order, an_order_body, stock_up
from tests.builders.rounds import a_round
from tests.builders.times import at
from tests.kit.rows import row_counts


@pytest.fixture
def shop(db: None) -> Any:
    return a_shop()


@pytest.fixture
def sku(shop: Any) -> Any:
    return a_sku(shop, on_hand=50)


def rounds() -> list[tuple[str, str, str, bool]]:
    found = CheckRound.objects.order_by("expected_at", "shop__code")
    return [(round_.shop.code, round_.slot, round_.state, round_.late) for round_ in found]


def items(round_: CheckRound) -> list[tuple[int, str, bool, bool]]:
    found = CheckRoundItem.objects.filter(round=round_).order_by("order")
    return [(item.order_id, item.decision, item.rolled_over, item.rolled_on_at is not None) for item in found]


def test_every_open_shop_has_its_round_and_a_closed_one_has_none(shop: Any) -> None:
    a_shop("douyin-01")
    closed = a_shop("closed-01")
    Shop.objects.filter(pk=closed.pk).update(is_open=False)

    assert open_rounds(slot=at(9), actor=SYSTEM, now=at(9)) == 2
    assert rounds() == [("douyin-01", "09:00", "open", False), ("tmall-01", "09:00", "open", False)]


def test_opening_a_slot_again_changes_nothing(shop: Any, sku: Any) -> None:
    an_order()
    a_round(shop)
    an_order()
    before = row_counts()

    assert open_rounds(slot=at(9), actor=SYSTEM, now=at(9, 1)) == 0
    assert row_counts() == before


def test_the_snapshot_holds_what_is_pending_in_the_shop(shop: Any, sku: Any) -> None:
    pending, released, cancelled = an_order(), an_order(), an_order()
    release_orders(order_ids=[released.pk], actor=SYSTEM, now=at(8))
    cancel_order(order_id=cancelled.pk, reason="x", actor=SYSTEM, now=at(8))

    assert items(a_round(shop)) == [(pending.pk, "", False, False)]


@pytest.mark.parametrize(
    ("now", "late", "state"),
    [(at(9, 2), False, "open"), (at(9, 3), True, "late"), (at(9, 40), True, "late")],
)
def test_a_round_that_is_caught_up_is_late_from_the_start(shop: Any, now: Any, late: bool, state: str) -> None:
    round_ = a_round(shop, now=now)

    assert (round_.state, round_.late, round_.opened_at, round_.sign_by) == (state, late, now, at(9, 30))


def test_an_unsigned_round_turns_late_after_its_time(shop: Any) -> None:
    a_round(shop)

    assert (turn_late(actor=SYSTEM, now=at(9, 30)), rounds()) == (0, [("tmall-01", "09:00", "open", False)])
    assert (turn_late(actor=SYSTEM, now=at(9, 31)), rounds()) == (1, [("tmall-01", "09:00", "late", True)])
    assert turn_late(actor=SYSTEM, now=at(9, 32)) == 0


@pytest.mark.parametrize(("now", "late"), [(at(9, 30), False), (at(9, 31), True)])
def test_a_late_signature_is_a_late_round_before_the_duty_has_said_so(shop: Any, now: Any, late: bool) -> None:
    round_ = a_round(shop)

    sign_round(round_id=round_.pk, actor=an_actor(Role.CUSTOMER_SERVICE), now=now)

    assert rounds() == [("tmall-01", "09:00", "signed_off", late)]


def test_an_unsigned_round_is_missed_when_the_next_opens_and_its_orders_roll_over(shop: Any, sku: Any) -> None:
    old = an_order()
    first = a_round(shop)
    new = an_order()

    second = a_round(shop, slot=at(14))

    assert rounds() == [("tmall-01", "09:00", "missed", True), ("tmall-01", "14:00", "open", False)]
    assert items(first) == [(old.pk, "", False, True)]
    assert items(second) == [(old.pk, "", True, False), (new.pk, "", False, False)]
    outcomes = WorkItem.objects.filter(kind="orders.check_round").order_by("id").values_list("subject_id", "outcome")
    assert list(outcomes) == [(first.public_id, "missed"), (second.public_id, "")]


def test_a_signed_round_stays_signed_when_the_next_opens(shop: Any) -> None:
    sign_round(round_id=a_round(shop).pk, actor=an_actor(Role.CUSTOMER_SERVICE), now=at(9, 5))
    a_round(shop, slot=at(14))

    assert rounds() == [("tmall-01", "09:00", "signed_off", False), ("tmall-01", "14:00", "open", False)]


def test_a_slot_that_is_caught_up_after_a_later_one_is_missed_at_once(shop: Any, sku: Any) -> None:
    an_order()
    later = a_round(shop, slot=at(14))

    earlier = a_round(shop, slot=at(9), now=at(14, 1))

    assert rounds() == [("tmall-01", "09:00", "missed", True), ("tmall-01", "14:00", "open", False)]
    assert (items(earlier), len(items(later))) == ([], 1)
    assert WorkItem.objects.filter(subject_id=earlier.public_id).count() == 0


def test_what_is_decided_elsewhere_counts_as_decided(shop: Any, sku: Any) -> None:
    released, cancelled = an_order(), an_order()
    round_ = a_round(shop)

    release_orders(order_ids=[released.pk], actor=SYSTEM, now=at(9, 5))
    cancel_order(order_id=cancelled.pk, reason="x", actor=SYSTEM, now=at(9, 5))

    assert items(round_) == [(released.pk, "release", False, False), (cancelled.pk, "cancel", False, False)]


@pytest.mark.parametrize(("status", "decision"), [("cancelled", "cancel"), ("processing", "release")])
def test_an_order_that_went_while_the_round_opened_does_not_block_the_signature(
    shop: Any, sku: Any, status: str, decision: str
) -> None:
    order = an_order()
    round_ = a_round(shop)
    Order.objects.filter(pk=order.pk).update(status=status)

    sign_round(round_id=round_.pk, actor=an_actor(Role.CUSTOMER_SERVICE), now=at(9, 5))

    assert items(round_) == [(order.pk, decision, False, False)]


def test_a_signed_round_keeps_its_decisions(shop: Any, sku: Any) -> None:
    order = an_order()
    round_ = a_round(shop)
    sign_round(round_id=round_.pk, actor=an_actor(Role.CUSTOMER_SERVICE), now=at(9, 5))

    cancel_order(order_id=order.pk, reason="x", actor=SYSTEM, now=at(10))

    assert items(round_) == [(order.pk, "release", False, False)]


def test_missed_slots_are_caught_up_in_order_and_marked_late(shop: Any) -> None:
    sync_duties(now=at(8, 30))

    tick(now=at(14, 20))

    runs = DutyRun.objects.filter(duty="orders.run_check_round").order_by("slot").values_list("slot", "late", "outcome")
    assert list(runs) == [(at(9), True, "done"), (at(14), True, "done")]
    assert rounds() == [("tmall-01", "09:00", "missed", True), ("tmall-01", "14:00", "late", True)]


def test_auto_confirm_releases_clean_orders_only_where_the_shop_switched_it_on(shop: Any, sku: Any) -> None:
    other = a_shop("douyin-01")
    a_sku(other, code="D-1", on_hand=5)
    Shop.objects.filter(pk=shop.pk).update(auto_confirm=True)
    clean, unpaid = an_order(), an_order(payment={"status": "unpaid"})
    price = an_order(lines=[{"sku": "TS-RED-M", "quantity": 1, "unit_price": "79.00", "discount": "0.00"}])
    elsewhere = an_order("D-1", 1, shop="douyin-01")

    assert confirm_clean_orders(actor=SYSTEM, now=at(9, 1)) == 1
    assert confirm_clean_orders(actor=SYSTEM, now=at(9, 2)) == 0
    statuses = {order.pk: order.status for order in Order.objects.all()}
    assert statuses == {clean.pk: "processing", unpaid.pk: "pending", price.pk: "pending", elsewhere.pk: "pending"}


def test_rounds_cost_the_same_statements_for_one_order_and_for_many(shop: Any, sku: Any) -> None:
    clerk, counts = an_actor(Role.CUSTOMER_SERVICE), []
    for slot, orders in ((at(9), 1), (at(14), 12)):
        for number in range(orders):  # every buyer lives somewhere else: many to one address would be doubtful
            home = an_order_body()["address"] | {"phone": f"138000000{number:02}", "street": f"科技园路{number}号"}
            an_order(quantity=1, address=home)
        with CaptureQueriesContext(connection) as statements:
            round_ = a_round(shop, slot=slot)
            sign_round(round_id=round_.pk, actor=clerk, now=slot)
        counts.append(len(statements))

    assert counts[0] == counts[1]


def test_another_shops_round_is_not_signed(shop: Any) -> None:
    round_ = a_round(shop)
    stranger = an_actor(Role.CUSTOMER_SERVICE, shops=[a_shop("douyin-01")])

    with pytest.raises(NotFound), transaction.atomic():
        sign_round(round_id=round_.pk, actor=stranger, now=at(9, 5))

    assert rounds() == [("tmall-01", "09:00", "open", False)]


def test_an_order_that_waited_for_stock_is_clean_when_it_has_its_pieces(shop: Any, sku: Any) -> None:
    Shop.objects.filter(pk=shop.pk).update(short_stock_policy="hold")
    order = an_order(quantity=51)
    stock_up(sku, 1)

    assert fill_stock_holds(now=at(8, 59)) == 1
    sign_round(round_id=a_round(shop).pk, actor=an_actor(Role.CUSTOMER_SERVICE), now=at(9, 5))

    order.refresh_from_db()
    assert order.status == "processing"
