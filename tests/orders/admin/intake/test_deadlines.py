"""Orders by the time left, the promised ship time, the month, and what is kept for unpaid orders."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.inbox.models import WorkItem
from orders.enums.orders import HoldCode
from orders.models import Order
from orders.services.fulfilment.picking import WORK as PICK_LISTS
from orders.services.fulfilment.picking import make_for_orders
from orders.services.holds import hold_order
from orders.services.overdue import report_overdue
from orders.services.release import release_orders
from orders.services.reservations import expire_reservations
from tests.builders import NOW, a_shipped_order, an_order
from tests.builders.times import at
from tests.kit.browser import Staff, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")

PLACED = NOW.replace(second=7)
HOUR = timedelta(hours=1)


def promise(staff: Staff, order: Order, when: str) -> Any:
    return staff.command("order", order.pk, "promise", promised_by=when, reason="the platform says so")


@pytest.mark.sop("O17")
def test_the_earlier_of_two_deadlines_counts(sku: Any, agent: Staff) -> None:
    order, other = an_order(), an_order()

    assert promise(agent, order, "2026-06-11T18:00").status_code == 302

    order.refresh_from_db()
    assert (order.process_by, order.promised_by, order.due_by) == (PLACED + 24 * HOUR, at(18), at(18))
    page = text_of(agent.open("orders_dueorder_changelist"))
    assert page.index(order.number) < page.index(other.number)
    assert (report_overdue(now=at(18)), report_overdue(now=at(18, 1))) == (0, 1)
    assert WorkItem.objects.get(kind="orders.overdue").subject_id == order.public_id

    promise(agent, order, "")
    order.refresh_from_db()
    assert (order.due_by, order.overdue_at) == (PLACED + 24 * HOUR, None)
    assert WorkItem.objects.get(kind="orders.overdue").outcome == "new deadline"


@pytest.mark.sop("O17", refused=True)
@pytest.mark.parametrize("when", ["2026-06-11T08:59", "2026-10-01T00:00", "soon"])
def test_a_promise_before_the_order_or_far_away_is_refused(sku: Any, agent: Staff, when: str) -> None:
    order = an_order()
    before = row_counts()

    assert promise(agent, order, when).status_code == 422
    order.refresh_from_db()
    assert (row_counts(), order.promised_by) == (before, None)


def test_the_customers_questions_do_not_move_what_the_platform_has_promised(sku: Any, agent: Staff) -> None:
    order, ours = an_order(), an_order()
    promise(agent, order, "2026-06-11T18:00")
    for one in (order, ours):
        hold_order(order_id=one.pk, code=HoldCode.CUSTOMER_QUESTION, reason="", actor=SYSTEM, now=NOW)

    assert report_overdue(now=at(10, day=13)) == 1
    assert Order.objects.get(overdue_at__isnull=False) == order


@pytest.mark.parametrize(
    ("now", "colour", "left"),
    [
        (at(4, 59, day=12), "od-green", "4:00"),
        (at(5, day=12), "od-amber", "3:59"),
        (at(8, 59, day=12), "od-amber", "0:00"),
        (at(9, day=12), "od-red", "-0:00"),
        (at(10, 30, day=12), "od-red", "-1:30"),
    ],
)
def test_the_time_left_is_coloured(sku: Any, agent: Staff, clock: Any, now: Any, colour: str, left: str) -> None:
    an_order()
    clock.move_to(now)
    agent.client.force_login(agent.user)

    assert f'<span class="od-badge {colour}">{left}</span>' in text_of(agent.open("orders_dueorder_changelist"))


def test_the_list_of_time_left_goes_on_where_the_page_ended(sku: Any, agent: Staff, monkeypatch: Any) -> None:
    monkeypatch.setattr("orders.admin.intake.deadlines.DueOrderAdmin.list_per_page", 1)
    first, second = an_order(quantity=1), an_order(quantity=1)

    page = text_of(agent.open("orders_dueorder_changelist"))
    assert (first.number in page, second.number in page) == (True, False)
    link = page.split('href="?after=')[1].split('"')[0]
    page = text_of(agent.client.get(f"/admin/orders/dueorder/?after={link}"))
    assert (first.number in page, second.number in page) == (False, True)


def test_the_month_says_what_share_was_in_time(shop: Any, sku: Any, agent: Staff, clock: Any) -> None:
    a_shipped_order()
    late = a_shipped_order()
    Order.objects.filter(pk=late.pk).update(shipped_at=PLACED + 25 * HOUR)
    an_order()
    an_order(is_test=True)

    page = text_of(agent.open("orders_dueorder_month"))
    answer = agent.client.get("/admin/orders/dueorder/month/", {"format": "xlsx"})

    assert "<b>50 %</b>" in page
    rows: Any = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert [row[1] for row in rows.iter_rows(min_row=2, max_row=6, values_only=True)] == [3, 1, 1, 1, 50]


def test_a_month_that_is_none_is_refused(shop: Any, agent: Staff) -> None:
    assert agent.client.get("/admin/orders/dueorder/month/", {"month": "x"}).status_code == 422


@pytest.mark.sop("O2")
def test_the_list_of_unpaid_orders_shows_until_when_pieces_are_kept(sku: Any, agent: Staff) -> None:
    kept = an_order(quantity=2, payment={"status": "unpaid"})
    an_order()

    page = text_of(agent.open("orders_unpaidorder_changelist"))
    assert (kept.number in page, page.count("od-badge od-green"), "Kept" in page) == (True, 1, True)

    expire_reservations(now=NOW + 25 * HOUR)
    assert "Back on sale" in text_of(agent.open("orders_unpaidorder_changelist"))


def test_the_lists_are_for_those_who_see_orders(shop: Any) -> None:
    designer = Staff(Role.DESIGNER)
    names = ("dueorder_changelist", "dueorder_month", "unpaidorder_changelist")

    assert [designer.open(f"orders_{name}").status_code for name in names] == [403] * 3


def test_the_list_by_time_left_is_read_from_its_index(sku: Any, agent: Staff) -> None:
    an_order()
    with CaptureQueriesContext(connection) as log:
        agent.open("orders_dueorder_changelist")
    read = next(entry["sql"] for entry in log if "due_by" in entry["sql"] and "ORDER BY" in entry["sql"])
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute("EXPLAIN " + read)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Index Scan using order_due_by" in plan
    assert "Sort" not in plan


def test_the_warehouse_picks_by_the_earlier_deadline(sku: Any, agent: Staff) -> None:
    order = an_order()
    promise(agent, order, "2026-06-11T18:00")
    release_orders(order_ids=[order.pk], actor=SYSTEM, now=NOW)
    make_for_orders(order_ids=[order.pk], actor=SYSTEM, now=NOW)

    assert WorkItem.objects.get(kind=PICK_LISTS).due_at == at(18)
