"""stock-levels/ and bulk/stock-levels/: the warehouse system's figures."""

import json
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from catalog.models import StockItem, StockLot, StockMovement
from catalog.queries.invariants import unbalanced
from opsdesk.inbox.models import WorkItem
from opsdesk.webhooks.models import Event
from tests.builders import a_client, a_shop, a_sku, a_warehouse, an_order, stock_of
from tests.kit.http import Api, problem
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def sku(db: None) -> Any:
    return a_sku(a_shop(), on_hand=10)


def absolute(quantity: int, sync_seq: int = 1, sku: str = "TS-RED-M", **changes: Any) -> dict[str, Any]:
    return {"sku": sku, "warehouse": "sz-01", "mode": "absolute", "quantity": quantity, "sync_seq": sync_seq} | changes


def delta(pieces: int, key: str = "k-1", sku: str = "TS-RED-M", **changes: Any) -> dict[str, Any]:
    return {"sku": sku, "warehouse": "sz-01", "mode": "delta", "delta": pieces, "key": key} | changes


def send(api: Api, *items: Any, policy: str = "ignore_failed") -> HttpResponse:
    return api.post("bulk/stock-levels/", {"policy": policy, "items": list(items)})


def statuses(response: HttpResponse) -> list[tuple[str, str | None]]:
    assert response.status_code == 200, response.content
    results = json.loads(response.content)["results"]
    return [(one["status"], one["error"] and one["error"]["code"]) for one in results]


@pytest.mark.sop("C11")
def test_a_warehouse_figure_becomes_the_balance_with_ledger_and_event(api: Api, sku: Any) -> None:
    before = Event.objects.filter(type="stock.changed").count()

    response = send(api, absolute(25), delta(-5))

    assert statuses(response) == [("updated", None), ("updated", None)]
    assert stock_of(sku) == (20, 0)
    ledger = StockMovement.objects.order_by("id").values_list("delta", "reason")
    assert list(ledger)[1:] == [(15, "sync"), (-5, "adjustment")]
    assert sum(lot.quantity_left for lot in StockLot.objects.all()) == 20
    news = Event.objects.filter(type="stock.changed").order_by("id")
    assert [event.data for event in news][before:] == [{"sku": "TS-RED-M", "on_hand": 20}]
    assert not unbalanced().exists()


@pytest.mark.sop("C11", refused=True)
def test_figures_that_cannot_be_are_refused_one_by_one_and_nothing_is_written(api: Api, sku: Any) -> None:
    an_order(quantity=4)
    before = row_counts()

    response = send(
        api,
        absolute(3),
        delta(-7),
        absolute(1, sku="NO-SUCH"),
        absolute(1, warehouse="nowhere"),
        absolute(-1),
        delta(1, key=""),
        absolute(1, mode="guess"),
        absolute(1, delta=1),
        {"sku": "TS-RED-M", "warehouse": "sz-01", "mode": "delta", "delta": 1},
    )

    assert statuses(response) == [
        ("error", "below_reserved"),
        ("error", "insufficient_stock"),
        ("error", "unknown_sku"),
        ("error", "unknown_warehouse"),
        ("error", "out_of_range"),
        ("error", "blank"),
        ("error", "invalid_choice"),
        ("error", "unknown_field"),
        ("error", "required"),
    ]
    assert stock_of(sku) == (10, 4)
    assert row_counts() == before | {"doors_idempotencyrecord": 1}


def test_an_older_figure_is_ignored(api: Api, sku: Any) -> None:
    assert statuses(send(api, absolute(25, 7), absolute(30, 6), absolute(31, 7))) == [
        ("updated", None),
        ("ignored", None),
        ("ignored", None),
    ]
    assert statuses(send(api, absolute(40, 7), absolute(41, 8))) == [("ignored", None), ("updated", None)]
    assert stock_of(sku) == (41, 0)


def test_a_change_is_booked_once_for_its_key(api: Api, sku: Any) -> None:
    assert statuses(send(api, delta(3), delta(3))) == [("updated", None), ("existing", None)]
    assert statuses(send(api, delta(3), delta(4))) == [("existing", None), ("error", "key_reused")]
    assert stock_of(sku) == (13, 0)


