"""POST bulk/orders/ and the dry run: many orders at once, new or historical."""

import json
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from catalog.models import StockMovement
from catalog.queries.invariants import unbalanced
from opsdesk.webhooks.models import Event
from orders.models import Order, OrderLine
from tests.builders import a_client, a_shop, a_sku, an_order_body, stock_of
from tests.kit.http import Api, problem
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def sku(db: None) -> Any:
    return a_sku(a_shop(), on_hand=10)


def send(api: Api, *items: Any, policy: str = "ignore_failed") -> HttpResponse:
    return api.post("bulk/orders/", {"policy": policy, "items": list(items)})


def statuses(response: HttpResponse) -> list[tuple[str, str | None]]:
    assert response.status_code == 200, response.content
    results = json.loads(response.content)["results"]
    return [(one["status"], one["error"] and one["error"]["code"]) for one in results]


def past(number: str, quantity: int = 2, kind: str = "sale", **changes: Any) -> dict[str, Any]:
    """A historical order with no more than it must have."""
    line = {"sku": "TS-RED-M", "quantity": quantity, "unit_price": "2.55"}
    body = {"shop": "tmall-01", "external_id": number, "placed_at": "2010-12-01T08:26:00+00:00", "lines": [line]}
    return body | {"historical": True, "kind": kind} | changes


@pytest.mark.sop("O1")
def test_orders_arrive_in_bulk_each_with_its_result(api: Api, sku: Any) -> None:
    first = an_order_body(quantity=2)

    response = send(api, first, an_order_body(quantity=99), first, an_order_body(sku="NO-SUCH"), {"shop": "tmall-01"})

    assert statuses(response) == [
        ("created", None),
        ("error", "insufficient_stock"),
        ("existing", None),
        ("error", "unknown_sku"),
        ("error", "required"),
    ]
    body = json.loads(response.content)
    assert (body["created"], body["failed"]) == (1, 3)
    assert body["results"][0]["id"] == body["results"][2]["id"] == Order.objects.get().public_id
    assert body["results"][1]["error"]["errors"][0]["pointer"] == "/lines/0/quantity"
    assert stock_of(sku) == (10, 2)


@pytest.mark.sop("O1", refused=True)
def test_one_bad_order_keeps_all_out_when_the_policy_says_so(api: Api, sku: Any) -> None:
    before = row_counts()

    for bad in (an_order_body(quantity=99), {"shop": "tmall-01"}):
        response = send(api, an_order_body(), bad, policy="reject_everything")
        body = json.loads(response.content)
        assert [one["status"] for one in body["results"]] == ["ignored", "error"]
        assert (body["created"], body["failed"]) == (0, 1)

    assert row_counts() == before | {"doors_idempotencyrecord": 2}


def test_the_pieces_of_one_batch_are_sold_once(api: Api, sku: Any) -> None:
    orders = [an_order_body(quantity=4) for _ in range(4)]

    assert statuses(send(api, *orders)) == [("created", None)] * 2 + [("error", "insufficient_stock")] * 2
    assert stock_of(sku) == (10, 8)


@pytest.mark.sop("O1", "C11")
def test_history_is_recorded_as_it_was_with_its_stock_moves(api: Api, sku: Any) -> None:
    line = {"sku": "TS-RED-M", "quantity": 1, "unit_price": "2.55"}
    sale = past("536365", lines=[line, line, line | {"quantity": 2, "unit_price": "2.10"}])

    assert statuses(send(api, sale, past("C536379", 1, "credit"))) == [("created", None)] * 2

    order = Order.objects.get(external_id="536365")
    credit = Order.objects.get(external_id="C536379")
    assert (order.status, order.historical, order.process_by, order.customer, order.currency) == (
        "completed",
        True,
        None,
        None,
        "CNY",
    )
    assert order.payable_amount == Decimal("9.30")
    assert OrderLine.objects.filter(order=order).count() == 3
    assert (credit.kind, credit.payable_amount) == ("credit", Decimal("2.55"))
    assert stock_of(sku) == (7, 0)
    moves = StockMovement.objects.order_by("id").values_list("delta", "reason", "ref")
    assert list(moves)[1:] == [(-4, "sale", order.public_id), (1, "return", credit.public_id)]
    assert not Event.objects.filter(subject_kind="order").exists()
    assert not unbalanced().exists()


def test_the_same_history_again_changes_nothing(api: Api, sku: Any) -> None:
    items = [past("1"), past("C2", 1, "credit")]
    send(api, *items)
    before = row_counts()

    assert statuses(send(api, *items)) == [("existing", None)] * 2
    assert row_counts() == before | {"doors_idempotencyrecord": before["doors_idempotencyrecord"] + 1}


