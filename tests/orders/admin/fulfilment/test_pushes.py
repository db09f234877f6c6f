"""Released orders go to the warehouse system by themselves; what it does not take over becomes work."""

from datetime import timedelta
from typing import Any

import pytest

from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from opsdesk.common.actors import SYSTEM
from opsdesk.inbox.kinds import REGISTER
from opsdesk.inbox.models import WorkItem
from opsdesk.shops.models import Shop
from orders.enums.fulfilment import PushState
from orders.enums.orders import HoldCode
from orders.models import WarehousePush, WarehouseRecall
from orders.services.changes import cancel_order
from orders.services.fulfilment import pushes
from orders.services.holds import hold_order, release_hold
from tests.builders import NOW, a_released_order, a_sku, an_order
from tests.builders.warehouse import a_gift_rule, a_packing_rule
from tests.kit.browser import Staff, text_of
from tests.kit.duties import run
from tests.kit.rows import row_counts
from tests.kit.warehouse_system import SECRET, warehouse_system

pytestmark = pytest.mark.usefixtures("clock")
PUSH, MINUTE = "orders.push_orders", timedelta(minutes=1)


@pytest.fixture
def system(db: None, settings: Any) -> Any:
    with warehouse_system() as peer:
        settings.WMS_URL, settings.WMS_SECRET, settings.OUTBOUND_ALLOW_PRIVATE = peer.url, SECRET, True
        yield peer


@pytest.fixture
def goods(shop: Any) -> Any:
    return a_sku(shop, code="B-2", on_hand=30)


def push() -> WarehousePush:
    return WarehousePush.objects.get()


@pytest.mark.sop("O6")
def test_a_clean_order_goes_out_without_a_hand_and_a_held_one_does_not(system: Any, shop: Any, goods: Any) -> None:
    Shop.objects.update(auto_confirm=True)
    clean, doubtful = an_order("B-2", 2), an_order("B-2", 1)
    hold_order(order_id=doubtful.pk, code=HoldCode.RISK, reason="odd", actor=SYSTEM, now=NOW)

    run("orders.auto_confirm", NOW)
    run(PUSH, NOW)

    row = push()
    assert (row.order_id, row.state, row.reference, row.answered_at, row.attempts) == (clean.pk, "confirmed", "WMS-1", NOW, 1)
    [said] = system.got
    assert (said["number"], said["warehouses"], said["lines"][0]["quantity"]) == (clean.number, ["sz-01"], 2)
    assert (said["recipient"]["phone"], system.keys) == ("+8613800000000", [row.public_id])
    run(PUSH, NOW + MINUTE)
    assert len(system.got) == 1


@pytest.mark.sop("O6", refused=True)
def test_an_order_held_after_its_release_waits(system: Any, goods: Any) -> None:
    order = a_released_order("B-2", 1)
    hold_order(order_id=order.pk, code=HoldCode.RISK, reason="odd", actor=SYSTEM, now=NOW)

    run(PUSH, NOW)

    assert (system.got, WarehousePush.objects.count()) == ([], 0)
    release_hold(order_id=order.pk, code=HoldCode.RISK, reason="", actor=SYSTEM, now=NOW)
    run(PUSH, NOW + MINUTE)
    assert push().state == "confirmed"


@pytest.mark.sop("O6")
def test_a_rejected_order_becomes_work_and_is_sent_again(system: Any, shop: Any, goods: Any) -> None:
    order = a_released_order("B-2", 1)
    system.status, system.answer = 422, {"reason": "unknown SKU B-2"}
    run(PUSH, NOW)

    row, item = push(), WorkItem.objects.get(kind="orders.push_failed")
    assert (row.state, row.last_error, item.params["reason"]["message"]) == ("rejected", "unknown SKU B-2", "unknown SKU B-2")
    keeper = Staff(Role.WAREHOUSE)
    assert keeper.client.get(REGISTER[item.kind].url(item.subject_id)).status_code == 200
    assert "Rejected" in text_of(keeper.open("orders_order_change", order.pk))
    keeper.command("warehousepush", row.pk, "retry", reason="SKU entered there")
    system.status, system.answer = 200, {"status": "accepted", "reference": "WMS-9"}
    run(PUSH, NOW + MINUTE)

    row, item = push(), WorkItem.objects.get(kind="orders.push_failed")
    assert (row.state, row.reference, item.outcome) == ("confirmed", "WMS-9", "retry")
    assert system.keys[0] == system.keys[1]
    trail = AuditEntry.objects.filter(subject_id=row.public_id).order_by("id").values_list("action", flat=True)
    assert list(trail) == ["orders.push_rejected", "orders.push_waiting", "orders.push_confirmed"]


