"""pack/ and confirm-receipt/, and who may take the steps of fulfilment."""

import json
from typing import Any

import pytest

from opsdesk.notifications.models import Notice
from opsdesk.webhooks.models import Event
from orders.models import Order, Settlement
from tests.builders import (
    CHECKLIST,
    NOW,
    a_client,
    a_packed_order,
    a_released_order,
    a_shipped_order,
    a_shop,
    a_sku,
    a_tracking_no,
    an_order,
)
from tests.kit.http import Api, problem
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def shop(db: None) -> Any:
    return a_shop()


@pytest.fixture
def sku(shop: Any) -> Any:
    return a_sku(shop, on_hand=100)


def ship(api: Api, order: Order, *parcels: dict[str, Any]) -> Any:
    return api.post(f"orders/{order.public_id}/ship/", {"parcels": list(parcels)})


def a_parcel(tracking_no: str = "", **more: Any) -> dict[str, Any]:
    return {"carrier": "sf", "tracking_no": tracking_no or a_tracking_no()} | more


def events_of(subject: str) -> list[str]:
    return list(Event.objects.filter(subject_id=subject).order_by("sequence").values_list("type", flat=True))


@pytest.mark.sop("O10", refused=True)
@pytest.mark.parametrize(
    ("point", "value", "expected"),
    [
        ("appearance", False, (422, "pack_check_failed", [("/checklist/appearance", "not_checked")])),
        ("warranty", False, (422, "pack_check_failed", [("/checklist/warranty", "not_checked")])),
        ("packing_list", None, (400, "invalid_type", [("/checklist/packing_list", "invalid_type")])),
    ],
)
def test_an_order_that_fails_the_pack_check_stays(api: Api, sku: Any, point: str, value: Any, expected: Any) -> None:
    order = a_released_order()
    before = row_counts()

    response = api.post(f"orders/{order.public_id}/pack/", {"checklist": CHECKLIST | {point: value}})

    assert problem(response) == expected
    assert row_counts() == before
    assert Order.objects.get().status == "processing"


def test_an_order_that_was_not_released_is_not_packed(api: Api, sku: Any) -> None:
    order = an_order()

    response = api.post(f"orders/{order.public_id}/pack/", {"checklist": CHECKLIST})

    assert problem(response) == (409, "invalid_transition", [])


@pytest.mark.sop("O13")
def test_the_buyer_is_told_once_by_which_parcel_the_order_comes(api: Api, sku: Any) -> None:
    order = a_packed_order()
    body = {"parcels": [a_parcel("SF000000000001")]}

    for _ in range(2):
        assert api.post(f"orders/{order.public_id}/ship/", body, key="k-1").status_code == 200

    notice = Notice.objects.get()
    assert (notice.channel, notice.address, notice.kind) == ("sms", "+8613800000000", "orders.shipped")
    assert notice.message % notice.params == f"Your order {order.number} is on its way: SF Express SF000000000001."


@pytest.mark.sop("O15")
def test_a_confirmed_order_is_completed_and_settled(api: Api, sku: Any) -> None:
    order = a_shipped_order(quantity=2)

    response = api.post(f"orders/{order.public_id}/confirm-receipt/", {})

    assert response.status_code == 200, response.content
    order.refresh_from_db()
    assert (order.status, order.completed_at) == ("completed", NOW)
    settlement = Settlement.objects.get(order=order)
    assert (str(settlement.amount), settlement.currency, settlement.state) == ("198.00", "CNY", "open")
    assert events_of(order.public_id)[-1] == "order.completed"
    assert [notice.kind for notice in Notice.objects.order_by("id")] == ["orders.shipped"]


@pytest.mark.sop("O15", refused=True)
def test_an_order_that_was_not_shipped_is_not_completed(api: Api, sku: Any) -> None:
    order = a_packed_order()
    before = row_counts()

    assert problem(api.post(f"orders/{order.public_id}/confirm-receipt/", {})) == (409, "invalid_transition", [])
    assert row_counts() == before
    assert Order.objects.get().status == "ready_to_ship"


def test_cash_on_delivery_is_settled_as_well(api: Api, sku: Any) -> None:
    order = a_shipped_order(payment={"status": "cod"})

    api.post(f"orders/{order.public_id}/confirm-receipt/", {})

    assert str(Settlement.objects.get().amount) == "198.00"


@pytest.mark.parametrize(
    ("call", "body"),
    [
        ("pack", {"checklist": CHECKLIST}),
        ("ship", {"parcels": [{"carrier": "sf", "tracking_no": "SF000000000009"}]}),
        ("confirm-receipt", {}),
    ],
)
def test_a_scope_that_only_reads_takes_no_step(sku: Any, call: str, body: Any) -> None:
    order = a_packed_order()
    reader = Api(a_client("orders:read"))
    before = row_counts()

    assert problem(reader.post(f"orders/{order.public_id}/{call}/", body)) == (403, "permission_denied", [])
    assert row_counts() == before


def test_a_stale_version_is_refused(api: Api, sku: Any) -> None:
    order = a_packed_order()

    response = api.post(f"orders/{order.public_id}/ship/", {"parcels": [a_parcel()]}, **{"If-Match": '"1"'})

    assert problem(response) == (412, "stale_version", [])


def test_orders_are_found_by_the_number_of_their_parcel(api: Api, sku: Any) -> None:
    order = a_shipped_order(tracking_no="SF000000000001")
    a_shipped_order()

    rows = json.loads(api.get("orders/", tracking_no="sf000000000001").content)["results"]

    assert [row["id"] for row in rows] == [order.public_id]
