"""Goods that are sold out for as long as the shop waits, and how questions read in the list."""

from datetime import timedelta
from typing import Any

import pytest

from catalog.admin.delisting.found import in_words
from catalog.admin.delisting.policies import PolicyForm
from catalog.models import DelistProposal, Sku, SoldOut
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.parameters.queries import forget_cached
from opsdesk.parameters.services import override
from tests.builders import NOW, a_live_listing, a_shop, stock_up
from tests.kit.browser import Staff, text_of
from tests.kit.duties import run

pytestmark = pytest.mark.django_db
DUTY = "catalog.propose_delisting"
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def shop(clock: Any, db: None) -> Any:
    return a_shop()


def wait(hours: int) -> None:
    override(code="catalog.delist_sold_out", value=hours, reason="returns", actor=SYSTEM, now=NOW)
    forget_cached()


@pytest.mark.sop("C20")
def test_goods_are_asked_about_when_they_are_sold_out_for_long_enough() -> None:
    wait(2)
    revision = a_live_listing()
    run(DUTY, NOW)
    run(DUTY, NOW + 2 * HOUR - timedelta(seconds=1))
    assert (DelistProposal.objects.count(), SoldOut.objects.get().since) == (0, NOW)
    run(DUTY, NOW + 2 * HOUR)
    assert (DelistProposal.objects.get().revision_id, SoldOut.objects.get().since) == (revision.pk, NOW)


def test_goods_that_were_sold_in_between_are_sold_out_anew() -> None:
    wait(2)
    a_live_listing()
    run(DUTY, NOW)
    sku = Sku.objects.get()
    stock_up(sku, 1)
    run(DUTY, NOW + HOUR)
    assert not SoldOut.objects.exists()
    sku.stock.update(on_hand=0)
    run(DUTY, NOW + 2 * HOUR)
    assert (DelistProposal.objects.count(), SoldOut.objects.get().since) == (0, NOW + 2 * HOUR)


def test_what_is_off_sale_is_not_sold_out() -> None:
    a_live_listing()
    run(DUTY, NOW)
    Staff(Role.PRODUCT_SPECIALIST).send("catalog_delistproposal_command", DelistProposal.objects.get().pk, "accept")
    run(DUTY, NOW + HOUR)
    assert not SoldOut.objects.exists()


@pytest.mark.parametrize(
    ("reason", "detail", "words"),
    [
        ("out_of_stock", "0/2026-06-11 17:00", "0 pieces left since 2026-06-11 17:00"),
        ("out_of_stock", "0", "0 pieces left"),
        ("discontinued", "2026-06-11", "Discontinued on 2026-06-11"),
        ("slow_moving", "241", "In stock for 241 days, hardly sold"),
        ("expired", "2026-06-18", "All that is left expires by 2026-06-18"),
        ("quality", "4/30", "4 complaints in 30 days"),
        ("quality", "1/30", "1 complaint in 30 days"),
        ("quality", "5", "5 complaints"),
        ("quality", "2026-06-11", "Shown wrongly in the shop since 2026-06-11"),
    ],
)
def test_what_was_found_is_said_in_words(reason: str, detail: str, words: str) -> None:
    assert in_words(reason, detail) == words


def test_the_list_says_what_was_found_and_marks_what_is_late() -> None:
    a_live_listing()
    run(DUTY, NOW)
    desk = Staff(Role.PRODUCT_SUPERVISOR)
    page = text_of(desk.open("catalog_delistproposal_changelist"))
    assert "0 pieces left since" in page
    assert '<span class="od-badge od-amber">Open</span>' in page
    DelistProposal.objects.update(due_at=NOW - HOUR)
    page = text_of(desk.open("catalog_delistproposal_changelist"))
    assert '<span class="od-badge od-red">Open, overdue</span>' in page


def test_a_new_rule_asks_unless_another_choice_is_made() -> None:
    assert PolicyForm()["mode"].value() == "ask"
