"""POST orders/: what comes in, what is refused, and that a refusal writes nothing."""

import json
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Reservation, ShopWarehouse
from opsdesk.audit.models import AuditEntry
from opsdesk.webhooks.models import Event
from orders.models import Order
from tests.builders import a_client, a_shop, a_sku, an_order_body, stock_of
from tests.kit.http import Api, problem
from tests.kit.rows import row_counts

STATEMENTS = 12  # of a single order, whatever its size
SAVEPOINTS = 2  # the test's own transaction makes a savepoint of the call's

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def shop(db: None) -> Any:
    return a_shop()


@pytest.fixture
def sku(shop: Any) -> Any:
    return a_sku(shop, on_hand=10)


@pytest.mark.sop("O1")
def test_an_order_arrives_pending_with_its_stock_reserved(api: Api, sku: Any) -> None:
    response = api.post("orders/", an_order_body(quantity=2))

    assert response.status_code == 201
    body = json.loads(response.content)
    order = Order.objects.get(public_id=body["id"])
    assert (order.status, body["status"], body["payment_status"]) == ("pending", "pending", "paid")
    assert body["allowed_transitions"] == ["hold", "cancel", "change-address"]
    assert stock_of(sku) == (10, 2)
    assert Reservation.objects.get().owner_ref == order.public_id
    news = Event.objects.filter(subject_kind="order").values_list("type", "subject_id", "sequence")
    assert list(news) == [("order.created", order.public_id, 1)]
    assert AuditEntry.objects.get(subject_id=order.public_id).action == "orders.created"


@pytest.mark.sop("O1", refused=True)
def test_an_order_with_errors_is_refused_with_all_of_them_at_once(api: Api, sku: Any) -> None:
    before = row_counts()
    body = an_order_body() | {"shop": 1, "status": "shipped", "lines": [{"sku": "TS-RED-M", "quantity": True, "unit_price": 1}]}
    del body["address"]

    response = api.post("orders/", body)

    assert problem(response) == (
        400,
        "invalid_type",
        [
            ("/shop", "invalid_type"),
            ("/address", "required"),
            ("/lines/0/quantity", "invalid_number"),
            ("/lines/0/unit_price", "invalid_amount"),
            ("/status", "unknown_field"),
        ],
    )
    assert row_counts() == before


@pytest.mark.sop("O2")
def test_every_order_is_checked_at_intake_and_held_for_what_is_missing(api: Api, sku: Any) -> None:
    body = an_order_body(payment={"status": "unpaid"})
    body["address"]["city"] = ""
    body["lines"][0]["unit_price"] = "89.00"

    answer = json.loads(api.post("orders/", body).content)

    assert [(check["code"], check["result"]) for check in answer["checks"]] == [
        ("stock", "ok"),
        ("payment", "failed"),
        ("address", "failed"),
        ("contact", "ok"),
        ("price", "doubtful"),
        ("risk", "ok"),
    ]
    assert [hold["code"] for hold in answer["holds"]] == ["awaiting_payment", "address"]
    assert answer["process_by"] is None


@pytest.mark.sop("O2", refused=True)
def test_an_order_that_stock_cannot_fill_is_refused_with_what_is_there(api: Api, sku: Any) -> None:
    before = row_counts()

    response = api.post("orders/", an_order_body(quantity=11))

    assert problem(response) == (409, "insufficient_stock", [("/lines/0/quantity", "available")])
    assert json.loads(response.content)["errors"][0]["available"] == 10
    assert row_counts() == before


def test_the_order_is_due_24_hours_after_it_was_placed(api: Api, sku: Any) -> None:
    answer = json.loads(api.post("orders/", an_order_body()).content)

    assert datetime.fromisoformat(answer["process_by"]) == datetime.fromisoformat("2026-06-12T08:59:07+08:00")


def test_the_same_key_and_body_is_answered_from_the_first_call(api: Api, sku: Any) -> None:
    body = an_order_body()

    first, second = api.post("orders/", body, key="k-1"), api.post("orders/", body, key="k-1")

    assert (second.status_code, second.content) == (201, first.content)
    assert second["Idempotent-Replayed"] == "true"
    assert Order.objects.count() == 1


