"""What has sold out is proposed for delisting."""

from datetime import timedelta
from typing import Any

import pytest

from catalog.models import ListingRevision, Sku
from catalog.services.publishing import delist
from catalog.services.stock import Demand, plan, reserve
from opsdesk.common.actors import SYSTEM
from opsdesk.duties.services import run_at
from opsdesk.inbox.models import WorkItem
from tests.builders import NOW, a_live_listing, a_product, a_shop, a_warehouse, an_approved_listing, stock_up

pytestmark = pytest.mark.usefixtures("shop")


@pytest.fixture
def shop(db: None) -> Any:
    return a_shop()


def sku_of(revision: ListingRevision) -> Sku:
    return Sku.objects.get(code=revision.skus[0]["sku"])


def asked() -> list[tuple[str, str]]:
    items = WorkItem.objects.filter(kind="catalog.sold_out", closed_at=None)
    return list(items.order_by("id").values_list("subject_id", "role"))


def test_a_live_listing_without_a_sellable_piece_is_asked_about_once() -> None:
    gone, left = a_live_listing(), a_live_listing()
    an_approved_listing()
    a_product()
    stock_up(sku_of(gone), 2)
    stock_up(sku_of(left), 2)
    assert run_at(name="catalog.propose_delisting", now=NOW) == 0
    for revision, pieces in ((gone, 2), (left, 1)):
        takes = plan([Demand(revision.public_id, {sku_of(revision).pk: pieces}, [a_warehouse().pk])]).takes
        reserve(takes, now=NOW)

    assert run_at(name="catalog.propose_delisting", now=NOW) == 1
    assert run_at(name="catalog.propose_delisting", now=NOW + timedelta(hours=1)) == 1

    assert asked() == [(gone.public_id, "product_specialist")]
    assert WorkItem.objects.get(kind="catalog.sold_out").due_at == NOW + timedelta(hours=24)


def test_the_question_is_settled_when_it_sells_again_or_goes_off_sale() -> None:
    first, second = a_live_listing(), a_live_listing()
    assert run_at(name="catalog.propose_delisting", now=NOW) == 2

    stock_up(sku_of(first), 1)
    assert run_at(name="catalog.propose_delisting", now=NOW) == 1
    assert asked() == [(second.public_id, "product_specialist")]

    delist(revision_id=second.pk, reason="out_of_stock", actor=SYSTEM, now=NOW)
    assert asked() == []
    assert run_at(name="catalog.propose_delisting", now=NOW) == 0
