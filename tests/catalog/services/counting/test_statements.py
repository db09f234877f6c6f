"""A stocktake of two thousand lines costs as many statements as one of two, in every step."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Sku, StockItem, StockLot, Stocktake
from catalog.services.counting import counts, planning, posting
from catalog.services.counting.counts import Count
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.common.errors import Invalid
from tests.builders import NOW, a_product, a_shop, an_actor
from tests.builders.catalog import a_warehouse

pytestmark = pytest.mark.django_db


@pytest.fixture
def skus() -> list[str]:
    """Two thousand and two codes, on one product."""
    product = a_product(a_shop())
    place = a_warehouse()
    made = Sku.objects.bulk_create(Sku(product=product, code=f"S-{n:04}", options={}, price=9) for n in range(2002))
    StockItem.objects.bulk_create(StockItem(sku=sku, warehouse=place, on_hand=5) for sku in made)
    StockLot.objects.bulk_create(
        StockLot(sku=sku, warehouse=place, code="L1", received_at=NOW, quantity_left=5) for sku in made
    )
    return [sku.code for sku in made]


def planned(codes: list[str]) -> Stocktake:
    return planning.plan_stocktake(warehouse="sz-01", skus=codes, title="year", actor=SYSTEM, now=NOW)


def test_every_step_costs_the_same_for_two_lines_and_two_thousand(skus: list[str]) -> None:
    keeper, boss = an_actor(Role.WAREHOUSE), an_actor(Role.OPERATIONS_SUPERVISOR)
    costs = []
    for codes in (skus[:2], skus[2:]):
        stocktake = planned(codes)
        found = [Count(code, 5 + (-1) ** number, "lost") for number, code in enumerate(codes)]
        steps: list[Callable[[Any], Any]] = [
            lambda pk: counts.start(stocktake_id=pk, actor=keeper, now=NOW),
            lambda pk: counts.count(stocktake_id=pk, counts=found, actor=keeper, now=NOW),  # noqa: B023
            lambda pk: counts.finish(stocktake_id=pk, actor=keeper, now=NOW),
            lambda pk: posting.post(stocktake_id=pk, actor=boss, now=NOW),
        ]
        costs.append([_cost(step, stocktake.pk) for step in steps])
        assert set(StockItem.objects.filter(sku__code__in=codes).values_list("on_hand", flat=True)) == {4, 6}
    assert costs[0] == costs[1]


def test_what_was_found_makes_a_lot_that_is_called_like_the_stocktake(skus: list[str]) -> None:
    keeper, boss = an_actor(Role.WAREHOUSE), an_actor(Role.OPERATIONS_SUPERVISOR)
    stocktake = planned(skus[:1])
    counts.start(stocktake_id=stocktake.pk, actor=keeper, now=NOW)
    counts.count(stocktake_id=stocktake.pk, counts=[Count(skus[0], 7, "unrecorded")], actor=keeper, now=NOW)
    counts.finish(stocktake_id=stocktake.pk, actor=keeper, now=NOW)
    posting.post(stocktake_id=stocktake.pk, actor=boss, now=NOW)
    lots = StockLot.objects.filter(sku__code=skus[0]).order_by("id").values_list("code", "quantity_left")
    assert list(lots) == [("L1", 5), ("year", 2)]


def test_one_line_more_than_the_limit_is_refused(skus: list[str]) -> None:
    with pytest.raises(Invalid) as refused:
        planned(skus[:2001])
    assert (refused.value.params, Stocktake.objects.exists()) == ({"limit": 2000}, False)


def _cost(step: Callable[[Any], Any], pk: int) -> int:
    with CaptureQueriesContext(connection) as statements:
        step(pk)
    return sum("parameters_" not in one["sql"] for one in statements)  # those are kept in memory for some seconds