def test_the_same_key_with_another_body_is_refused(api: Api, sku: Any) -> None:
    api.post("orders/", an_order_body(), key="k-1")

    assert problem(api.post("orders/", an_order_body(), key="k-1")) == (422, "idempotency_key_reused", [])


def test_a_key_is_required(api: Api, sku: Any) -> None:
    assert problem(api.post("orders/", an_order_body(), key=None)) == (400, "idempotency_key_required", [])


def test_a_known_number_answers_the_existing_order(api: Api, sku: Any) -> None:
    body = an_order_body()
    first = api.post("orders/", body)

    again = api.post("orders/", body)

    assert again.status_code == 200
    assert json.loads(again.content)["id"] == json.loads(first.content)["id"]
    assert stock_of(sku) == (10, 2)


def test_a_known_number_with_other_content_names_what_differs(api: Api, sku: Any) -> None:
    body = an_order_body()
    api.post("orders/", body)

    assert problem(api.post("orders/", body | {"buyer_note": "quick!"})) == (
        409,
        "order_conflict",
        [("/buyer_note", "differs")],
    )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"payable": "1.00"}, (422, "totals_mismatch", [("/payable", "totals_mismatch")])),
        ({"currency": "USD"}, (422, "unsupported_currency", [("/currency", "unsupported_currency")])),
        ({"shop": "nowhere"}, (422, "unknown_shop", [("/shop", "unknown_shop")])),
        ({"placed_at": "2026-06-11T09:05:00+08:00"}, (422, "date_out_of_range", [("/placed_at", "date_out_of_range")])),
        ({"placed_at": "2026-03-01T08:00:00+08:00"}, (422, "date_out_of_range", [("/placed_at", "date_out_of_range")])),
        ({"placed_at": "2026-06-11 08:00:00"}, (400, "timezone_required", [("/placed_at", "timezone_required")])),
        ({"placed_at": "2026-02-30T08:00:00+08:00"}, (400, "invalid_time", [("/placed_at", "invalid_time")])),
        ({"lines": []}, (400, "empty", [("/lines", "empty")])),
        ({"external_id": "\u3000 "}, (400, "blank", [("/external_id", "blank")])),
    ],
)
def test_what_breaks_a_rule_is_refused_and_nothing_is_written(
    api: Api, sku: Any, changes: dict[str, Any], expected: tuple[int, str, list[tuple[str, str]]]
) -> None:
    before = row_counts()

    assert problem(api.post("orders/", an_order_body(**changes))) == expected
    assert row_counts() == before


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b'{"a": 1, "a": 2}', "duplicate_key"),
        (b'{"a": NaN}', "invalid_number"),
        (b'{"a": 1e999}', "invalid_number"),
        (b'{"a": "\\u0000"}', "invalid_characters"),
        (b'{"a": "\\ud800"}', "invalid_characters"),
        (b'{"a": "x\\u202ey"}', "invalid_characters"),
        (b"[" * 100_000, "too_deep"),
        (b'{"a":' * 30 + b"1" + b"}" * 30, "too_deep"),
        (b"{", "malformed_json"),
        (b"\xff\xfe", "malformed_json"),
    ],
)
def test_json_that_would_do_harm_is_refused(api: Api, raw: bytes, code: str) -> None:
    status, found, _ = problem(api.post("orders/", raw))

    assert (status, found) == (400, code)


def test_a_body_over_the_limit_is_refused(api: Api) -> None:
    assert problem(api.post("orders/", b'"' + b"x" * 1_000_001 + b'"'))[:2] == (413, "body_too_large")


def test_an_unknown_sku_and_one_that_is_not_sold_here_are_told_apart(api: Api, shop: Any) -> None:
    a_sku(code="ELSEWHERE", on_hand=5)
    lines = [{"sku": code, "quantity": 1, "unit_price": "99.00"} for code in ("NO-SUCH", "ELSEWHERE")]

    assert problem(api.post("orders/", an_order_body(lines=lines))) == (
        422,
        "unknown_sku",
        [("/lines/0/sku", "unknown_sku"), ("/lines/1/sku", "not_on_sale")],
    )


