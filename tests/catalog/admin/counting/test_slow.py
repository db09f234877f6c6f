"""Turnover by month, the age of stock, and decisions on slow stock."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.urls import reverse

from catalog.enums.stock import MovementReason
from catalog.models import SlowStock, StockItem, StockLot, StockPeriod
from catalog.services import stock
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.duties.services import run_at
from opsdesk.inbox.models import WorkItem
from tests.builders import NOW, a_product, a_shop, a_sku, a_user
from tests.kit.browser import command, signed_in
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "shop")
DAY = timedelta(days=1)


@pytest.fixture
def shop(db: None) -> Any:
    return a_shop()


@pytest.fixture
def sku(shop: Any) -> Any:
    return a_sku(shop, code="A", product=a_product(shop))


def move(sku: Any, pieces: int, days_ago: int, reason: MovementReason) -> None:
    place = StockItem.objects.values_list("warehouse", flat=True).first()
    if place is None:
        from tests.builders import a_warehouse

        place = a_warehouse().pk
    booking = stock.Booking(sku.pk, place, pieces, f"{reason}:{pieces}:{days_ago}")
    stock.book([booking], reason=reason, actor=SYSTEM, now=NOW - days_ago * DAY)


def open_work() -> list[tuple[str, str]]:
    return list(WorkItem.objects.filter(closed_at=None).values_list("kind", "role"))


@pytest.mark.sop("C23")
def test_turnover_is_shown_by_category_with_its_formula(sku: Any) -> None:
    move(sku, 100, 8, MovementReason.RECEIPT)  # 3 June
    move(sku, -40, 5, MovementReason.SALE)
    assert run_at(name="catalog.keep_stock_months", now=NOW) == 1
    assert run_at(name="catalog.keep_stock_months", now=NOW) == 0
    row = StockPeriod.objects.get()
    assert (row.opening, row.received, row.sold, row.closing, row.unit_cost) == (0, 100, 40, 60, Decimal("40.00"))

    client = signed_in(a_user(Role.PRODUCT_SUPERVISOR))
    query = {"first": "2026-06", "last": "2026-06", "group": "category", "warehouse": ""}
    page: Any = client.get(reverse("admin:catalog_turnover"), query)

    found = page.context["rows"]
    assert [(r.code, r.cost_of_goods_sold, r.closing_value, r.times, r.turnover_days) for r in found] == [
        ("t-shirts", Decimal("1600.00"), Decimal("2400.00"), Decimal("1.33"), 23)
    ]
    assert "Turnover = cost of goods sold / average stock" in page.content.decode()
    sheet: Any = client.get(reverse("admin:catalog_turnover"), query | {"format": "xlsx"})
    content = b"".join(sheet.streaming_content) if sheet.streaming else sheet.content
    cells = [[cell.value for cell in line] for line in openpyxl.load_workbook(BytesIO(content)).active]  # type: ignore[union-attr]
    assert (cells[0][0], cells[1][0], float(cells[1][6])) == ("Code", "t-shirts", 1.33)  # type: ignore[arg-type]


@pytest.mark.sop("C23", refused=True)
def test_months_in_the_wrong_order_are_refused(sku: Any) -> None:
    client = signed_in(a_user(Role.PRODUCT_SUPERVISOR))
    query = {"first": "2026-06", "last": "2026-01", "group": "sku", "warehouse": ""}
    before = row_counts()
    page: Any = client.get(reverse("admin:catalog_turnover"), query)
    assert page.status_code == 400
    assert page.context["form"].errors == {"last": ["Choose up to 36 months, the first one first."]}
    assert row_counts() == before


def test_turnover_shows_costs_and_is_for_those_who_may_see_them(sku: Any) -> None:
    assert signed_in(a_user(Role.MARKETING)).get(reverse("admin:catalog_turnover")).status_code == 403
    assert signed_in(a_user(Role.WAREHOUSE)).get(reverse("admin:catalog_turnover")).status_code == 403


def test_a_month_that_is_over_is_right_even_when_more_happened_since(sku: Any) -> None:
    move(sku, 100, 20, MovementReason.RECEIPT)  # 22 May
    move(sku, -10, 15, MovementReason.SALE)
    move(sku, -5, 2, MovementReason.SALE)  # June
    run_at(name="catalog.keep_stock_months", now=NOW - 9 * DAY)  # 2 June: May still settles
    months = {f"{row.month:%m}": (row.opening, row.sold, row.closing) for row in StockPeriod.objects.all()}
    assert months == {"05": (0, 10, 90), "06": (90, 5, 85)}


def test_age_bands_count_every_piece_once(sku: Any) -> None:
    for days in (1, 31, 61, 91, 181):
        move(sku, 10, days, MovementReason.RECEIPT)
    client = signed_in(a_user(Role.PRODUCT_SUPERVISOR))
    page: Any = client.get(reverse("admin:catalog_turnover"))
    bands = [(band.start, band.end, band.pieces, band.value) for band in page.context["bands"]]
    assert bands == [(s, e, 10, Decimal("400.00")) for s, e in ((0, 30), (30, 60), (60, 90), (90, 180), (180, None))]


@pytest.mark.sop("C23")
def test_slow_stock_is_the_owners_to_decide(sku: Any) -> None:
    move(sku, 10, 100, MovementReason.RECEIPT)

    assert run_at(name="catalog.scan_slow_stock", now=NOW) == 1
    assert run_at(name="catalog.scan_slow_stock", now=NOW) == 0
    slow = SlowStock.objects.get()
    assert (slow.proposal, slow.facts["unsold_days"], open_work()) == ("promote", 100, [("catalog.slow_stock", "marketing")])

    client = signed_in(a_user(Role.MARKETING))
    assert command(client, "catalog_slowstock", slow.pk, "accept", note="报名双十二").status_code == 302
    slow.refresh_from_db()
    assert (slow.state, slow.note, open_work()) == ("accepted", "报名双十二", [])
    assert run_at(name="catalog.scan_slow_stock", now=NOW + DAY) == 0
    assert run_at(name="catalog.scan_slow_stock", now=NOW + 61 * DAY) == 1


@pytest.mark.sop("C23", refused=True)
def test_another_desks_proposal_is_not_decided(sku: Any) -> None:
    move(sku, 10, 130, MovementReason.RECEIPT)
    run_at(name="catalog.scan_slow_stock", now=NOW)
    slow = SlowStock.objects.get()
    assert (slow.proposal, open_work()) == ("return", [("catalog.slow_stock", "purchasing")])
    client = signed_in(a_user(Role.MARKETING))
    before = row_counts()

    response: Any = command(client, "catalog_slowstock", slow.pk, "accept", note="x")

    assert response.context["form"].non_field_errors() == ["This proposal is another desk's."]
    assert (row_counts(), SlowStock.objects.get().state) == (before, "open")


def test_a_decision_needs_a_word(sku: Any) -> None:
    move(sku, 10, 100, MovementReason.RECEIPT)
    run_at(name="catalog.scan_slow_stock", now=NOW)
    response: Any = command(
        signed_in(a_user(Role.MARKETING)), "catalog_slowstock", SlowStock.objects.get().pk, "decline", note=" "
    )
    assert (response.status_code, SlowStock.objects.get().state) == (422, "open")


def test_stock_that_moves_again_is_no_longer_proposed(sku: Any) -> None:
    move(sku, 10, 100, MovementReason.RECEIPT)
    run_at(name="catalog.scan_slow_stock", now=NOW)
    move(sku, -8, 0, MovementReason.SALE)
    run_at(name="catalog.scan_slow_stock", now=NOW)
    assert (SlowStock.objects.get().state, open_work()) == ("withdrawn", [])


def test_the_scan_takes_few_statements_however_much_stock(shop: Any) -> None:
    from django.test.utils import CaptureQueriesContext

    product = a_product(shop)
    for number in range(30):
        a_sku(shop, code=f"S-{number}", on_hand=1, product=product)
    StockLot.objects.update(received_at=NOW - 100 * DAY)
    with CaptureQueriesContext(connection) as taken:
        run_at(name="catalog.scan_slow_stock", now=NOW)
    assert (SlowStock.objects.count(), len(taken) < 40) == (30, True)
