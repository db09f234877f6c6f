"""Picking with the scanner: right pieces count, wrong ones are refused and written down, missing ones become work."""

from datetime import timedelta
from typing import Any

import pytest

from catalog.models import Sku, StockLot, Stocktake
from opsdesk.accounts.roles import Role
from opsdesk.inbox.kinds import REGISTER
from opsdesk.inbox.models import WorkItem
from orders.models import Order, OrderHold, PickLine, PickList, Scan, ShortPick
from orders.services.carriers.registry import sync_carriers
from orders.services.reservations import fill_stock_holds
from tests.builders import NOW, a_released_order, a_shop, a_sku, a_warehouse, stock_of, stock_up
from tests.builders.warehouse import an_allocation_rule
from tests.kit.browser import Staff, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def goods(shop: Any) -> Any:
    """B-2 with 3 pieces of lot OLD and 10 of lot NEW, and A-1 with 5."""
    sku = a_sku(shop, code="B-2", on_hand=3)
    StockLot.objects.update(code="OLD")
    stock_up(sku, 10)
    StockLot.objects.exclude(code="OLD").update(code="NEW", received_at=NOW + timedelta(days=1))
    Sku.objects.filter(pk=sku.pk).update(barcode="6901234567892")
    a_sku(shop, code="A-1", on_hand=5)
    return sku


def make(picker: Staff, **filters: Any) -> PickList:
    response = picker.send("orders_picklist_make", warehouse_id=a_warehouse().pk, **filters)
    assert response.status_code == 302, text_of(response)
    return PickList.objects.latest("id")


def scan(picker: Staff, row: PickList, code: str) -> Any:
    """What the script gets."""
    url = f"/admin/orders/picklist/{row.pk}/scan/"
    return picker.client.post(url, {"code": code}, headers={"X-Scan": "1"}).json()


@pytest.mark.sop("O9")
def test_each_piece_is_scanned_into_its_bin_and_the_list_is_picked(picker: Staff, goods: Any) -> None:
    first, second = a_released_order("B-2", 2), a_released_order("B-2", 2)
    row = make(picker)

    said = [scan(picker, row, code)["text"] for code in ("B-2", " 6901234567892 ", "OLD", "B-2", "NEW", "B-2")]

    assert said == [
        "B-2: right. Into bin 1.",
        "B-2: right. Into bin 1.",
        "Lot OLD: right. Now the piece.",
        "B-2: right. Into bin 2.",
        "Lot NEW: right. Now the piece.",
        "B-2: right. Into bin 2. Everything is scanned.",
    ]
    lines = PickLine.objects.order_by("id").values_list("order_id", "lot_code", "scanned", "picked")
    assert list(lines) == [(first.pk, "OLD", 2, True), (second.pk, "OLD", 1, True), (second.pk, "NEW", 1, True)]
    row.refresh_from_db()
    assert (row.status, WorkItem.objects.get(kind="orders.pick_list").outcome) == ("picked", "picked")
    assert "4 of 4 pieces" in text_of(picker.open("orders_picklist_scan", row.pk))


@pytest.mark.sop("O9", refused=True)
@pytest.mark.parametrize(
    ("codes", "says", "result"),
    [
        (["A-1"], "STOP: A-1 is not asked for here. Put it back.", "wrong_sku"),
        (["NEW"], "STOP: wrong lot. B-2 is taken from lot OLD.", "wrong_lot"),
        (["B-2", "B-2"], "STOP: there is enough of B-2. Put it back.", "too_many"),
    ],
)
def test_a_wrong_piece_is_refused_loudly_and_written_down(
    picker: Staff, goods: Any, codes: list[str], says: str, result: str
) -> None:
    a_released_order("B-2", 1)
    if result == "too_many":
        a_released_order("A-1", 1)
    row = make(picker)
    for code in codes[:-1]:
        scan(picker, row, code)
    before = list(PickLine.objects.order_by("id").values_list("scanned", flat=True))

    plain = picker.send("orders_picklist_scan", row.pk, code=codes[-1])

    assert (plain.status_code, says in text_of(plain), "od-wrong" in text_of(plain)) == (422, True, True)
    assert list(PickLine.objects.order_by("id").values_list("scanned", flat=True)) == before
    found = Scan.objects.latest("id")
    assert (found.code, found.result, found.quantity, found.by) == (codes[-1], result, 0, picker.user.username)
    assert scan(picker, row, codes[-1])["ok"] is False


@pytest.mark.sop("O9", refused=True)
def test_strangers_and_finished_lists_take_no_scans(picker: Staff, goods: Any) -> None:
    a_released_order("B-2", 1)
    row = make(picker)
    stranger, clerk = Staff(Role.WAREHOUSE, shops=[a_shop("douyin-01")]), Staff(Role.OPERATIONS_SUPERVISOR)
    before = row_counts()
    answers = [who.send("orders_picklist_scan", row.pk, code="B-2").status_code for who in (stranger, clerk)]
    assert (answers, row_counts()) == ([404, 403], before)

    assert picker.send("orders_picklist_scan", row.pk, code="").status_code == 422
    picker.command("picklist", row.pk, "confirm")
    before = row_counts()
    assert scan(picker, row, "B-2")["text"] == "scan is not possible in state picked."
    assert row_counts() == before