@pytest.mark.parametrize(
    ("changes", "code", "pointer"),
    [
        ({"quantity": 11}, "insufficient_stock", "/lines/0/quantity"),
        ({"historical": False}, "required", "/payment"),
        ({"kind": "gift"}, "invalid_choice", "/kind"),
        ({"currency": "GBP"}, "unsupported_currency", "/currency"),
        ({"placed_at": "2026-07-01T00:00:00+08:00"}, "date_out_of_range", "/placed_at"),
        ({"lines": [{"sku": "TS-RED-M", "quantity": 1, "unit_price": "1.00"}] * 1001}, "too_many_items", "/lines"),
    ],
)
def test_history_that_cannot_be_is_refused(api: Api, sku: Any, changes: dict[str, Any], code: str, pointer: str) -> None:
    quantity = changes.pop("quantity", 1)
    before = row_counts()

    result = json.loads(send(api, past("1", quantity, **changes)).content)["results"][0]

    assert (result["status"], result["error"]["code"], result["error"]["errors"][0]["pointer"]) == ("error", code, pointer)
    assert row_counts() == before | {"doors_idempotencyrecord": 1}


def test_a_new_order_is_never_a_credit_note(api: Api, sku: Any) -> None:
    assert problem(api.post("orders/", an_order_body(kind="credit"))) == (422, "not_historical", [("/kind", "not_historical")])


def test_a_thousand_lines_are_history_two_hundred_are_an_order(api: Api, sku: Any) -> None:
    line = {"sku": "TS-RED-M", "quantity": 1, "unit_price": "99.00"}
    a_sku(code="MANY", on_hand=2000)

    assert statuses(send(api, past("1", lines=[line | {"sku": "MANY"}] * 1000))) == [("created", None)]
    assert problem(api.post("orders/", an_order_body(lines=[line] * 201)))[1] == "too_many_items"


def test_importing_history_needs_its_own_scope(sku: Any) -> None:
    writer, importer = Api(a_client("orders:write")), Api(a_client("orders:import"))
    before = row_counts()

    assert problem(send(writer, past("1"))) == (403, "permission_denied", [])
    assert problem(send(importer, an_order_body())) == (403, "permission_denied", [])
    assert problem(send(Api(a_client("orders:read")), past("1"))) == (403, "permission_denied", [])
    assert row_counts() == before | {"audit_auditentry": before["audit_auditentry"] + 1}
    assert statuses(send(importer, past("1"))) == [("created", None)]


@pytest.mark.parametrize("historical", [True, False])
def test_a_batch_costs_the_same_statements_whatever_its_size(api: Api, sku: Any, historical: bool) -> None:
    codes = [a_sku(sku.product.offers.get().shop, code=f"S-{n}", on_hand=50).code for n in range(30)]

    def batch(size: int, start: int) -> list[dict[str, Any]]:
        lines = [{"sku": code, "quantity": 1, "unit_price": "99.00"} for code in codes[: size // 2 + 1]]
        if not historical:
            return [an_order_body(lines=lines) for _ in range(size)]
        return [past(f"{start + n}", lines=lines, kind="credit" if n % 2 else "sale") for n in range(size)]

    send(api, *batch(2, 0))
    counts = []
    for size in (4, 40):
        with CaptureQueriesContext(connection) as statements:
            assert {status for status, _ in statuses(send(api, *batch(size, size * 100)))} == {"created"}
        counts.append(len(statements))

    assert counts[0] == counts[1]


@pytest.mark.sop("O2")
def test_a_dry_run_says_what_would_come_of_an_order_and_writes_nothing(api: Api, sku: Any) -> None:
    body = an_order_body(payment={"status": "unpaid"})
    body["address"]["city"] = ""
    before = row_counts()

    response = api.post("orders/?dry_run=1", body, key=None)

    assert response.status_code == 200
    answer = json.loads(response.content)
    assert (answer["dry_run"], answer["id"], answer["payable"]) == (True, None, "198.00")
    assert answer["holds"] == ["awaiting_payment", "address"]
    assert [check["result"] for check in answer["checks"]] == ["ok", "failed", "failed", "ok", "ok", "ok"]
    assert row_counts() == before


@pytest.mark.sop("O2", refused=True)
def test_a_dry_run_refuses_what_the_call_would_refuse(api: Api, sku: Any) -> None:
    before = row_counts()

    assert problem(api.post("orders/?dry_run=1", an_order_body(quantity=11), key=None))[:2] == (409, "insufficient_stock")
    assert problem(api.post("orders/?dry_run=maybe", an_order_body(), key=None))[:2] == (400, "invalid_parameter")
    assert row_counts() == before
