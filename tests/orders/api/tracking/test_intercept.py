"""POST orders/{id}/intercept/: after hand-over only the carrier can stop a parcel."""

import json
from datetime import timedelta
from typing import Any

import pytest

from opsdesk.audit.models import AuditEntry
from opsdesk.inbox.models import WorkItem
from orders.models import Interception, Order
from tests.builders import NOW, a_client, a_packed_order, a_report, a_shipped_order, a_shop, a_sku, parcel_of
from tests.kit.http import Api, problem
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def sku(db: None) -> Any:
    return a_sku(a_shop(), on_hand=500)


def side_of(api: Api, order: Order) -> Any:
    return json.loads(api.get(f"orders/{order.public_id}/").content)["point_of_no_return"]


@pytest.mark.sop("O18")
def test_after_hand_over_every_parcel_on_its_way_is_to_be_stopped(api: Api, sku: Any) -> None:
    order = a_shipped_order(tracking_no="SF000000000001")
    parcel = parcel_of(order)

    response = api.post(f"orders/{order.public_id}/intercept/", {"code": "risk", "reason": "wrong address"})

    row, item = Interception.objects.get(), WorkItem.objects.get()
    body = json.loads(response.content)
    assert (response.status_code, body["status"]) == (200, "shipped")
    assert body["interceptions"] == [
        {
            "id": row.public_id,
            "shipment": parcel.public_id,
            "tracking_no": "SF000000000001",
            "code": "risk",
            "reason": "wrong address",
            "state": "requested",
            "requested_at": body["interceptions"][0]["requested_at"],
            "answered_at": None,
            "answer": "",
            "returned_at": None,
        }
    ]
    assert (row.shipment, row.order, row.requested_at, row.closed_at) == (parcel, order, NOW, None)
    assert (item.kind, item.role, item.subject_id, item.due_at) == (
        "orders.interception",
        "logistics",
        row.public_id,
        NOW + timedelta(hours=2),
    )
    entry = AuditEntry.objects.get(action="orders.intercept")
    assert (entry.subject_id, entry.reason, entry.after["interceptions"]) == (
        order.public_id,
        "wrong address",
        [row.public_id],
    )


def test_code_and_reason_may_be_left_out(api: Api, sku: Any) -> None:
    order = a_shipped_order()

    assert api.post(f"orders/{order.public_id}/intercept/", {}).status_code == 200

    assert list(Interception.objects.values_list("code", "reason")) == [("other", "")]


@pytest.mark.sop("O18", refused=True)
def test_before_hand_over_the_other_ways_are_named(api: Api, sku: Any) -> None:
    order = a_packed_order()
    before = row_counts()

    response = api.post(f"orders/{order.public_id}/intercept/", {"reason": "x"})

    assert problem(response) == (409, "not_shipped_yet", [])
    body = json.loads(response.content)
    assert body["cancel"] == f"/api/v1/orders/{order.public_id}/cancel/"
    assert body["change_address"] == f"/api/v1/orders/{order.public_id}/change-address/"
    assert row_counts() == before


@pytest.mark.parametrize("end", ["delivered", "returned"])
def test_what_has_arrived_is_not_stopped(api: Api, sku: Any, end: str) -> None:
    order = a_shipped_order(tracking_no="SF000000000001")
    a_report("SF000000000001", end, NOW)
    before = row_counts()

    response = api.post(f"orders/{order.public_id}/intercept/", {})

    assert problem(response) == (409, "already_delivered", [])
    assert row_counts() == before


def test_a_cancelled_order_has_nothing_to_stop(api: Api, sku: Any) -> None:
    order = a_packed_order()
    api.post(f"orders/{order.public_id}/cancel/", {"reason": "no"})

    assert problem(api.post(f"orders/{order.public_id}/intercept/", {})) == (409, "invalid_transition", [])


def test_a_parcel_is_stopped_once(api: Api, sku: Any) -> None:
    order = a_shipped_order()
    api.post(f"orders/{order.public_id}/intercept/", {})
    before = row_counts()

    response = api.post(f"orders/{order.public_id}/intercept/", {})

    assert problem(response) == (409, "already_intercepted", [])
    assert row_counts() == before


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"code": "boredom"}, (400, "invalid_choice", [("/code", "invalid_choice")])),
        ({"reason": "x" * 501}, (400, "text_too_long", [("/reason", "text_too_long")])),
        ({"until": "x"}, (400, "unknown_field", [("/until", "unknown_field")])),
    ],
)
def test_bad_input_is_refused(api: Api, sku: Any, body: Any, expected: Any) -> None:
    order = a_shipped_order()
    before = row_counts()

    assert problem(api.post(f"orders/{order.public_id}/intercept/", body)) == expected
    assert row_counts() == before


def test_who_may_not_is_refused(sku: Any) -> None:
    order = a_shipped_order()
    a_shop("douyin-01")
    callers = (Api(None), Api(a_client("orders:read")), Api(a_client("orders:write", shops=["douyin-01"])))
    before = row_counts()

    assert [problem(caller.post(f"orders/{order.public_id}/intercept/", {}))[:2] for caller in callers] == [
        (401, "not_authenticated"),
        (403, "permission_denied"),
        (404, "not_found"),
    ]
    assert row_counts() == before


@pytest.mark.sop("O18")
def test_the_answer_says_on_which_side_the_order_is(api: Api, sku: Any) -> None:
    packed = a_packed_order()
    shipped = a_shipped_order(tracking_no="SF000000000001")

    assert side_of(api, packed) == {"side": "before_hand_over", "calls": ["cancel", "change-address"]}
    assert side_of(api, shipped) == {"side": "after_hand_over", "calls": ["intercept"]}
    a_report("SF000000000001", "delivered", NOW)
    assert side_of(api, shipped) == {"side": "closed", "calls": []}


@pytest.mark.parametrize(
    ("end", "state", "work"),
    [
        ("delivered", "failed", [("orders.interception", "failed")]),
        ("returned", "accepted", [("orders.interception", "accepted"), ("orders.interception_back", "")]),
    ],
)
def test_what_the_carrier_reports_settles_the_interception(api: Api, sku: Any, end: str, state: str, work: Any) -> None:
    order = a_shipped_order(tracking_no="SF000000000001")
    api.post(f"orders/{order.public_id}/intercept/", {})

    a_report("SF000000000001", end, NOW)

    row = Interception.objects.get()
    assert (row.state, row.closed_at) == (state, NOW if end == "delivered" else None)
    assert list(WorkItem.objects.order_by("id").values_list("kind", "outcome")) == work
