"""bulk/tracking-events/ and shipments/: any order and any number of reports give the same end state."""

import json
import random
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opsdesk.audit.models import AuditEntry
from opsdesk.webhooks.models import Event
from orders.models import Order, Shipment, TrackingEvent
from tests.builders import NOW, a_client, a_shipped_order, a_shop, a_sku, parcel_of
from tests.kit.http import Api, problem
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")
WAY = ["info_received", "in_transit", "in_transit", "out_for_delivery", "attempt_failed", "out_for_delivery", "delivered"]


@pytest.fixture
def sku(db: None) -> Any:
    return a_sku(a_shop(), on_hand=500)


def report(number: str, code: str, at: datetime, **more: Any) -> dict[str, Any]:
    return {"carrier": "sf", "tracking_no": number, "code": code, "occurred_at": at.isoformat()} | more


def send(api: Api, *items: Any, policy: str = "ignore_failed") -> dict[str, Any]:
    response = api.post("bulk/tracking-events/", {"policy": policy, "items": list(items)})
    assert response.status_code == 200, response.content
    answer: dict[str, Any] = json.loads(response.content)
    return answer


@pytest.mark.sop("O14")
def test_a_report_moves_the_parcel_and_restarts_its_clock(api: Api, sku: Any) -> None:
    parcel = parcel_of(a_shipped_order(tracking_no="SF000000000001", now=NOW - timedelta(hours=5)))
    at = NOW - timedelta(hours=1)

    answer = send(api, report("SF000000000001", "in_transit", at, description="已到达", location="深圳"))

    assert answer == {
        "results": [{"index": 0, "status": "created", "id": parcel.public_id, "error": None}],
        "created": 1,
        "failed": 0,
    }
    parcel.refresh_from_db()
    assert (parcel.state, parcel.last_event_at, parcel.update_by) == ("in_transit", at, at + timedelta(hours=48))
    event = TrackingEvent.objects.get()
    assert (event.code, event.occurred_at, event.description, event.location) == ("in_transit", at, "已到达", "深圳")
    assert list(Event.objects.filter(subject_id=parcel.public_id).order_by("sequence").values_list("type", "data__state")) == [
        ("shipment.updated", "info_received"),
        ("shipment.updated", "in_transit"),
    ]
    assert AuditEntry.objects.get(subject_id=parcel.public_id).after == {"state": "in_transit"}


@pytest.mark.sop("O16")
def test_a_delivered_parcel_gives_the_customer_seven_days(api: Api, sku: Any) -> None:
    order = a_shipped_order(tracking_no="SF000000000001")

    send(api, report("SF000000000001", "delivered", NOW))

    order.refresh_from_db()
    parcel = parcel_of(order)
    assert (parcel.state, parcel.finished_at, parcel.update_by) == ("delivered", NOW, None)
    assert order.confirm_by == NOW + timedelta(days=7)
    types = list(Event.objects.filter(subject_id=parcel.public_id).order_by("sequence").values_list("type", flat=True))
    assert types == ["shipment.updated", "shipment.updated", "shipment.delivered"]


def test_the_days_run_from_the_delivery_of_the_last_parcel(api: Api, sku: Any) -> None:
    order = a_shipped_order(tracking_no="SF000000000001")
    second = Shipment.objects.get()
    second.pk, second.public_id, second.tracking_no = None, "shp_second", "SF000000000002"
    second.save()
    second.orders.add(order)
    late = NOW - timedelta(minutes=1)

    send(api, report("SF000000000001", "delivered", NOW - timedelta(hours=2)))
    order.refresh_from_db()
    assert order.confirm_by == NOW + timedelta(days=10)
    send(api, report("SF000000000002", "delivered", late))

    order.refresh_from_db()
    assert order.confirm_by == late + timedelta(days=7)


@pytest.mark.parametrize("seed", range(5))
def test_reports_in_any_order_and_doubled_end_in_the_same_state(api: Api, sku: Any, seed: int) -> None:
    start = NOW - timedelta(hours=20)
    orders = [a_shipped_order(quantity=1, tracking_no=f"SF00000000000{n}", now=start) for n in range(3)]
    items = [
        report(f"SF00000000000{n}", code, start + timedelta(hours=n + hour))
        for n in range(3)
        for hour, code in enumerate(WAY if n else WAY[:-1])
    ] * 2
    shuffled = random.Random(seed)
    shuffled.shuffle(items)
    cut = shuffled.randrange(1, len(items))

    first, second = send(api, *items[:cut]), send(api, *items[cut:])

    assert first["created"] + second["created"] == len(items) // 2
    assert first["failed"] + second["failed"] == 0
    ends = [(row.state, row.last_event_at, row.finished_at, row.update_by) for row in map(parcel_of, orders)]
    assert ends == [
        ("out_for_delivery", start + timedelta(hours=5), None, start + timedelta(hours=53)),
        ("delivered", start + timedelta(hours=7), start + timedelta(hours=7), None),
        ("delivered", start + timedelta(hours=8), start + timedelta(hours=8), None),
    ]
    assert [Order.objects.get(pk=order.pk).confirm_by for order in orders] == [
        start + timedelta(days=10),
        start + timedelta(days=7, hours=7),
        start + timedelta(days=7, hours=8),
    ]


def test_a_delivered_parcel_is_never_in_transit_again(api: Api, sku: Any) -> None:
    parcel = parcel_of(a_shipped_order(tracking_no="SF000000000001"))
    send(api, report("SF000000000001", "delivered", NOW - timedelta(hours=1)))

    send(api, report("SF000000000001", "in_transit", NOW))

    parcel.refresh_from_db()
    assert (parcel.state, parcel.finished_at) == ("delivered", NOW - timedelta(hours=1))


