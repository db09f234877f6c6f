"""Taking goods off sale: questions, rules, and many at once."""

from datetime import timedelta
from typing import Any

import pytest

from catalog.models import Category, DelistPolicy, DelistProposal, ListingRevision, Product, Sku, StockLot
from opsdesk.accounts.roles import Role
from opsdesk.inbox.models import WorkItem
from tests.builders import NOW, a_live_listing, a_shop, stock_up
from tests.kit.browser import Staff, command
from tests.kit.duties import run
from tests.kit.rows import row_counts

pytestmark = pytest.mark.django_db
DUTY = "catalog.propose_delisting"


@pytest.fixture(autouse=True)
def shop(clock: Any, db: None) -> Any:
    return a_shop()


def state_of(revision: ListingRevision) -> str:
    return ListingRevision.objects.values_list("state", flat=True).get(pk=revision.pk)


def open_work() -> list[str]:
    return list(WorkItem.objects.filter(kind="catalog.delist_proposal", closed_at=None).values_list("subject_id", flat=True))


@pytest.mark.sop("C20")
def test_what_has_sold_out_is_asked_about_once_and_taken_off_at_once() -> None:
    gone, left = a_live_listing(), a_live_listing()
    stock_up(Sku.objects.get(code=left.skus[0]["sku"]), 3)
    run(DUTY, NOW)
    run(DUTY, NOW + timedelta(hours=1))
    proposal = DelistProposal.objects.get()
    assert (proposal.revision_id, proposal.reason, open_work()) == (gone.pk, "out_of_stock", [proposal.public_id])
    desk = Staff(Role.PRODUCT_SPECIALIST)
    assert desk.open("catalog_delistproposal_change", proposal.public_id).status_code == 200
    assert command(desk.client, "catalog_delistproposal", proposal.pk, "accept").status_code == 302
    proposal.refresh_from_db()
    assert (state_of(gone), state_of(left), proposal.state, open_work()) == ("delisted", "listed", "accepted", [])


@pytest.mark.sop("C20", refused=True)
def test_staying_on_sale_needs_a_reason_and_the_permission() -> None:
    revision = a_live_listing()
    run(DUTY, NOW)
    desk, finance = Staff(Role.PRODUCT_SPECIALIST), Staff(Role.FINANCE)
    proposal, before = DelistProposal.objects.get(), row_counts()
    assert command(desk.client, "catalog_delistproposal", proposal.pk, "decline", reason="").status_code == 422
    assert command(finance.client, "catalog_delistproposal", proposal.pk, "accept").status_code == 403
    assert row_counts() == before
    assert (state_of(revision), open_work()) == ("listed", [proposal.public_id])
    assert command(desk.client, "catalog_delistproposal", proposal.pk, "decline", reason="on its way").status_code == 302
    run(DUTY, NOW + timedelta(hours=1))
    assert open_work() == []
    run(DUTY, NOW + timedelta(days=31))
    assert len(open_work()) == 1


def test_a_question_is_withdrawn_when_its_reason_is_gone() -> None:
    revision = a_live_listing()
    run(DUTY, NOW)
    stock_up(Sku.objects.get(code=revision.skus[0]["sku"]), 1)
    run(DUTY, NOW + timedelta(hours=1))
    assert (DelistProposal.objects.get().state, open_work()) == ("withdrawn", [])


def test_a_rule_decides_without_asking_or_leaves_it() -> None:
    revision, lead = a_live_listing(), Staff(Role.PRODUCT_SUPERVISOR)
    top = Category.objects.get(level=1)
    form = {"category": top.pk, "reason": "out_of_stock", "mode": "off"}
    assert lead.send("catalog_delistpolicy_add", **form).status_code == 302
    run(DUTY, NOW)
    assert (state_of(revision), DelistProposal.objects.count()) == ("listed", 0)
    policy = DelistPolicy.objects.get()
    assert lead.send("catalog_delistpolicy_edit", policy.pk, mode="automatic").status_code == 302
    run(DUTY, NOW + timedelta(hours=1))
    assert (state_of(revision), DelistProposal.objects.count()) == ("delisted", 0)
    assert Staff(Role.PRODUCT_SPECIALIST).send("catalog_delistpolicy_add", **form).status_code == 403


def test_a_discontinued_product_is_asked_about() -> None:
    revision, desk = a_live_listing(), Staff(Role.PRODUCT_SPECIALIST)
    stock_up(Sku.objects.get(), 1)
    product = Product.objects.get()
    assert command(desk.client, "catalog_product", product.pk, "discontinue", reason="").status_code == 422
    assert command(desk.client, "catalog_product", product.pk, "discontinue", reason="no longer made").status_code == 302
    run(DUTY, NOW + timedelta(hours=1))
    assert [(one.revision_id, one.reason) for one in DelistProposal.objects.all()] == [(revision.pk, "discontinued")]


@pytest.mark.sop("C20")
@pytest.mark.parametrize(("days", "asked"), [(5, ["expired"]), (400, [])])
def test_goods_whose_every_lot_expires_soon_are_asked_about(days: int, asked: list[str]) -> None:
    revision = a_live_listing()
    stock_up(Sku.objects.get(code=revision.skus[0]["sku"]), 5)
    StockLot.objects.update(expires_on=NOW.date() + timedelta(days=days))
    run(DUTY, NOW)
    assert list(DelistProposal.objects.values_list("reason", flat=True)) == asked
