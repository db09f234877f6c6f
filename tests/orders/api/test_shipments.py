"""GET shipments/ and shipments/{id}/: what is shown, to whom, and at which cost."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opsdesk.common.actors import SYSTEM
from orders.services.fulfilment.shipping import Parcel, ship_order
from tests.builders import NOW, a_client, a_packed_order, a_report, a_shipped_order, a_shop, a_sku, parcel_of
from tests.kit.http import Api, problem

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def sku(db: None) -> Any:
    return a_sku(a_shop(), on_hand=100)


def test_a_parcel_is_shown_with_its_lines_and_reports_newest_first(api: Api, sku: Any) -> None:
    order = a_shipped_order(quantity=2, tracking_no="SF000000000001")
    for hours, code in enumerate(("in_transit", "delivered")):
        a_report("SF000000000001", code, NOW + timedelta(hours=hours))
    parcel = parcel_of(order)

    response = api.get(f"shipments/{parcel.public_id}/")

    body = json.loads(response.content)
    times = {name: body.pop(name) for name in ("created_at", "updated_at", "handed_over_at", "last_event_at", "delivered_at")}
    assert body == {
        "id": parcel.public_id,
        "shop": "tmall-01",
        "orders": [order.public_id],
        "carrier": "sf",
        "tracking_no": "SF000000000001",
        "state": "delivered",
        "stalled": False,
        "update_by": None,
        "lines": [{"order": order.public_id, "sku": "TS-RED-M", "quantity": 2}],
        "events": [
            {"code": "delivered", "occurred_at": "2026-06-11T01:59:30Z", "description": "", "location": ""},
            {"code": "in_transit", "occurred_at": "2026-06-11T00:59:30Z", "description": "", "location": ""},
        ],
        "unknown_reports": [],
        "feed_failing_since": None,
        "version": parcel.version,
    }
    assert times["delivered_at"] == "2026-06-11T01:59:30Z" == times["last_event_at"]
    assert times["handed_over_at"] == "2026-06-11T00:59:30Z"
    assert response["ETag"] == f'"{parcel.version}"'


def test_a_page_costs_the_same_statements_for_one_parcel_and_for_ten(api: Api, sku: Any) -> None:
    api.get("shipments/")
    counts = []
    for parcels in (1, 9):
        for _ in range(parcels):
            a_report(parcel_of(a_shipped_order(quantity=1)).tracking_no, "in_transit", NOW)
        for path in ("shipments/", "orders/"):
            with CaptureQueriesContext(connection) as statements:
                assert api.get(path).status_code == 200
            counts.append(len(statements))

    assert counts[:2] == counts[2:]


def test_shipping_costs_the_same_statements_for_one_parcel_and_for_three(api: Api, sku: Any) -> None:
    counts = []
    for parcels in (1, 3):
        order = a_packed_order(quantity=3)
        one_each = [Parcel("sf", f"SF{parcels}0000000{n}", (("TS-RED-M", 3 // parcels),)) for n in range(parcels)]
        with CaptureQueriesContext(connection) as statements:
            ship_order(order_id=order.pk, parcels=one_each, actor=SYSTEM, now=NOW)
        counts.append(len(statements))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("path", ["shipments/", "shipments/{id}/"])
def test_parcels_are_not_shown_to_whom_they_are_no_business(sku: Any, path: str) -> None:
    path = path.format(id=parcel_of(a_shipped_order()).public_id)

    assert problem(Api(None).get(path)) == (401, "not_authenticated", [])
    assert problem(Api(a_client("stock:read")).get(path)) == (403, "permission_denied", [])


@pytest.mark.parametrize("query", [{"state": "lost"}, {"stalled": "perhaps"}, {"colour": "red"}, {"limit": 201}])
def test_unknown_or_wrong_filters_are_refused(api: Api, query: dict[str, Any]) -> None:
    assert problem(api.get("shipments/", **query))[:2] == (400, "invalid_parameter")
