"""An order that leaves in parts: what has left is derived from its parcels, the order is shipped with its last piece."""

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from opsdesk.notifications.models import Notice
from opsdesk.webhooks.models import Event
from orders.models import Carrier, CarrierCase, Order, Refund, ReturnRequest, Shipment, ShipmentLine
from tests.builders import NOW, a_packed_order, a_shop, a_sku, a_tracking_no, stock_of
from tests.builders.carriers import a_carrier, choice_of, weigh
from tests.kit.browser import Staff, text_of
from tests.kit.duties import run
from tests.kit.http import Api, problem
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")
SKU = "TS-RED-M"


@pytest.fixture
def sku(db: None) -> Any:
    return a_sku(a_shop(), on_hand=100)


@pytest.fixture
def order(sku: Any) -> Order:
    """Three pieces, packed."""
    return a_packed_order(quantity=3)


def send(api: Api, order: Order, pieces: int | None, number: str = "") -> Any:
    parcel: dict[str, Any] = {"carrier": "sf", "tracking_no": number or a_tracking_no()}
    if pieces:
        parcel["lines"] = [{"sku": SKU, "quantity": pieces}]
    return api.post(f"orders/{order.public_id}/ship/", {"parcels": [parcel]})


def told(order: Order) -> list[str]:
    rows = Notice.objects.filter(subject_id=order.public_id, kind="orders.shipped").order_by("id")
    return list(rows.values_list("message", flat=True))


@pytest.mark.sop("O12")
@pytest.mark.sop("O13")
def test_an_order_is_shipped_with_its_last_piece(api: Api, sku: Any, order: Order) -> None:
    first = send(api, order, 1, "SF111111111111")

    assert first.status_code == 200, first.content
    body = json.loads(first.content)
    assert (body["status"], body["lines"][0]["shipped"], stock_of(sku)) == ("ready_to_ship", 1, (99, 2))
    assert body["point_of_no_return"] == {"side": "after_hand_over", "calls": ["intercept"]}
    assert {"ship", "intercept"} <= set(body["allowed_transitions"])
    assert not {"cancel", "change-address"} & set(body["allowed_transitions"])
    entry = AuditEntry.objects.get(action="orders.ship_part")
    assert entry.after == {"status": "ready_to_ship", "parcels": ["SF111111111111"], "pieces_left": 2}
    assert not Event.objects.filter(type="order.shipped").exists()

    second = send(api, order, None)

    body = json.loads(second.content)
    assert (body["status"], body["lines"][0]["shipped"], stock_of(sku)) == ("shipped", 3, (97, 0))
    assert Event.objects.filter(type="order.shipped").count() == 1
    assert list(ShipmentLine.objects.order_by("pk").values_list("quantity", flat=True)) == [1, 2]
    assert told(order) == [
        "A part of your order %(number)s is on its way: %(parcels)s. The rest follows.",
        "Your order %(number)s is on its way: %(parcels)s.",
    ]


@pytest.mark.sop("O12", refused=True)
@pytest.mark.sop("O18", refused=True)
def test_what_has_left_neither_leaves_again_nor_is_cancelled(api: Api, order: Order) -> None:
    send(api, order, 2)
    before = row_counts()

    again = send(api, order, 2)
    cancelled = api.post(f"orders/{order.public_id}/cancel/", {"reason": "too late"})

    assert problem(again) == (422, "parcels_mismatch", [("/parcels/0/lines/0/quantity", "out_of_range")])
    assert problem(cancelled)[:2] == (409, "already_shipped")
    assert row_counts() == before


def test_the_carrier_was_chosen_for_the_whole_and_binds_no_part(sku: Any) -> None:
    weigh(sku, 300)
    a_carrier("sf", first="6.00")
    a_carrier("zto", first="12.00")
    order, packer = a_packed_order(quantity=3), Staff(Role.WAREHOUSE)
    assert choice_of(order).carrier == Carrier.objects.get(code="sf")
    parcel = {"carrier": "zto", "tracking_no": "ZTO123456789"}

    whole = packer.command("order", order.pk, "ship", **parcel)
    part = packer.command("order", order.pk, "ship", **parcel, contents=f"{SKU}=1")

    assert (whole.status_code, part.status_code) == (422, 302)
    assert (Shipment.objects.get().carrier.code, ShipmentLine.objects.get().quantity) == ("zto", 1)


def test_a_part_that_is_silent_becomes_a_carrier_case(api: Api, order: Order) -> None:
    send(api, order, 1)

    run("orders.scan_stalled_shipments", NOW + timedelta(hours=48))

    assert CarrierCase.objects.get().shipment == Shipment.objects.get()


def test_a_part_can_come_back_before_the_rest_has_left(api: Api, order: Order) -> None:
    wish = {"order": order.public_id, "type": "return_refund", "note": ""}
    lines = [{"sku": SKU, "quantity": 2, "reason_code": "size"}]
    refused = api.post("returns/", wish | {"lines": lines})
    assert problem(refused)[:2] == (409, "not_shipped")
    send(api, order, 1)

    too_many = api.post("returns/", wish | {"lines": lines})
    lines[0]["quantity"] = 1
    taken = api.post("returns/", wish | {"lines": lines})

    assert (too_many.status_code, taken.status_code) == (422, 201)
    assert ReturnRequest.objects.get().lines.get().quantity == 1


@pytest.mark.sop("O18")
def test_the_rest_that_cannot_follow_is_cancelled_and_paid_back(api: Api, sku: Any, order: Order, clock: Any) -> None:
    send(api, order, 1)
    agent = Staff(Role.CUSTOMER_SERVICE)
    assert "Cancel the rest" in text_of(agent.open("orders_order_change", order.pk))

    agent.command("order", order.pk, "cancel_rest", reason="the rest broke")

    order.refresh_from_db()
    assert (order.status, order.shipped_at, order.owed_amount, stock_of(sku)) == ("shipped", NOW, Decimal("198.00"), (99, 0))
    refund = Refund.objects.get()
    assert (refund.amount, refund.source, refund.reason) == (Decimal("198.00"), "cancellation", "the rest broke")
    entry = AuditEntry.objects.get(action="orders.cancel_rest")
    assert (entry.reason, entry.after) == ("the rest broke", {"status": "shipped", "refund_due": "198.00"})
    assert Notice.objects.get(kind="orders.rest_cancelled").params["amount"] == "198.00"
    agent.open("orders_order_change", order.pk)  # says that it is done
    assert "Cancel the rest" not in text_of(agent.open("orders_order_change", order.pk))


@pytest.mark.sop("O18", refused=True)
def test_an_order_that_is_all_there_is_cancelled_as_a_whole(order: Order, sku: Any) -> None:
    agent = Staff(Role.CUSTOMER_SERVICE)
    assert "Cancel the rest" not in text_of(agent.open("orders_order_change", order.pk))
    before = row_counts()

    answer = agent.command("order", order.pk, "cancel_rest", reason="x")

    assert (answer.status_code, "cancel it as a whole" in text_of(answer)) == (422, True)
    assert row_counts() == before