@pytest.mark.sop("O9")
def test_missing_pieces_hold_the_last_order_and_are_counted(picker: Staff, goods: Any) -> None:
    first, second = a_released_order("B-2", 1), a_released_order("B-2", 1)
    row = make(picker)
    line = PickLine.objects.get(order=first)

    picker.send("orders_picklist_short", row.pk, line_id=line.pk, quantity=1, reason="shelf is empty")

    short = ShortPick.objects.get()
    assert (short.order, short.quantity, short.lot_code, short.reason) == (second, 1, "OLD", "shelf is empty")
    hold = OrderHold.objects.get()
    assert (hold.order, hold.code, hold.reason) == (second, "stock", "Pieces are missing in the warehouse: B-2")
    assert list(Stocktake.objects.values_list("warehouse__code", "lines__sku__code")) == [("sz-01", "B-2")]
    item, lead = WorkItem.objects.get(kind="orders.short_pick"), Staff(Role.OPERATIONS_SUPERVISOR)
    assert lead.client.get(REGISTER[item.kind].url(item.subject_id)).status_code == 200
    assert scan(picker, row, "B-2")["finished"] is True

    lead.command("shortpick", short.pk, "found", note="lay one shelf higher")

    item.refresh_from_db()
    assert (item.outcome, OrderHold.objects.get().released_at) == ("found", NOW)
    assert PickLine.objects.get(order=second).scanned == 1


@pytest.mark.sop("O9")
def test_pieces_that_are_gone_are_written_off_and_the_order_waits_for_stock(picker: Staff, goods: Any) -> None:
    order = a_released_order("B-2", 3)
    row = make(picker)
    line = PickLine.objects.get()
    picker.send("orders_picklist_short", row.pk, line_id=line.pk, quantity=2, reason="gone")
    short = ShortPick.objects.get()
    clerk_says = picker.command("shortpick", short.pk, "write_off", note="x")
    assert (clerk_says.status_code, stock_of(goods)) == (403, (13, 3))

    Staff(Role.OPERATIONS_SUPERVISOR).command("shortpick", short.pk, "write_off", note="stolen")

    assert stock_of(goods) == (11, 0)
    assert fill_stock_holds(now=NOW) == 1
    again = make(picker)
    assert (again.pk != row.pk, list(again.lines.values_list("order_id", "lot_code", "quantity"))) == (
        True,
        [(order.pk, "OLD", 1), (order.pk, "NEW", 2)],
    )


@pytest.mark.sop("O9", refused=True)
@pytest.mark.parametrize(
    "fields", [{"quantity": 3, "reason": "x"}, {"quantity": 1, "reason": ""}, {"quantity": 0, "reason": "x"}]
)
def test_more_than_is_asked_for_cannot_be_missing(picker: Staff, goods: Any, fields: Any) -> None:
    a_released_order("B-2", 2)
    row = make(picker)
    before = row_counts()

    answer = picker.send("orders_picklist_short", row.pk, line_id=PickLine.objects.get().pk, **fields)

    assert (answer.status_code, row_counts()) == (422, before)


@pytest.mark.sop("O9")
def test_a_wave_takes_what_it_names_and_no_more_than_the_standard(picker: Staff, shop: Any, goods: Any) -> None:
    sync_carriers()
    an_allocation_rule(a_warehouse(), carriers=["sf"])
    lines = [{"sku": code, "quantity": 1, "unit_price": "99.00", "discount": "0.00"} for code in ("A-1", "B-2")]
    many = a_released_order("B-2", 2, lines=lines)
    plain, coupon = a_released_order("B-2", 1), a_released_order("B-2", 1, coupons=["JUNE-18"])

    def wave(**filters: Any) -> Any:
        response = picker.send("orders_picklist_make", warehouse_id=a_warehouse().pk, **filters)
        if response.status_code != 302:
            return response.status_code
        row = PickList.objects.latest("id")
        found = sorted(row.places.values_list("order_id", flat=True))
        picker.command("picklist", row.pk, "cancel", reason="again")
        return found

    assert wave(lines="multi") == [many.pk]
    assert wave(lines="single") == [plain.pk, coupon.pk]
    assert wave(campaign="JUNE-18") == [coupon.pk]
    assert wave(carrier="sf", provinces="广东，浙江", size=1) == [many.pk]
    assert wave(provinces="浙江") == wave(carrier="zto") == 422
    assert wave(hand_over_before=(NOW + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")) == [many.pk, plain.pk, coupon.pk]
    assert wave(hand_over_before=NOW.strftime("%Y-%m-%dT%H:%M")) == 422
    assert PickList.objects.order_by("id")[3].filters == {"carrier": "sf", "provinces": ["广东", "浙江"], "size": 1}


def test_the_printed_list_has_bars_bins_and_the_split_to_orders(picker: Staff, goods: Any) -> None:
    first, second = a_released_order("B-2", 1), a_released_order("B-2", 2)
    row = make(picker)

    page = text_of(picker.send("orders_picklist_print", row.pk))

    assert page.count("<svg") == 3  # one stop, two orders
    assert (first.number in page, second.number in page, "Sort into bins" in page) == (True, True, True)
    assert Order.objects.filter(status="processing").count() == 2


def test_found_pieces_of_an_order_with_more_missing_leave_it_on_hold(picker: Staff, goods: Any) -> None:
    lines = [{"sku": code, "quantity": 1, "unit_price": "99.00", "discount": "0.00"} for code in ("A-1", "B-2")]
    a_released_order("B-2", 1, lines=lines)
    row = make(picker)
    for line in PickLine.objects.order_by("id"):
        picker.send("orders_picklist_short", row.pk, line_id=line.pk, quantity=1, reason="gone")
    row.refresh_from_db()
    assert (row.status, Stocktake.objects.count()) == ("picked", 2)
    lead = Staff(Role.OPERATIONS_SUPERVISOR)

    for short, still in zip(ShortPick.objects.order_by("id"), (1, 0), strict=True):
        lead.command("shortpick", short.pk, "found", note="there")
        assert OrderHold.objects.filter(released_at=None).count() == still