def test_no_answer_is_tried_again_later_and_later_and_given_up(system: Any, goods: Any) -> None:
    a_released_order("B-2", 1)
    system.status = 503
    waits, at = [], NOW
    for _ in range(5):
        run(PUSH, at)
        row = push()
        if row.next_try_at:
            run(PUSH, row.next_try_at - MINUTE)  # not yet
            waits.append((row.next_try_at - at) // MINUTE)
            at = row.next_try_at

    assert (waits, len(system.got), push().state, push().next_try_at) == ([2, 4, 8, 16], 5, "unanswered", None)
    assert WorkItem.objects.get(kind="orders.push_failed").params["reason"]["message"] == "HTTP 503"
    Staff(Role.WAREHOUSE).command("warehousepush", push().pk, "settle", reason="sent as a table")
    assert (push().state, WorkItem.objects.get(kind="orders.push_failed").outcome) == ("settled", "settle")


def test_a_system_that_cannot_be_reached_says_nothing_of_the_order(system: Any, settings: Any, goods: Any) -> None:
    a_released_order("B-2", 1)
    settings.WMS_URL = "http://127.0.0.1:9/orders"

    run(PUSH, NOW)

    assert (push().state, push().last_error, push().answered_at) == ("waiting", "unreachable", None)


def test_a_reply_that_comes_after_the_end_changes_nothing(system: Any, goods: Any) -> None:
    a_released_order("B-2", 1)
    run(PUSH, NOW)
    before = row_counts()

    pushes.record_reply(push_id=push().pk, reply=pushes.Reply(PushState.REJECTED, reason="late"), now=NOW)

    assert (push().state, push().last_error, row_counts()) == ("confirmed", "", before)


def test_gifts_and_papers_are_told(system: Any, shop: Any, goods: Any) -> None:
    a_gift_rule(a_sku(shop, code="CUP", on_hand=1))
    a_packing_rule(sku=goods, warranty=True, no_bending=True)
    a_released_order("B-2", 2)

    run(PUSH, NOW)

    [said] = system.got
    assert [(gift["sku"], gift["quantity"]) for gift in said["gifts"]] == [("CUP", 1)]
    assert said["enclose"] == {"manual": False, "warranty": True}
    assert said["marks"] == {"fragile": False, "no_bending": True}


def test_what_is_cancelled_before_it_went_out_is_withdrawn(system: Any, goods: Any) -> None:
    order = a_released_order("B-2", 1)
    pushes.queue_released(limit=10, now=NOW)
    cancel_order(order_id=order.pk, reason="", actor=SYSTEM, now=NOW)

    run(PUSH, NOW + 2 * MINUTE)

    assert (push().state, len(system.got), WarehouseRecall.objects.count()) == ("withdrawn", 0, 0)


def test_without_a_warehouse_system_nothing_is_queued(db: None, goods: Any) -> None:
    a_released_order("B-2", 1)

    run(PUSH, NOW)

    assert WarehousePush.objects.count() == 0


@pytest.mark.sop("O6", refused=True)
@pytest.mark.parametrize("role", [Role.CUSTOMER_SERVICE, Role.TECHNICAL])
def test_other_desks_settle_nothing_and_a_confirmed_one_is_done(system: Any, goods: Any, role: Role) -> None:
    a_released_order("B-2", 1)
    run(PUSH, NOW)
    other, keeper = Staff(role), Staff(Role.WAREHOUSE)
    before = row_counts()

    stranger = other.command("warehousepush", push().pk, "retry", reason="x")
    done = keeper.command("warehousepush", push().pk, "retry", reason="x")

    assert stranger.status_code in (403, 404)
    assert (done.status_code, "retry is not possible in state confirmed." in text_of(done)) == (422, True)
    assert row_counts() == before
