"""ship/: parcels, numbers and the notice to the buyer."""

import json
from datetime import timedelta
from typing import Any

import pytest

from opsdesk.audit.models import AuditEntry
from opsdesk.notifications.models import Notice
from opsdesk.webhooks.models import Event
from orders.models import Order, PackCheck, Shipment
from tests.builders import (
    CHECKLIST,
    NOW,
    a_packed_order,
    a_released_order,
    a_shipped_order,
    a_shop,
    a_sku,
    a_tracking_no,
    an_order_body,
    parcel_of,
    stock_of,
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


@pytest.mark.sop("O10")
def test_a_packed_order_is_ready_to_ship(api: Api, sku: Any) -> None:
    order = a_released_order()

    response = api.post(f"orders/{order.public_id}/pack/", {"checklist": CHECKLIST | {"gifts": True}})

    assert response.status_code == 200, response.content
    body = json.loads(response.content)
    order.refresh_from_db()
    assert (body["status"], body["allowed_transitions"]) == ("ready_to_ship", ["hold", "ship", "cancel", "change-address"])
    assert (order.status, order.ready_at) == ("ready_to_ship", NOW)
    check = PackCheck.objects.get(order=order)
    assert (check.appearance, check.packing_list, check.gifts, check.manual) == (True, True, True, None)
    assert events_of(order.public_id)[-1] == "order.ready_to_ship"
    assert AuditEntry.objects.filter(subject_id=order.public_id).latest("id").action == "orders.pack"


@pytest.mark.sop("O12")
def test_a_shipped_order_has_its_parcel_and_its_stock_has_left(api: Api, sku: Any) -> None:
    order = a_packed_order(quantity=2)

    response = ship(api, order, a_parcel(" sf０00000000001 "))

    assert response.status_code == 200, response.content
    body = json.loads(response.content)
    order.refresh_from_db()
    parcel = parcel_of(order)
    assert (body["status"], order.status, order.shipped_at) == ("shipped", "shipped", NOW)
    assert [(row["id"], row["carrier"], row["tracking_no"], row["state"]) for row in body["shipments"]] == [
        (parcel.public_id, "sf", "SF000000000001", "info_received")
    ]
    assert (parcel.handed_over_at, parcel.update_by) == (NOW, NOW + timedelta(hours=48))
    assert order.confirm_by == NOW + timedelta(days=10)
    assert stock_of(sku) == (98, 0)
    assert events_of(order.public_id)[-1] == "order.shipped"
    assert AuditEntry.objects.filter(subject_id=order.public_id).latest("id").action == "orders.ship"


@pytest.mark.sop("O12", refused=True)
def test_a_number_belongs_to_one_parcel(api: Api, sku: Any) -> None:
    a_shipped_order(tracking_no="SF000000000001")
    order = a_packed_order()
    before = row_counts()

    response = ship(api, order, a_parcel("SF000000000001"))

    assert problem(response) == (409, "tracking_in_use", [("/parcels/0/tracking_no", "tracking_in_use")])
    assert row_counts() == before
    assert Order.objects.get(pk=order.pk).status == "ready_to_ship"


def test_another_carrier_may_use_the_same_number(api: Api, sku: Any) -> None:
    a_shipped_order(tracking_no="123456789012")

    assert ship(api, a_packed_order(), a_parcel("123456789012", carrier="zto")).status_code == 200


def test_one_number_cannot_stand_for_two_parcels_of_one_order(api: Api, sku: Any) -> None:
    order = a_packed_order(quantity=2)
    lines = [{"sku": "TS-RED-M", "quantity": 1}]

    response = ship(api, order, a_parcel("SF000000000001", lines=lines), a_parcel("SF000000000001"))

    assert problem(response)[:2] == (409, "tracking_in_use")
    assert Shipment.objects.count() == 0


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("", "invalid_tracking_no"),
        ("123", "invalid_tracking_no"),
        ("SF 123 456", "invalid_tracking_no"),
        ("顺丰123456", "invalid_tracking_no"),
        ("1.23E+14", "numeric_cell_precision"),
        ("1.234567890123457e+17", "numeric_cell_precision"),
        ("A" * 33, "invalid_tracking_no"),
    ],
)
def test_what_is_not_a_tracking_number_is_refused(api: Api, sku: Any, number: str, code: str) -> None:
    order = a_packed_order()
    before = row_counts()

    response = ship(api, order, {"carrier": "sf", "tracking_no": number})

    assert problem(response) == (400, code, [("/parcels/0/tracking_no", code)])
    assert row_counts() == before


