"""An order that the warehouse system has taken over is cancelled when it could be stopped, and not before."""

from datetime import timedelta
from typing import Any

import pytest

from catalog.models import Reservation
from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from opsdesk.common.actors import SYSTEM
from opsdesk.common.errors import NotFound
from opsdesk.inbox.kinds import REGISTER
from opsdesk.inbox.models import WorkItem
from opsdesk.webhooks.models import Event
from orders.enums.fulfilment import RecallState
from orders.models import Interception, Order, Refund, WarehousePush, WarehouseRecall
from orders.rules.fulfilment.pushes import RecallReply
from orders.services.carriers.registry import sync_carriers
from orders.services.changes import cancel_order
from orders.services.fulfilment import recalls
from tests.builders import NOW, a_released_order, a_sku, a_tracking_no
from tests.kit.browser import Staff, text_of
from tests.kit.duties import run
from tests.kit.rows import row_counts
from tests.kit.warehouse_system import SECRET, warehouse_system

pytestmark = pytest.mark.usefixtures("clock")
PUSH, RECALL, MINUTE = "orders.push_orders", "orders.recall_orders", timedelta(minutes=1)
TOO_LATE = {"status": "too_late", "reason": "loaded"}


@pytest.fixture
def system(db: None, settings: Any) -> Any:
    with warehouse_system() as peer:
        settings.WMS_URL, settings.WMS_SECRET, settings.OUTBOUND_ALLOW_PRIVATE = peer.url, SECRET, True
        yield peer


@pytest.fixture
def order(shop: Any, system: Any) -> Order:
    """An order that the warehouse system has taken over."""
    a_sku(shop, code="B-2", on_hand=30)
    made = a_released_order("B-2", 2)
    run(PUSH, NOW)
    return made


def recall() -> WarehouseRecall:
    return WarehouseRecall.objects.select_related("order").get()


def cancelled(order: Order, staff: Staff | None = None) -> Any:
    return (staff or Staff(Role.CUSTOMER_SERVICE)).command("order", order.pk, "cancel", reason="changed my mind")


@pytest.mark.sop("O18")
def test_the_order_is_cancelled_when_the_warehouse_has_stopped_it(system: Any, order: Order) -> None:
    cancelled(order)

    order.refresh_from_db()
    assert (order.status, recall().state, Refund.objects.count(), Reservation.objects.count()) == (
        "processing",
        "waiting",
        0,
        1,
    )
    system.answer = {"status": "cancelled"}
    run(RECALL, NOW + MINUTE)

    order.refresh_from_db()
    assert (order.status, recall().state, recall().answered_at) == ("cancelled", "stopped", NOW + MINUTE)
    assert (Refund.objects.get().amount, Reservation.objects.count()) == (order.paid_amount, 0)
    said = {"action": "cancel", "id": order.public_id, "number": order.number, "shop": order.shop.code}
    assert system.got[-1] == said | {"external_id": order.external_id}
    assert system.keys[-1] == recall().public_id
    assert Event.objects.filter(type="order.cancelled").count() == 1
    page = text_of(Staff(Role.CUSTOMER_SERVICE).open("orders_order_change", order.pk))
    assert "Stopped in the warehouse" in page
    trail = AuditEntry.objects.filter(subject_id=recall().public_id).order_by("id").values_list("action", flat=True)
    assert list(trail) == ["orders.recall_asked", "orders.recall_stopped"]
    run(RECALL, NOW + 2 * MINUTE)
    assert len(system.got) == 2


@pytest.mark.sop("O18", refused=True)
def test_the_warehouse_is_asked_once(system: Any, order: Order) -> None:
    service = Staff(Role.CUSTOMER_SERVICE)
    cancelled(order, service)
    before = row_counts()

    again = cancelled(order, service)

    said = "The warehouse was asked already to stop this order"
    assert (again.status_code, said in text_of(again), row_counts()) == (422, True, before)


@pytest.mark.sop("O18")
def test_what_is_too_late_is_settled_with_the_customer(system: Any, order: Order) -> None:
    cancelled(order)
    system.answer = TOO_LATE
    run(RECALL, NOW)

    order.refresh_from_db()
    item = WorkItem.objects.get(kind="orders.recall_too_late")
    assert (order.status, recall().state, recall().last_error, item.closed_at) == ("processing", "too_late", "loaded", None)
    service = Staff(Role.CUSTOMER_SERVICE)
    assert service.client.get(REGISTER[item.kind].url(item.subject_id)).status_code == 200
    service.command("warehouserecall", recall().pk, "settle", reason="keeps it")

    item.refresh_from_db()
    assert (recall().state, item.outcome, Refund.objects.count()) == ("settled", "settled", 0)