def test_the_first_figure_of_a_balance_opens_it(api: Api, sku: Any) -> None:
    a_warehouse("hz-01")

    assert statuses(send(api, absolute(5, warehouse="hz-01"))) == [("created", None)]
    assert Event.objects.filter(type="stock.changed").latest("id").data == {"sku": "TS-RED-M", "on_hand": 15}


def test_one_refused_figure_keeps_all_out_when_the_policy_says_so(api: Api, sku: Any) -> None:
    a_warehouse("hz-01")
    before = row_counts()

    response = send(api, absolute(5, warehouse="hz-01"), delta(-99), policy="reject_everything")

    body = json.loads(response.content)
    assert [one["status"] for one in body["results"]] == ["ignored", "error"]
    assert (body["created"], body["failed"]) == (0, 1)
    assert row_counts() == before | {"doors_idempotencyrecord": 1}


def test_pieces_that_come_and_go_in_one_batch_leave_the_lots_right(api: Api, sku: Any) -> None:
    assert statuses(send(api, delta(5, "a"), delta(-12, "b"))) == [("updated", None), ("updated", None)]
    assert stock_of(sku) == (3, 0)
    assert sum(lot.quantity_left for lot in StockLot.objects.all()) == 3


@pytest.mark.parametrize(("quantity", "items"), [(1010, 0), (1011, 1)])
def test_a_jump_is_taken_over_and_looked_at_by_the_supervisor(api: Api, sku: Any, quantity: int, items: int) -> None:
    send(api, absolute(quantity))

    assert stock_of(sku) == (quantity, 0)
    work = WorkItem.objects.filter(kind="catalog.stock_jump", role="operations_supervisor")
    assert work.count() == items
    assert [item.subject_id for item in work] == [str(StockItem.objects.get().pk)] * items


def test_a_scope_that_only_reads_may_not_write_figures(sku: Any) -> None:
    reader = Api(a_client("stock:read"))
    before = row_counts()

    assert problem(send(reader, absolute(1))) == (403, "permission_denied", [])
    assert row_counts() == before


def test_a_batch_has_at_most_a_thousand_items_and_a_policy(api: Api, sku: Any) -> None:
    assert problem(send(api, *[delta(1, f"k-{n}") for n in range(1001)])) == (
        400,
        "too_many_items",
        [("/items", "too_many_items")],
    )
    assert problem(send(api)) == (400, "empty", [("/items", "empty")])
    assert problem(send(api, delta(1), policy="hope")) == (400, "invalid_choice", [("/policy", "invalid_choice")])


def test_a_batch_costs_the_same_statements_whatever_its_size(api: Api, sku: Any) -> None:
    codes = [a_sku(code=f"S-{n}").code for n in range(60)]
    send(api, delta(1, "first"))
    counts = []
    for number, size in enumerate((2, 50)):
        items = [delta(1, f"{number}", code) for code in codes[:size]] + [absolute(9 - number, number + 1)]
        with CaptureQueriesContext(connection) as statements:
            assert send(api, *items).status_code == 200
        counts.append(len(statements))

    assert counts[0] == counts[1]


def test_levels_are_listed_and_filtered(api: Api, sku: Any) -> None:
    a_sku(code="OTHER", on_hand=3)
    an_order(quantity=4)

    rows = json.loads(api.get("stock-levels/", sku="TS-RED-M", warehouse="sz-01").content)["results"]

    assert [{name: row[name] for name in ("sku", "warehouse", "on_hand", "reserved", "available")} for row in rows] == [
        {"sku": "TS-RED-M", "warehouse": "sz-01", "on_hand": 10, "reserved": 4, "available": 6}
    ]
    assert len(json.loads(api.get("stock-levels/").content)["results"]) == 2
    assert problem(api.get("stock-levels/", colour="red"))[:2] == (400, "invalid_parameter")


def test_a_shop_sees_the_stock_of_its_own_warehouses_and_goods(sku: Any) -> None:
    a_shop("douyin-01", warehouse=a_warehouse("hz-01"))
    stranger = Api(a_client("stock:write", shops=["douyin-01"]))

    assert json.loads(stranger.get("stock-levels/").content)["results"] == []
    assert statuses(send(stranger, absolute(1))) == [("error", "unknown_sku")]
    own = Api(a_client("stock:write", shops=["tmall-01"]))
    assert [row["sku"] for row in json.loads(own.get("stock-levels/").content)["results"]] == ["TS-RED-M"]
