"""Write-offs, finds and goods that expire, through the browser."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from catalog.models import StockAdjustment, StockLot, StockMovement
from catalog.queries.invariants import unbalanced
from opsdesk.accounts.roles import Role
from opsdesk.duties.services import run_at
from opsdesk.inbox.models import WorkItem
from tests.builders import NOW, a_released_order, a_shop, a_sku, a_warehouse, lots_of, stock_of, stock_up
from tests.kit.browser import Staff, text_of
from tests.kit.browser_forms import rows
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def goods(db: None) -> Any:
    return a_sku(a_shop(), on_hand=200)


@pytest.fixture
def keeper(db: None) -> Staff:
    return Staff(Role.WAREHOUSE)


def write_off(staff: Staff, quantity: object, *, reason: str = "damaged", note: str = "wet", **line: Any) -> Any:
    lines = rows("lines", {"sku": "TS-RED-M", "quantity": quantity, **line})
    return staff.send("catalog_stockadjustment_add", warehouse_id=a_warehouse().pk, reason=reason, note=note, **lines)


def do(staff: Staff, command: str, **fields: Any) -> Any:
    return staff.send("catalog_stockadjustment_command", StockAdjustment.objects.latest("id").pk, command, **fields)


@pytest.mark.sop("C22")
def test_a_small_write_off_is_booked_at_once(goods: Any, keeper: Staff) -> None:
    assert write_off(keeper, 50).status_code == 302

    row = StockAdjustment.objects.get()
    assert (row.status, row.pieces, row.amount, row.needs_approval) == ("posted", 50, Decimal("2000.00"), False)
    assert stock_of(goods) == (150, 0)
    moved = StockMovement.objects.order_by("id").values_list("delta", "reason", "ref").last()
    assert moved == (-50, "damaged", row.number)
    assert not unbalanced().exists()


@pytest.mark.sop("C22")
def test_a_large_one_waits_for_a_second_person(goods: Any, keeper: Staff) -> None:
    assert write_off(keeper, 51).status_code == 302
    row = StockAdjustment.objects.get()
    assert (row.status, stock_of(goods)) == ("in_review", (200, 0))
    work = WorkItem.objects.get()
    assert (work.kind, work.role) == ("catalog.adjustment_approval", "operations_supervisor")

    boss = Staff(Role.OPERATIONS_SUPERVISOR)
    assert boss.open("catalog_stockadjustment_change", row.public_id).status_code == 200
    assert do(keeper, "approve").status_code == 403
    assert do(boss, "approve", note="seen").status_code == 302

    row.refresh_from_db()
    assert (row.status, row.approver_id, row.decision_note) == ("posted", boss.user.pk, "seen")
    assert stock_of(goods) == (149, 0)
    assert WorkItem.objects.get().outcome == "approved"
    assert do(boss, "approve").status_code == 422


def test_the_keepers_page_tells_no_value_not_even_in_its_history(goods: Any, keeper: Staff) -> None:
    write_off(keeper, 51)
    row = StockAdjustment.objects.get()
    boss = Staff(Role.OPERATIONS_SUPERVISOR)
    pages = [staff.open("catalog_stockadjustment_change", row.public_id).content.decode() for staff in (keeper, boss)]
    assert ["2040.00" in page for page in pages] == [False, True]


@pytest.mark.parametrize(("cost", "pieces", "state"), [("100.00", 50, "posted"), ("100.01", 50, "in_review")])
def test_value_counts_as_well(goods: Any, keeper: Staff, cost: str, pieces: int, state: str) -> None:
    type(goods).objects.update(cost=cost)
    write_off(keeper, pieces)
    assert StockAdjustment.objects.get().status == state


def test_cutting_a_write_off_into_small_ones_does_not_pass_the_limit(goods: Any, keeper: Staff) -> None:
    states = []
    for _ in range(2):
        write_off(keeper, 26)
        states.append(StockAdjustment.objects.latest("id").status)
    assert states == ["posted", "in_review"]
    write_off(Staff(Role.WAREHOUSE), 26)
    assert StockAdjustment.objects.latest("id").status == "posted"


@pytest.mark.sop("C22", refused=True)
def test_nobody_approves_their_own_write_off_not_even_a_superuser(goods: Any) -> None:
    author = Staff(Role.WAREHOUSE, Role.OPERATIONS_SUPERVISOR, superuser=True)
    write_off(author, 51)
    before = row_counts()

    for command in ("approve", "reject"):
        answer = do(author, command, note="fine")
        assert (answer.status_code, "may not decide on it" in text_of(answer)) == (422, True)

    assert (row_counts(), stock_of(goods)) == (before, (200, 0))
    row = StockAdjustment.objects.get()
    for columns in ({"approver": author.user}, {"status": "posted"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            StockAdjustment.objects.filter(pk=row.pk).update(**columns)


def test_who_shipped_the_goods_today_does_not_approve(goods: Any, keeper: Staff) -> None:
    boss = Staff(Role.OPERATIONS_SUPERVISOR)
    write_off(keeper, 51)
    StockMovement.objects.create(
        sku=goods, warehouse=a_warehouse(), delta=0, reason="sale", key="k", actor_label=boss.user.username, at=NOW
    )
    assert "shipped these goods today" in text_of(do(boss, "approve"))
    assert do(Staff(Role.OPERATIONS_SUPERVISOR), "approve").status_code == 302


def test_a_rejection_gives_a_reason_and_an_author_may_withdraw(goods: Any, keeper: Staff) -> None:
    boss = Staff(Role.OPERATIONS_SUPERVISOR)
    write_off(keeper, 51)
    assert "A reason is required." in text_of(do(boss, "reject"))
    assert do(boss, "reject", note="count again").status_code == 302
    write_off(keeper, 60)
    assert do(keeper, "withdraw").status_code == 302
    assert sorted(StockAdjustment.objects.values_list("status", flat=True)) == ["rejected", "withdrawn"]
    assert stock_of(goods) == (200, 0)
    assert not WorkItem.objects.filter(closed_at=None).exists()


def test_a_find_makes_a_lot(goods: Any, keeper: Staff) -> None:
    write_off(keeper, 3, reason="found")
    assert (stock_of(goods), lots_of(goods)[-1][1]) == ((203, 0), 3)


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"quantity": 201}, "There is not enough stock."),
        ({"quantity": 1, "note": " "}, "Say what was seen"),
        ({"quantity": 1, "lot": 999}, "There is no such lot of this SKU here."),
        ({"quantity": 1, "sku": "NOPE"}, "There is no such SKU."),
        ({"quantity": ""}, "It must lie between 1 and 1000000."),
    ],
)
def test_a_wrong_correction_says_why_and_books_nothing(goods: Any, form: dict[str, Any], says: str) -> None:
    keeper = Staff(Role.WAREHOUSE)
    before = row_counts()
    if form["quantity"] == 201:  # above the limit it would wait; a second person books it
        write_off(keeper, **form)
        answer = do(Staff(Role.OPERATIONS_SUPERVISOR), "approve")
    else:
        answer = write_off(keeper, **form)
        assert row_counts() == before
    assert (answer.status_code, says in text_of(answer)) == (422, True)
    assert stock_of(goods) == (200, 0)


def test_writing_off_is_the_warehouses_own(goods: Any) -> None:
    other = Staff(Role.PURCHASING)
    before = row_counts()
    assert write_off(other, 1).status_code == 403
    assert row_counts() == before


@pytest.fixture
def perishable(goods: Any) -> StockLot:
    """Thirty pieces that may be sold until 30 June, younger than the others."""
    stock_up(goods, 30)
    lot = StockLot.objects.latest("id")
    StockLot.objects.filter(pk=lot.pk).update(expires_on=date(2026, 6, 30), code="FRESH", received_at=NOW - timedelta(days=9))
    return StockLot.objects.get(pk=lot.pk)


def scan(day: date) -> list[str]:
    run_at(name="catalog.scan_expiry", now=NOW + (day - NOW.date()))
    return list(WorkItem.objects.filter(closed_at=None).values_list("kind", flat=True))


@pytest.mark.sop("C20")
def test_goods_that_expire_are_decided_on_in_time_or_written_off(perishable: StockLot, keeper: Staff) -> None:
    assert [scan(date(2026, 4, 30)), scan(date(2026, 5, 1)), scan(date(2026, 6, 30))] == [
        [],
        ["catalog.lot_expiring"],
        ["catalog.lot_expiring"],
    ]
    specialist = Staff(Role.PRODUCT_SPECIALIST)
    assert specialist.open("catalog_stocklot_change", perishable.public_id).status_code == 200
    noted = specialist.send("catalog_stocklot_command", perishable.pk, "note_expiry", reason="sell at half price")
    assert noted.status_code == 302
    assert [scan(date(2026, 6, 30)), scan(date(2026, 7, 1)), scan(date(2026, 7, 1))] == [
        [],
        ["catalog.lot_expired"],
        ["catalog.lot_expired"],
    ]

    form = text_of(keeper.client.get(f"/admin/catalog/stockadjustment/add/?lot={perishable.pk}"))
    assert 'value="30"' in form
    assert write_off(keeper, 30, reason="expired", lot=perishable.pk).status_code == 302
    assert WorkItem.objects.get(kind="catalog.lot_expired").outcome == "written off"
    assert stock_of(perishable.sku) == (200, 0)


@pytest.mark.sop("C20", refused=True)
def test_expired_goods_are_not_picked(keeper: Staff, db: None) -> None:
    sku = a_sku(a_shop(), on_hand=5)
    StockLot.objects.update(expires_on=date(2026, 6, 10))
    order = a_released_order(sku.code, 2)
    before = row_counts()

    answer = keeper.send("orders_picklist_make", warehouse_id=a_warehouse().pk)

    assert answer.status_code == 422
    assert f"Only expired pieces are left of TS-RED-M. Waiting for fresh ones: {order.number}" in text_of(answer)
    assert row_counts() == before
    stock_up(sku, 2)
    assert keeper.send("orders_picklist_make", warehouse_id=a_warehouse().pk).status_code == 302