@pytest.mark.parametrize("answered", [True, False])
def test_what_leaves_all_the_same_is_stopped_on_its_way(system: Any, order: Order, answered: bool) -> None:
    cancelled(order)
    system.answer = TOO_LATE
    if answered:
        run(RECALL, NOW)
    sync_carriers()
    keeper = Staff(Role.WAREHOUSE)
    keeper.command("order", order.pk, "pack", appearance="on", packing_list="on")

    keeper.command("order", order.pk, "ship", carrier="sf", tracking_no=a_tracking_no())

    order.refresh_from_db()
    stop = Interception.objects.get()
    assert (order.status, stop.state, stop.reason, recall().state) == ("shipped", "requested", "changed my mind", "settled")
    assert not WorkItem.objects.filter(kind="orders.recall_too_late", closed_at=None).exists()
    assert WorkItem.objects.get(kind="orders.interception").closed_at is None


def test_the_warehouse_may_say_by_phone_that_it_is_too_late(system: Any, order: Order) -> None:
    cancelled(order)

    Staff(Role.WAREHOUSE).command("warehouserecall", recall().pk, "miss", reason="by phone: loaded")

    assert (recall().state, WorkItem.objects.get(kind="orders.recall_too_late").closed_at) == ("too_late", None)


def test_no_answer_becomes_work_of_the_warehouse(system: Any, order: Order) -> None:
    cancelled(order)
    system.status, system.answer = 503, {}
    at = NOW
    for _ in range(5):
        run(RECALL, at)
        at = recall().next_try_at or at

    keeper, item = Staff(Role.WAREHOUSE), WorkItem.objects.get(kind="orders.recall_unanswered")
    assert (recall().state, recall().attempts, item.params["reason"]["message"]) == ("unanswered", 5, "HTTP 503")
    assert keeper.client.get(REGISTER[item.kind].url(item.subject_id)).status_code == 200
    keeper.command("warehouserecall", recall().pk, "retry", reason="it runs again")
    item.refresh_from_db()
    assert (recall().state, recall().attempts, item.outcome) == ("waiting", 0, "waiting")
    keeper.command("warehouserecall", recall().pk, "stop", reason="taken off the belt")
    order.refresh_from_db()
    assert (order.status, recall().state) == ("cancelled", "stopped")


@pytest.mark.parametrize(("status", "state"), [(404, "withdrawn"), (409, "confirmed")])
def test_what_may_have_been_taken_over_is_asked_about(system: Any, shop: Any, status: int, state: str) -> None:
    a_sku(shop, code="B-2", on_hand=30)
    order = a_released_order("B-2", 1)
    system.status = 500
    run(PUSH, NOW)

    cancelled(order)
    run(PUSH, NOW + 3 * MINUTE)
    system.status, system.answer = status, {}
    run(RECALL, NOW + MINUTE)
    assert (len(system.got), recall().state) == (1, "waiting")  # the order itself may still be on its way there
    run(RECALL, NOW + 3 * MINUTE)

    order.refresh_from_db()
    ended = {404: ("cancelled", "stopped"), 409: ("processing", "too_late")}[status]
    assert ((order.status, recall().state), WarehousePush.objects.get().state) == (ended, state)


def test_a_reply_after_the_end_changes_nothing_and_nothing_is_asked_without_a_system(
    system: Any, order: Order, settings: Any
) -> None:
    cancelled(order)
    settings.WMS_URL = ""
    run(RECALL, NOW)
    assert (recall().attempts, recall().state) == (0, "waiting")
    recalls.stop_recall(recall_id=recall().pk, reason="", actor=SYSTEM, now=NOW)
    before = row_counts()

    recalls.record_reply(recall_id=recall().pk, reply=RecallReply(RecallState.TOO_LATE), now=NOW)

    assert (recall().state, row_counts()) == ("stopped", before)
    with pytest.raises(NotFound):
        recalls.record_reply(recall_id=0, reply=RecallReply(RecallState.STOPPED), now=NOW)


@pytest.mark.parametrize(("role", "command"), [(Role.CUSTOMER_SERVICE, "stop"), (Role.WAREHOUSE, "settle")])
def test_each_desk_has_its_own_steps(system: Any, order: Order, role: Role, command: str) -> None:
    cancel_order(order_id=order.pk, reason="", actor=SYSTEM, now=NOW)
    staff = Staff(role)
    before = row_counts()

    assert staff.command("warehouserecall", recall().pk, command, reason="x").status_code == 403
    assert row_counts() == before
