"""Stocktakes in the browser: planned, counted by one, posted by another."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.models import StockItem, StockMovement, Stocktake, StocktakeLine
from catalog.rules.allocation import Take
from catalog.services import stock
from catalog.services.counting import counts, planning
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.duties.services import run_at
from opsdesk.inbox.models import WorkItem
from tests.builders import NOW, a_product, a_shop, a_sku, a_user, stock_up
from tests.builders.accounts import an_actor
from tests.kit.browser import command, signed_in
from tests.kit.browser_forms import rows
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "shop")


@pytest.fixture
def shop(db: None) -> Any:
    return a_shop()


@pytest.fixture
def skus(shop: Any) -> list[Any]:
    product = a_product(shop)
    return [a_sku(shop, code=code, on_hand=10, product=product) for code in ("A", "B", "C")]


@pytest.fixture
def keeper(shop: Any) -> Client:
    return signed_in(a_user(Role.WAREHOUSE))


@pytest.fixture
def supervisor(shop: Any) -> Client:
    return signed_in(a_user(Role.OPERATIONS_SUPERVISOR))


def a_stocktake(*codes: str) -> Stocktake:
    return planning.plan_stocktake(warehouse="sz-01", skus=codes or ("A", "B"), title="货架A", actor=SYSTEM, now=NOW)


def enter(client: Client, stocktake: Stocktake, *lines: dict[str, Any]) -> Any:
    return client.post(reverse("admin:catalog_stocktake_count", args=[stocktake.pk]), rows("counts", *lines))


def open_work() -> list[tuple[str, str]]:
    return list(WorkItem.objects.filter(closed_at=None).order_by("id").values_list("kind", "role"))


def on_hand() -> dict[str, int]:
    return dict(StockItem.objects.values_list("sku__code", "on_hand"))


@pytest.mark.sop("C22")
def test_what_differs_is_counted_by_one_and_posted_by_another(skus: Any, keeper: Client, supervisor: Client) -> None:
    planned = keeper.post(reverse("admin:catalog_stocktake_add"), {"warehouse": "sz-01", "title": "货架A", "skus": "A B\nC"})
    stocktake = Stocktake.objects.get()
    assert planned["Location"] == f"/admin/catalog/stocktake/{stocktake.pk}/change/"
    assert open_work() == [("catalog.count_stocktake", "warehouse")]
    command(keeper, "catalog_stocktake", stocktake.pk, "start")
    counted = enter(
        keeper,
        stocktake,
        {"sku": "A", "counted": 10},
        {"sku": "B", "counted": 7, "reason": "lost", "note": "少三件"},
        {"sku": "C", "counted": 12, "reason": "unrecorded"},
    )
    assert counted.status_code == 302
    assert command(keeper, "catalog_stocktake", stocktake.pk, "finish").status_code == 302
    assert open_work() == [("catalog.post_stocktake", "operations_supervisor")]

    assert command(supervisor, "catalog_stocktake", stocktake.pk, "post").status_code == 302

    assert (on_hand(), open_work()) == ({"A": 10, "B": 7, "C": 12}, [])
    booked = StockMovement.objects.filter(reason="stocktake").order_by("sku__code").values_list("sku__code", "delta", "ref")
    assert list(booked) == [("B", -3, stocktake.public_id), ("C", 2, stocktake.public_id)]
    assert set(StockItem.objects.values_list("counted_at", flat=True)) == {NOW}
    stocktake.refresh_from_db()
    assert (stocktake.state, stocktake.posted_at) == ("posted", NOW)


@pytest.mark.sop("C22", refused=True)
@pytest.mark.parametrize("superuser", [False, True])
def test_whoever_counted_does_not_post(skus: Any, superuser: bool) -> None:
    client = signed_in(a_user(Role.WAREHOUSE, Role.OPERATIONS_SUPERVISOR, superuser=superuser))
    stocktake = a_stocktake()
    command(client, "catalog_stocktake", stocktake.pk, "start")
    enter(client, stocktake, {"sku": "A", "counted": 9, "reason": "lost"}, {"sku": "B", "counted": 10})
    command(client, "catalog_stocktake", stocktake.pk, "finish")
    before = row_counts()

    response: Any = command(client, "catalog_stocktake", stocktake.pk, "post")

    assert response.context["form"].non_field_errors() == ["Whoever counted a stocktake may not post it."]
    assert (row_counts(), on_hand()["A"], Stocktake.objects.get().state) == (before, 10, "reviewed")


def test_nothing_is_finished_before_all_is_counted_and_explained(skus: Any, keeper: Client) -> None:
    stocktake = a_stocktake()
    command(keeper, "catalog_stocktake", stocktake.pk, "start")
    enter(keeper, stocktake, {"sku": "A", "counted": 9})

    response: Any = command(keeper, "catalog_stocktake", stocktake.pk, "finish")

    assert response.context["form"].non_field_errors() == ["A differs by -1 pieces; say why.", "B is not counted yet."]
    assert Stocktake.objects.get().state == "counting"


def test_sales_before_and_after_the_count_do_no_harm(skus: Any, keeper: Client, supervisor: Client) -> None:
    stocktake = a_stocktake("A")
    command(keeper, "catalog_stocktake", stocktake.pk, "start")
    stock.book([stock.Booking(skus[0].pk, _place(), -2, "x")], reason="sale", actor=SYSTEM, now=NOW)  # type: ignore[arg-type]
    enter(keeper, stocktake, {"sku": "A", "counted": 8})
    line = StocktakeLine.objects.get()
    assert (line.expected, line.expected_at_count) == (10, 8)
    stock.book([stock.Booking(skus[0].pk, _place(), -3, "y")], reason="sale", actor=SYSTEM, now=NOW)  # type: ignore[arg-type]
    command(keeper, "catalog_stocktake", stocktake.pk, "finish")
    command(supervisor, "catalog_stocktake", stocktake.pk, "post")

    assert (on_hand()["A"], StockMovement.objects.filter(reason="stocktake").count()) == (5, 0)


def test_the_counter_does_not_see_what_is_expected(skus: Any, keeper: Client) -> None:
    stocktake = a_stocktake("A")
    stock_up(skus[0], 31)
    command(keeper, "catalog_stocktake", stocktake.pk, "start")
    for name in ("catalog_stocktake_change", "catalog_stocktake_count", "catalog_stocktake_print"):
        page: Any = keeper.get(reverse(f"admin:{name}", args=[stocktake.pk]))
        assert (page.status_code, ">41<" in page.content.decode()) == (200, False)


def test_a_sku_that_lies_there_unlisted_is_added(skus: Any, keeper: Client) -> None:
    stocktake = a_stocktake("A")
    command(keeper, "catalog_stocktake", stocktake.pk, "start")
    assert enter(keeper, stocktake, {"sku": "A", "counted": 10}, {"sku": "C", "counted": 11}).status_code == 302
    assert dict(stocktake.lines.values_list("sku__code", "counted")) == {"A": 10, "C": 11}


def test_unknown_skus_are_named_and_nothing_is_kept(skus: Any, keeper: Client) -> None:
    stocktake = a_stocktake("A")
    command(keeper, "catalog_stocktake", stocktake.pk, "start")
    before = row_counts()
    response = enter(keeper, stocktake, {"sku": "A", "counted": 10}, {"sku": "NOPE", "counted": 1})
    assert response.status_code == 422
    assert response.context["error"].non_field_errors() == ["There is no SKU NOPE."]
    assert (row_counts(), StocktakeLine.objects.get().counted) == (before, None)


def test_pieces_that_orders_reserved_are_not_booked_away(skus: Any, keeper: Client, supervisor: Client) -> None:
    stock.reserve([Take("ord_1", skus[0].pk, _place(), 6)], now=NOW)
    stocktake = a_stocktake("A")
    command(keeper, "catalog_stocktake", stocktake.pk, "start")
    enter(keeper, stocktake, {"sku": "A", "counted": 5, "reason": "lost"})
    command(keeper, "catalog_stocktake", stocktake.pk, "finish")

    response: Any = command(supervisor, "catalog_stocktake", stocktake.pk, "post")

    assert response.context["form"].non_field_errors() == [
        "6 pieces of A are reserved for orders, more than are left; hold the orders first."
    ]
    assert (on_hand()["A"], Stocktake.objects.get().state) == (10, "reviewed")


def test_the_second_person_has_the_differences_counted_again(skus: Any, keeper: Client, supervisor: Client) -> None:
    stocktake = a_stocktake()
    command(keeper, "catalog_stocktake", stocktake.pk, "start")
    enter(keeper, stocktake, {"sku": "A", "counted": 1, "reason": "lost"}, {"sku": "B", "counted": 10})
    command(keeper, "catalog_stocktake", stocktake.pk, "finish")

    assert command(supervisor, "catalog_stocktake", stocktake.pk, "recount", reason="太多").status_code == 302

    assert dict(stocktake.lines.values_list("sku__code", "counted")) == {"A": None, "B": 10}
    assert open_work() == [("catalog.count_stocktake", "warehouse")]


def test_one_sku_is_not_counted_twice_at_once(skus: Any, keeper: Client) -> None:
    a_stocktake("A")
    form = {"warehouse": "sz-01", "title": "again", "skus": "A B"}
    response: Any = keeper.post(reverse("admin:catalog_stocktake_add"), form)
    assert response.context["form"].non_field_errors() == ["Being counted already: A"]
    assert Stocktake.objects.count() == 1


def test_a_cancelled_stocktake_books_nothing_and_leaves_no_work(skus: Any, supervisor: Client) -> None:
    stocktake = a_stocktake()
    assert command(supervisor, "catalog_stocktake", stocktake.pk, "cancel", reason="停业").status_code == 302
    assert (Stocktake.objects.get().state, open_work(), on_hand()["A"]) == ("cancelled", [], 10)


def test_the_schedule_plans_what_was_counted_longest_ago(skus: Any) -> None:
    StockItem.objects.filter(sku=skus[0]).update(counted_at=NOW - timedelta(days=1))
    StockItem.objects.filter(sku=skus[1]).update(counted_at=NOW - timedelta(days=90))

    assert run_at(name="catalog.plan_stocktakes", now=NOW) == 1
    assert run_at(name="catalog.plan_stocktakes", now=NOW) == 0

    planned = Stocktake.objects.get()
    assert list(planned.lines.order_by("id").values_list("sku__code", flat=True)) == ["C", "B", "A"]
    assert (planned.is_periodic, planned.due_at) == (True, NOW + timedelta(hours=48))


@pytest.mark.parametrize("role", [Role.DESIGNER, Role.CUSTOMER_SERVICE, Role.MARKETING])
def test_other_desks_plan_and_count_nothing(skus: Any, role: Role) -> None:
    stocktake = a_stocktake()
    client = signed_in(a_user(role))
    before = row_counts()
    assert client.get(reverse("admin:catalog_stocktake_add")).status_code == 403
    assert command(client, "catalog_stocktake", stocktake.pk, "start").status_code == 403
    assert enter(client, stocktake, {"sku": "A", "counted": 1}).status_code == 403
    assert row_counts() == before


def test_a_page_takes_the_same_number_of_statements_for_more_lines(skus: Any, keeper: Client) -> None:
    one, many = a_stocktake("A"), a_stocktake("B", "C")
    counts.start(stocktake_id=one.pk, actor=an_actor(Role.WAREHOUSE), now=NOW)
    counts.start(stocktake_id=many.pk, actor=an_actor(Role.WAREHOUSE), now=NOW)
    numbers = []
    for stocktake in (one, one, many):
        with CaptureQueriesContext(connection) as taken:
            keeper.get(reverse("admin:catalog_stocktake_count", args=[stocktake.pk]))
        numbers.append(len(taken))
    assert numbers[1] == numbers[2]


def _place() -> int:
    return StockItem.objects.values_list("warehouse", flat=True).first() or 0