@pytest.mark.sop("O14", refused=True)
def test_bad_items_are_told_apart_and_good_ones_written(api: Api, sku: Any) -> None:
    a_shipped_order(tracking_no="SF000000000001")
    good = report("SF000000000001", "in_transit", NOW)

    answer = send(
        api,
        good,
        good,
        report("SF999999999999", "in_transit", NOW),
        report("SF000000000001", "in_transit", NOW + timedelta(minutes=5, seconds=1)),
        report("SF000000000001", "teleported", NOW),
        report("1.23E+14", "in_transit", NOW),
        report("SF000000000001", "in_transit", NOW, carrier="zto"),
        {"tracking_no": 7},
    )

    assert [(row["status"], row["error"] and row["error"]["code"]) for row in answer["results"]] == [
        ("created", None),
        ("existing", None),
        ("error", "unknown_tracking_no"),
        ("error", "date_out_of_range"),
        ("error", "invalid_choice"),
        ("error", "numeric_cell_precision"),
        ("error", "unknown_tracking_no"),
        ("error", "required"),
    ]
    assert (answer["created"], answer["failed"]) == (1, 6)
    assert [error["pointer"] for error in answer["results"][7]["error"]["errors"]] == [
        "/carrier",
        "/tracking_no",
        "/code",
        "/occurred_at",
    ]
    assert TrackingEvent.objects.count() == 1


@pytest.mark.parametrize("bad", [report("SF999999999999", "in_transit", NOW), {"code": "in_transit"}])
def test_one_bad_item_keeps_all_out_if_so_asked(api: Api, sku: Any, bad: Any) -> None:
    a_shipped_order(tracking_no="SF000000000001")
    before = row_counts()

    answer = send(api, report("SF000000000001", "in_transit", NOW), bad, policy="reject_everything")

    assert [row["status"] for row in answer["results"]] == ["ignored", "error"]
    assert (answer["created"], answer["failed"]) == (0, 1)
    assert row_counts() == before | {"doors_idempotencyrecord": before["doors_idempotencyrecord"] + 1}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"items": []}, (400, "empty", [("/items", "empty")])),
        ({"items": [{}] * 1001}, (400, "too_many_items", [("/items", "too_many_items")])),
        ({"policy": "hope", "items": [{}]}, (400, "invalid_choice", [("/policy", "invalid_choice")])),
        ({"items": "all"}, (400, "invalid_type", [("/items", "invalid_type")])),
    ],
)
def test_a_body_that_is_no_batch_is_refused(api: Api, body: Any, expected: Any) -> None:
    assert problem(api.post("bulk/tracking-events/", body)) == expected


def test_another_shops_parcel_does_not_exist(api: Api, sku: Any) -> None:
    order = a_shipped_order(tracking_no="SF000000000001")
    a_shop("douyin-01")
    stranger = Api(a_client("tracking:write", shops=["douyin-01"]))

    answer = send(stranger, report("SF000000000001", "in_transit", NOW))

    assert answer["results"][0]["error"]["code"] == "unknown_tracking_no"
    assert problem(stranger.get(f"shipments/{parcel_of(order).public_id}/")) == (404, "not_found", [])
    assert json.loads(stranger.get("shipments/").content)["results"] == []


def test_a_scope_without_tracking_may_not_report(sku: Any) -> None:
    response = Api(a_client("orders:read")).post(
        "bulk/tracking-events/", {"items": [report("SF000000000001", "delivered", NOW)]}
    )

    assert problem(response) == (403, "permission_denied", [])


def test_a_batch_costs_the_same_statements_for_two_parcels_and_for_twenty(api: Api, sku: Any) -> None:
    for n in range(20):
        a_shipped_order(quantity=1, tracking_no=f"SF0000000000{n:02}")
    send(api, report("SF000000000000", "info_received", NOW - timedelta(hours=2)))
    counts = []
    for numbers, code, at in ((2, "in_transit", NOW - timedelta(hours=1)), (20, "delivered", NOW)):
        with CaptureQueriesContext(connection) as statements:
            send(api, *(report(f"SF0000000000{n:02}", code, at) for n in range(numbers)))
        counts.append(len(statements))

    # A delivery reads the orders' parcels and their interceptions, and writes their time to confirm: four statements more,
    # not forty.
    assert counts[1] - counts[0] == 4


def test_parcels_are_listed_by_state_number_and_silence(api: Api, sku: Any) -> None:
    first = parcel_of(a_shipped_order(tracking_no="SF000000000001"))
    second = parcel_of(a_shipped_order(tracking_no="SF000000000002"))
    send(api, report("SF000000000002", "out_for_delivery", NOW))
    Shipment.objects.filter(pk=first.pk).update(stalled_at=NOW)

    def found(**params: Any) -> list[str]:
        return [row["id"] for row in json.loads(api.get("shipments/", **params).content)["results"]]

    assert found() == [second.public_id, first.public_id]
    assert found(state="out_for_delivery") == [second.public_id]
    assert found(stalled="true") == [first.public_id]
    assert found(stalled="false") == [second.public_id]
    assert found(tracking_no="sf000000000002", carrier="sf", shop="tmall-01") == [second.public_id]
    assert found(carrier="zto") == []
    detail = json.loads(api.get(f"shipments/{second.public_id}/").content)
    assert [(event["code"], event["location"]) for event in detail["events"]] == [("out_for_delivery", "")]