def test_without_a_key_the_door_is_closed(db: None) -> None:
    response = Api(None).post("orders/", an_order_body())

    assert problem(response) == (401, "not_authenticated", [])
    assert response["WWW-Authenticate"] == "Bearer"


def test_a_scope_that_only_reads_may_not_write(sku: Any) -> None:
    assert problem(Api(a_client("orders:read")).post("orders/", an_order_body())) == (403, "permission_denied", [])


def test_another_shops_order_does_not_exist(api: Api, sku: Any) -> None:
    order_id = json.loads(api.post("orders/", an_order_body()).content)["id"]
    a_shop("douyin-01")
    stranger = Api(a_client("orders:read", shops=["douyin-01"]))

    assert problem(stranger.get(f"orders/{order_id}/")) == (404, "not_found", [])
    assert json.loads(stranger.get("orders/").content)["results"] == []


def test_lists_page_by_cursor_without_gaps(api: Api, sku: Any) -> None:
    ids = [json.loads(api.post("orders/", an_order_body(quantity=1)).content)["id"] for _ in range(5)]

    first = json.loads(api.get("orders/", limit=2).content)
    second = json.loads(api.client.get(first["next"]).content)
    third = json.loads(api.client.get(second["next"]).content)
    back = json.loads(api.client.get(second["previous"]).content)

    pages = [[row["id"] for row in page["results"]] for page in (first, second, third)]
    assert pages == [ids[4:2:-1], ids[2:0:-1], ids[0:1]]
    assert third["next"] is None
    assert back["results"] == first["results"]


@pytest.mark.parametrize("query", [{"limit": 201}, {"limit": "x"}, {"ordering": "id"}, {"status": "lost"}, {"cursor": "!!"}])
def test_unknown_or_wrong_parameters_are_refused(api: Api, query: dict[str, Any]) -> None:
    assert problem(api.get("orders/", **query))[0] == 400


def test_intake_costs_the_same_statements_for_one_line_and_for_many(api: Api, shop: Any, sku: Any) -> None:
    codes = [a_sku(shop, code=f"S-{n}", on_hand=5).code for n in range(20)]
    lines = [{"sku": code, "quantity": 1, "unit_price": "99.00"} for code in codes]
    api.post("orders/", an_order_body(quantity=1))

    counts = []
    for body in (an_order_body(quantity=1), an_order_body(lines=lines)):
        with CaptureQueriesContext(connection) as statements:
            assert api.post("orders/", body).status_code == 201
        counts.append(len(statements))

    assert counts[0] == counts[1]
    assert counts[0] <= STATEMENTS + SAVEPOINTS


def test_lines_of_the_same_sku_are_reserved_together(api: Api, sku: Any) -> None:
    line = {"sku": sku.code, "quantity": 1, "unit_price": "99.00"}

    assert api.post("orders/", an_order_body(lines=[line] * 10)).status_code == 201
    assert Reservation.objects.get().quantity == 10


def test_a_discount_larger_than_its_line_is_refused(api: Api, sku: Any) -> None:
    lines = [{"sku": "TS-RED-M", "quantity": 1, "unit_price": "99.00", "discount": "99.01"}]

    assert problem(api.post("orders/", an_order_body(lines=lines))) == (
        422,
        "out_of_range",
        [("/lines/0/discount", "out_of_range")],
    )


def test_a_closed_shop_takes_no_orders(api: Api, sku: Any, shop: Any) -> None:
    type(shop).objects.update(is_open=False)

    assert problem(api.post("orders/", an_order_body())) == (422, "not_on_sale", [("/shop", "not_on_sale")])


def test_a_shop_that_no_warehouse_serves_takes_no_orders(api: Api, sku: Any) -> None:
    ShopWarehouse.objects.all().delete()

    assert problem(api.post("orders/", an_order_body())) == (409, "no_warehouse", [])
