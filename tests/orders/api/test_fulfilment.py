"""pack/, ship/ and confirm-receipt/: the way of an order out of the house, and what is refused."""

import json
from datetime import timedelta
from typing import Any

import pytest

from opsdesk.audit.models import AuditEntry
from opsdesk.notifications.models import Notice
from opsdesk.webhooks.models import Event
from orders.models import Order, PackCheck, Settlement, Shipment
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
    an_order_body,
    parcel_of,
    stock_of,
)
from tests.support.http import Api, problem
from tests.support.rows import row_counts

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
        ([[("TS-RED-M", 1)]], [("/parcels", "not_covered")]),
        ([[("TS-RED-M", 3)]], [("/parcels/0/lines/0/quantity", "out_of_range"), ("/parcels", "not_covered")]),
        ([[("NO-SUCH", 1), ("TS-RED-M", 2)]], [("/parcels/0/lines/0/sku", "unknown_sku")]),
        ([[("TS-RED-M", 2)], None], [("/parcels/1", "empty")]),
        ([None, None], [("/parcels/0/lines", "required"), ("/parcels/1/lines", "required")]),
    ],
)
def test_parcels_hold_exactly_what_was_ordered(api: Api, sku: Any, parcels: Any, issues: Any) -> None:
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


@pytest.mark.sop("O13")
def test_the_buyer_is_told_once_by_which_parcel_the_order_comes(api: Api, sku: Any) -> None:
    order = a_packed_order()
    body = {"parcels": [a_parcel("SF000000000001")]}

    for _ in range(2):
        assert api.post(f"orders/{order.public_id}/ship/", body, key="k-1").status_code == 200

    notice = Notice.objects.get()
    assert (notice.channel, notice.address, notice.kind) == ("sms", "+8613800000000", "orders.shipped")
    assert notice.message % notice.params == f"Your order {order.number} is on its way: SF Express SF000000000001."


@pytest.mark.sop("O13", refused=True)
def test_an_order_that_is_not_packed_is_not_shipped_and_nobody_is_told(api: Api, sku: Any) -> None:
    a_packed_order()
    order = a_released_order()
    before = row_counts()

    assert problem(ship(api, order, a_parcel())) == (409, "invalid_transition", [])
    assert row_counts() == before
    assert Notice.objects.count() == 0


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
    assert [notice.kind for notice in Notice.objects.order_by("id")] == ["orders.shipped", "orders.review_invitation"]


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
