"""Goods that are faulty, and listings that show wrongly in the shop, are asked about."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import DelistProposal, ListingRevision, PostPublishCheck, QualityComplaint, Sku
from catalog.services.post_publish import record_check
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from tests.builders import NOW, a_complaint, a_live_listing, a_shop, an_actor, stock_up
from tests.kit.browser import Staff, command
from tests.kit.duties import run

pytestmark = pytest.mark.django_db
DUTY = "catalog.propose_delisting"
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture(autouse=True)
def shop(clock: Any, db: None) -> Any:
    return a_shop()


@pytest.fixture
def stocked() -> ListingRevision:
    revision = a_live_listing()
    stock_up(Sku.objects.get(), 5)
    return revision


def found() -> list[tuple[str, str, str]]:
    return list(DelistProposal.objects.order_by("id").values_list("reason", "detail", "state"))


@pytest.mark.sop("C20")
def test_five_quality_complaints_in_thirty_days_ask_and_go_off_sale(stocked: ListingRevision) -> None:
    for _ in range(4):
        a_complaint(Sku.objects.get())
    run(DUTY, NOW)
    assert found() == []

    a_complaint(Sku.objects.get())
    run(DUTY, NOW)
    assert found() == [("quality", "5/30", "open")]
    desk, proposal = Staff(Role.PRODUCT_SPECIALIST), DelistProposal.objects.get()
    assert command(desk.client, "catalog_delistproposal", proposal.pk, "accept").status_code == 302
    stocked.refresh_from_db()
    assert (stocked.state, found()) == ("delisted", [("quality", "5/30", "accepted")])


@pytest.mark.parametrize(("filed", "asked"), [(NOW - 30 * DAY, 1), (NOW - 30 * DAY - timedelta(seconds=1), 0)])
def test_old_complaints_do_not_count(stocked: ListingRevision, filed: Any, asked: int) -> None:
    for _ in range(5):
        a_complaint(Sku.objects.get())
    QualityComplaint.objects.update(filed_at=filed)
    run(DUTY, NOW)
    assert len(found()) == asked


def test_complaints_that_are_no_fault_of_the_goods_do_not_count(stocked: ListingRevision) -> None:
    for _ in range(5):
        a_complaint(Sku.objects.get())
    run(DUTY, NOW)
    one = QualityComplaint.objects.earliest("id")
    QualityComplaint.objects.filter(pk=one.pk).update(outcome="no_fault")
    run(DUTY, NOW + HOUR)
    assert found() == [("quality", "5/30", "withdrawn")]


def test_a_failed_check_that_nobody_repaired_in_time_asks_until_it_is_right(stocked: ListingRevision) -> None:
    seen: dict[str, Any] = {"check_id": PostPublishCheck.objects.get().pk, "category_ok": True, "evidence": "seen"}
    record_check(**seen, price_ok=False, actor=SYSTEM, now=NOW)
    run(DUTY, NOW + 2 * HOUR)
    assert found() == []

    run(DUTY, NOW + 2 * HOUR + timedelta(seconds=1))
    assert found() == [("quality", "2026-06-11", "open")]
    record_check(**seen, price_ok=True, actor=an_actor(Role.PRODUCT_SPECIALIST), now=NOW + 3 * HOUR)
    run(DUTY, NOW + 3 * HOUR)
    assert found() == [("quality", "2026-06-11", "withdrawn")]


def test_the_scan_takes_as_many_statements_for_many_as_for_few() -> None:
    a_live_listing()
    with CaptureQueriesContext(connection) as few:
        run(DUTY, NOW)
    for _ in range(5):
        a_live_listing()
    with CaptureQueriesContext(connection) as many:
        run(DUTY, NOW + HOUR)
    assert (DelistProposal.objects.count(), len(many)) == (6, len(few))
