"""Goods that hardly sell: asked about by SKU and by listing, and answered in either place for both."""

from datetime import timedelta
from typing import Any

import pytest

from catalog.models import DelistProposal, ListingRevision, Sku, SlowStock, StockLot
from opsdesk.accounts.roles import Role
from opsdesk.inbox.models import WorkItem
from tests.builders import NOW, a_live_listing, a_shop, stock_up
from tests.kit.browser import Staff, command
from tests.kit.duties import run
from tests.kit.rows import row_counts

pytestmark = pytest.mark.django_db
DUTY, SLOW = "catalog.propose_delisting", "catalog.scan_slow_stock"
OLD = NOW - timedelta(days=241)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def shop(clock: Any, db: None) -> Any:
    return a_shop()


@pytest.fixture
def revision() -> ListingRevision:
    revision = a_live_listing(skus=[{"sku": code, "cost": "40.00", "price": "99.00"} for code in ("C", "D")])
    for sku in Sku.objects.filter(product=revision.product):
        stock_up(sku, 5)
    return revision


@pytest.fixture
def asked(revision: ListingRevision) -> DelistProposal:
    StockLot.objects.update(received_at=OLD)
    run(SLOW, NOW)
    run(DUTY, NOW)
    return DelistProposal.objects.get()


def open_work() -> int:
    return WorkItem.objects.filter(kind__in=["catalog.slow_stock", "catalog.delist_proposal"], closed_at=None).count()


def answers() -> tuple[dict[str, tuple[str, str]], tuple[str, str]]:
    rows = {code: (state, note) for code, state, note in SlowStock.objects.values_list("sku__code", "state", "note")}
    return rows, DelistProposal.objects.values_list("state", "note").get()


@pytest.mark.sop("C20")
def test_goods_that_lie_too_long_are_asked_about_once_all_their_skus_do(revision: ListingRevision) -> None:
    StockLot.objects.filter(sku__code="C").update(received_at=OLD)
    run(SLOW, NOW)
    run(DUTY, NOW)
    assert not DelistProposal.objects.exists()

    StockLot.objects.update(received_at=OLD)
    run(SLOW, NOW)
    run(DUTY, NOW)
    proposal = DelistProposal.objects.get()
    assert (proposal.revision_id, proposal.reason, proposal.detail) == (revision.pk, "slow_moving", "241")
    desk = Staff(Role.PRODUCT_SPECIALIST)
    assert command(desk.client, "catalog_delistproposal", proposal.pk, "accept").status_code == 302

    assert dict(SlowStock.objects.values_list("sku__code", "state")) == {"C": "accepted", "D": "accepted"}
    assert open_work() == 0


@pytest.mark.sop("C20", "C23")
def test_a_listing_that_stays_on_sale_answers_for_its_skus(asked: DelistProposal) -> None:
    desk = Staff(Role.PRODUCT_SPECIALIST)
    assert command(desk.client, "catalog_delistproposal", asked.pk, "decline", reason="season ahead").status_code == 302
    assert answers() == (dict.fromkeys("CD", ("declined", "season ahead")), ("declined", "season ahead"))
    run(SLOW, NOW + HOUR)
    run(DUTY, NOW + HOUR)
    assert (open_work(), SlowStock.objects.count(), DelistProposal.objects.count()) == (0, 2, 1)


@pytest.mark.sop("C20", "C23")
def test_a_sku_that_stays_as_it_is_answers_for_its_listing(asked: DelistProposal) -> None:
    desk, slow = Staff(Role.PRODUCT_SPECIALIST), SlowStock.objects.get(sku__code="C")
    assert command(desk.client, "catalog_slowstock", slow.pk, "decline", note="sold in sets").status_code == 302
    rows = {"C": ("declined", "sold in sets"), "D": ("open", "")}
    assert answers() == (rows, ("declined", "sold in sets"))
    run(DUTY, NOW + HOUR)
    assert (open_work(), DelistProposal.objects.count()) == (1, 1)


@pytest.mark.sop("C20", refused=True)
def test_without_a_reason_neither_is_answered(asked: DelistProposal) -> None:
    desk, slow = Staff(Role.PRODUCT_SPECIALIST), SlowStock.objects.get(sku__code="C")
    before = row_counts()
    assert command(desk.client, "catalog_slowstock", slow.pk, "decline", note="").status_code == 422
    assert command(desk.client, "catalog_delistproposal", asked.pk, "decline", reason="").status_code == 422
    assert (row_counts(), answers()) == (before, ({"C": ("open", ""), "D": ("open", "")}, ("open", "")))