def test_an_unknown_carrier_is_refused(api: Api, sku: Any) -> None:
    order = a_packed_order()

    assert problem(ship(api, order, a_parcel(carrier="pigeon"))) == (
        422,
        "unknown_carrier",
        [("/parcels/0/carrier", "unknown_carrier")],
    )


def test_two_parcels_share_the_lines(api: Api, sku: Any) -> None:
    order = a_packed_order(quantity=3)
    first = a_parcel(lines=[{"sku": "TS-RED-M", "quantity": 2}])

    response = ship(api, order, first, a_parcel())

    assert response.status_code == 200, response.content
    found = [json.loads(api.get(f"shipments/{row['id']}/").content) for row in json.loads(response.content)["shipments"]]
    assert [row["lines"] for row in found] == [
        [{"order": order.public_id, "sku": "TS-RED-M", "quantity": 2}],
        [{"order": order.public_id, "sku": "TS-RED-M", "quantity": 1}],
    ]


@pytest.mark.parametrize(
    ("parcels", "issues"),
    [
        ([[("TS-RED-M", 3)]], [("/parcels/0/lines/0/quantity", "out_of_range")]),
        ([[("NO-SUCH", 1), ("TS-RED-M", 2)]], [("/parcels/0/lines/0/sku", "unknown_sku")]),
        ([[("TS-RED-M", 2)], None], [("/parcels/1", "empty")]),
        ([None, None], [("/parcels/0/lines", "required"), ("/parcels/1/lines", "required")]),
    ],
)
def test_parcels_hold_what_is_left_of_the_order(api: Api, sku: Any, parcels: Any, issues: Any) -> None:
    order = a_packed_order(quantity=2)
    before = row_counts()
    bodies = [
        a_parcel() | ({"lines": [{"sku": code, "quantity": number} for code, number in lines]} if lines else {})
        for lines in parcels
    ]

    response = ship(api, order, *bodies)

    assert problem(response) == (422, "parcels_mismatch", issues)
    assert row_counts() == before


def test_orders_of_one_buyer_travel_in_one_parcel(api: Api, sku: Any) -> None:
    buyer = an_order_body()["customer"]
    first, second = a_packed_order(customer=buyer), a_packed_order(customer=buyer)

    response = ship(api, first, a_parcel(orders=[second.public_id]))

    assert response.status_code == 200, response.content
    second.refresh_from_db()
    assert second.status == "shipped"
    assert parcel_of(first) == parcel_of(second)
    assert stock_of(sku) == (96, 0)


def test_orders_of_two_buyers_do_not(api: Api, sku: Any) -> None:
    first, second = a_packed_order(), a_packed_order()

    response = ship(api, first, a_parcel(orders=[second.public_id]))

    assert problem(response) == (422, "other_buyer", [("/parcels", "other_buyer")])


@pytest.mark.sop("O13", refused=True)
def test_an_order_that_is_not_packed_is_not_shipped_and_nobody_is_told(api: Api, sku: Any) -> None:
    a_packed_order()
    order = a_released_order()
    before = row_counts()

    assert problem(ship(api, order, a_parcel())) == (409, "invalid_transition", [])
    assert row_counts() == before
    assert Notice.objects.count() == 0
