"""What comes back too often is found, something is done about it, and the days that follow judge it."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from catalog.models import ListingRevision, Product, Sku
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.common.errors import Invalid
from opsdesk.common.ids import new_id
from opsdesk.inbox.kinds import REGISTER
from opsdesk.inbox.models import WorkItem
from orders.enums.returns import RateOf
from orders.models import Order, OrderLine, ReturnImprovement, ReturnRequest
from orders.queries.returns.rates import rates, rows_of, shipped_lines
from orders.rules.returns.rates import Rate
from orders.services.returns import improving
from tests.builders import NOW, a_live_listing, a_shipped_order, a_shop, a_warehouse, stock_up
from tests.kit.browser import Staff, text_of
from tests.kit.duties import run
from tests.kit.rows import row_counts
from tests.orders.admin.returns.test_returns import enter

pytestmark = pytest.mark.usefixtures("clock")
DAY = timedelta(days=1)


def shipped_and_returned(agent: Staff, shipped: int, returned: int, reason: str = "size") -> Order:
    order = a_shipped_order(quantity=shipped)
    assert enter(agent, order, quantity=returned, reason=reason).status_code == 302
    return order


def found(kind: RateOf, **period: Any) -> list[Rate]:
    return rates(kind, shipped_lines(NOW - DAY, NOW + DAY), **period)


@pytest.mark.sop("O22")
def test_the_night_opens_one_improvement_and_the_following_days_close_it(sku: Any, agent: Staff, clock: Any) -> None:
    shipped_and_returned(agent, 20, 2)
    for _ in range(2):
        run("orders.review_returns", NOW + DAY)
    row = ReturnImprovement.objects.get()
    assert (row.kind, row.key, row.shipped, row.returned, row.limit_percent) == ("sku", sku.code, 20, 2, 5)
    item = WorkItem.objects.get(kind="orders.improve_returns", closed_at=None)
    specialist = Staff(Role.PRODUCT_SPECIALIST)
    page = specialist.client.get(REGISTER[item.kind].url(item.subject_id), follow=True)
    assert "Decide on a measure" in text_of(page)

    specialist.command("returnimprovement", row.pk, "take_measure", measure="New size table on the page")

    row.refresh_from_db()
    assert (row.state, row.watched_from, row.judge_at) == ("watched", NOW, NOW + 40 * DAY)
    item.refresh_from_db()
    assert item.outcome == "measured"
    run("orders.review_returns", NOW + 40 * DAY - timedelta(seconds=1))
    row.refresh_from_db()
    assert row.state == "watched"
    clock.move_to(NOW + 2 * DAY)
    shipped_and_returned(Staff(Role.CUSTOMER_SERVICE), 40, 2)
    Order.objects.filter(lines__quantity=40).update(shipped_at=NOW + 2 * DAY)
    Order.objects.filter(lines__quantity=20).update(shipped_at=NOW - DAY)
    run("orders.review_returns", NOW + 40 * DAY)
    row.refresh_from_db()
    assert (row.state, row.shipped_after, row.returned_after) == ("improved", 40, 2)


def judged(lead: Staff, later: timedelta = DAY) -> ReturnImprovement:
    """An improvement of which the orders of the days that followed it have judged the measure."""
    run("orders.review_returns", NOW + DAY)
    row = ReturnImprovement.objects.get()
    lead.command("returnimprovement", row.pk, "take_measure", measure="None really")
    Order.objects.update(shipped_at=NOW + later)
    run("orders.review_returns", NOW + 40 * DAY)
    row.refresh_from_db()
    return row


@pytest.mark.sop("O22")
def test_what_did_not_help_gets_a_new_round_with_an_owner_and_a_time(sku: Any, agent: Staff, clock: Any) -> None:
    lead, buyer = Staff(Role.OPERATIONS_SUPERVISOR), Staff(Role.PURCHASING)
    shipped_and_returned(agent, 20, 2)
    row = judged(lead)
    item = WorkItem.objects.get(kind="orders.improve_returns_again", closed_at=None)
    assert (row.state, item.role, item.params["percent"]) == ("not_improved", "operations_supervisor", 10.0)
    Order.objects.update(shipped_at=NOW + 35 * DAY)
    run("orders.review_returns", NOW + 41 * DAY)
    assert ReturnImprovement.objects.count() == 1  # the supervisor decides, not the night
    assert "Open a new round" in text_of(lead.client.get(REGISTER[item.kind].url(item.subject_id), follow=True))
    clock.move_to(NOW + 41 * DAY)
    lead = Staff(Role.OPERATIONS_SUPERVISOR)

    lead.command("returnimprovement", row.pk, "reopen", owner="purchasing", due_at="2026-07-30T18:00")

    fresh = ReturnImprovement.objects.get(previous=row)
    assert (fresh.state, fresh.round, fresh.owner_role, fresh.shipped, fresh.returned) == ("open", 2, "purchasing", 20, 2)
    item.refresh_from_db()
    assert item.outcome == "reopened"
    wanted = WorkItem.objects.get(kind="orders.improve_returns", closed_at=None)
    assert (wanted.role, wanted.subject_id, wanted.due_at) == ("purchasing", fresh.public_id, fresh.due_at)
    row.refresh_from_db()
    assert (row.state, row.measure) == ("not_improved", "None really")
    page = text_of(lead.open("orders_returnimprovement_change", row.pk))
    assert 'data-command="reopen"' not in page
    Staff(Role.PURCHASING).command("returnimprovement", fresh.pk, "take_measure", measure="Another mill")
    fresh.refresh_from_db()
    assert (fresh.state, buyer.user.pk > 0) == ("watched", True)


@pytest.mark.sop("O22", refused=True)
def test_a_new_round_has_an_owner_who_decides_and_a_time_that_lies_ahead(sku: Any, agent: Staff) -> None:
    lead = Staff(Role.OPERATIONS_SUPERVISOR)
    shipped_and_returned(agent, 20, 2)
    row = judged(lead)
    given: dict[str, str] = {"owner": "purchasing", "due_at": "2026-07-30T18:00"}
    before = row_counts()

    strange = lead.command("returnimprovement", row.pk, "reopen", **given | {"owner": "finance"})
    past = lead.command("returnimprovement", row.pk, "reopen", **given | {"due_at": "2026-06-01T18:00"})
    other = Staff(Role.PURCHASING).command("returnimprovement", row.pk, "reopen", **given)

    assert (strange.status_code, "Select a valid choice" in text_of(strange)) == (422, True)
    assert (past.status_code, "The time lies ahead." in text_of(past), other.status_code) == (422, True, 403)
    with pytest.raises(Invalid), transaction.atomic():
        improving.reopen(improvement_id=row.pk, owner="finance", due_at=NOW + 50 * DAY, actor=SYSTEM, now=NOW)
    assert row_counts()["orders_returnimprovement"] == before["orders_returnimprovement"] == 1
    lead.command("returnimprovement", row.pk, "reopen", **given)
    again = lead.command("returnimprovement", row.pk, "reopen", **given)
    assert (again.status_code, ReturnImprovement.objects.count()) == (422, 2)


@pytest.mark.parametrize(("shipped", "state"), [(19, "no_data"), (20, "improved")])
def test_few_pieces_judge_nothing(sku: Any, agent: Staff, shipped: int, state: str) -> None:
    shipped_and_returned(agent, 20, 2)
    run("orders.review_returns", NOW + DAY)
    row = ReturnImprovement.objects.get()
    Staff(Role.PRODUCT_SPECIALIST).command("returnimprovement", row.pk, "take_measure", measure="Size table")
    Order.objects.update(shipped_at=NOW - DAY)
    fresh = a_shipped_order(quantity=shipped)
    Order.objects.filter(pk=fresh.pk).update(shipped_at=NOW + DAY)

    run("orders.review_returns", NOW + 40 * DAY)

    row.refresh_from_db()
    assert (row.state, row.shipped_after) == (state, shipped)
    assert not WorkItem.objects.filter(kind="orders.improve_returns_again").exists()


@pytest.mark.sop("O22", refused=True)
def test_a_measure_says_something_and_is_for_those_who_own_the_goods(sku: Any, agent: Staff) -> None:
    shipped_and_returned(agent, 20, 2)
    run("orders.review_returns", NOW + DAY)
    row = ReturnImprovement.objects.get()
    specialist = Staff(Role.PRODUCT_SPECIALIST)
    before = row_counts()

    refused = specialist.command("returnimprovement", row.pk, "take_measure", measure=" ")

    assert (refused.status_code, row_counts()) == (422, before)
    assert agent.command("returnimprovement", row.pk, "take_measure", measure="x").status_code == 403
    row.refresh_from_db()
    assert row.state == "open"


def test_few_pieces_open_nothing(sku: Any, agent: Staff) -> None:
    shipped_and_returned(agent, 19, 19)
    run("orders.review_returns", NOW + DAY)
    assert ReturnImprovement.objects.count() == 0


def test_each_cause_is_counted(sku: Any, agent: Staff, picker: Staff) -> None:
    shipped_and_returned(agent, 4, 1)
    shipped_and_returned(agent, 6, 2, reason="quality")
    cancelled = shipped_and_returned(agent, 2, 2)
    agent.command("returnrequest", ReturnRequest.objects.get(order=cancelled).pk, "cancel", reason="keeps it")

    assert found(RateOf.SKU) == [Rate(sku.code, 12, 3)]
    assert found(RateOf.SKU, key="other") == []
    assert found(RateOf.CARRIER) == [Rate("sf", 12, 3)]
    assert found(RateOf.REASON) == [Rate("quality", 12, 2), Rate("size", 12, 1)]
    lines = shipped_lines(NOW - DAY, NOW + DAY)
    assert [row.quantity for row in rows_of(RateOf.REASON, "quality", lines)] == [2]
    assert [row.quantity for row in rows_of(RateOf.SKU, sku.code, lines)] == [2, 1]
    assert (found(RateOf.REVISION), found(RateOf.SUPPLIER)) == ([], [])


@pytest.mark.usefixtures("shop")
def test_suppliers_and_revisions_are_those_of_the_listing(agent: Staff) -> None:
    listing = a_live_listing(code="L-1")
    ListingRevision.objects.filter(pk=listing.pk).update(supplier="Morning Mills", published_at=NOW - DAY)
    sku = Sku.objects.get(product=listing.product_id)
    stock_up(sku, 50, a_warehouse())
    order = a_shipped_order(sku=sku.code, quantity=5)
    enter(agent, order, quantity=1, reason="size")

    assert found(RateOf.SUPPLIER) == [Rate("Morning Mills", 5, 1)]
    fresh = ListingRevision.objects.get(pk=listing.pk)
    fresh.pk, fresh.public_id, fresh.supplier, fresh.no, fresh.state = None, new_id("lst"), "Evening Mills", 2, "archived"
    fresh.save()
    Product.objects.update(live_revision=fresh)
    assert found(RateOf.SUPPLIER) == [Rate("Morning Mills", 5, 1)]  # who delivered what was sold then
    OrderLine.objects.update(listing_revision=None)
    assert found(RateOf.SUPPLIER) == [Rate("Evening Mills", 5, 1)]
    assert found(RateOf.REVISION) == [Rate("L-1 #1", 5, 1)]


def test_the_analysis_shows_numbers_their_rows_and_a_file(sku: Any, agent: Staff) -> None:
    shipped_and_returned(agent, 20, 2)
    page = text_of(agent.open("orders_returns_analysis"))
    assert ("10.0" in page, "od-red" in page, "<meter" in page) == (True, True, True)
    opened = text_of(agent.client.get("/admin/orders/returnimprovement/analysis/", {"by": "reason", "key": "size"}))
    assert "The returns behind the number" in opened
    file: Any = agent.client.get("/admin/orders/returnimprovement/analysis/", {"format": "xlsx"})
    content = b"".join(file.streaming_content) if file.streaming else file.content
    sheet = load_workbook(BytesIO(content)).active
    assert sheet is not None
    assert [cell.value for cell in list(sheet.rows)[1]] == [sku.code, 20, 2, 10]

    assert agent.client.get("/admin/orders/returnimprovement/analysis/", {"by": "moon"}).status_code == 422
    backwards = {"first": "2026-06-02", "last": "2026-06-01"}
    assert agent.client.get("/admin/orders/returnimprovement/analysis/", backwards).status_code == 422
    assert Staff(Role.DESIGNER).open("orders_returns_analysis").status_code == 403
    stranger = Staff(Role.CUSTOMER_SERVICE, shops=[a_shop("other-01")])
    assert "Nothing was handed over" in text_of(stranger.open("orders_returns_analysis"))


def test_the_rates_cost_the_same_statements_whatever_is_sold(sku: Any, agent: Staff) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as found:
            for kind in RateOf:
                rates(kind, shipped_lines(NOW - DAY, NOW + DAY))
        return len(found)

    shipped_and_returned(agent, 1, 1)
    first = statements()
    for _ in range(3):
        shipped_and_returned(agent, 1, 1)
    assert statements() == first == 6
    assert Product.objects.count() == 1
