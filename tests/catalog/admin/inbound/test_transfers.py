"""Goods between warehouses and between shelves, through the browser."""

from datetime import timedelta
from typing import Any

import pytest

from catalog.models import StockItem, StockLot, StockTransfer, StorageLocation
from catalog.queries.invariants import unbalanced
from opsdesk.accounts.roles import Role
from opsdesk.inbox.models import WorkItem
from tests.builders import NOW, a_location, a_shop, a_sku, a_warehouse, lots_of, stock_of, stock_up
from tests.kit.browser import Staff, text_of
from tests.kit.browser_forms import rows
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def goods(db: None) -> Any:
    """Five old pieces and ten newer ones in sz-01."""
    sku = a_sku(a_shop())
    stock_up(sku, 5)
    StockLot.objects.update(code="OLD", received_at=NOW - timedelta(days=30))
    stock_up(sku, 10)
    StockLot.objects.exclude(code="OLD").update(code="NEW")
    a_warehouse("hz-01")
    return sku


@pytest.fixture
def keeper(db: None) -> Staff:
    return Staff(Role.WAREHOUSE)


def do(staff: Staff, transfer: StockTransfer, command: str, **fields: Any) -> Any:
    return staff.send("catalog_stocktransfer_command", transfer.pk, command, **fields)


def ask(staff: Staff, quantity: object, *, target: str = "hz-01", sku: str = "TS-RED-M") -> Any:
    lines = rows("lines", {"sku": sku, "quantity": quantity})
    source, target_id = a_warehouse().pk, a_warehouse(target).pk
    return staff.send("catalog_stocktransfer_add", source_id=source, target_id=target_id, reason="balance", **lines)


def on_hand(code: str) -> int:
    return sum(StockItem.objects.filter(warehouse__code=code).values_list("on_hand", flat=True))


@pytest.mark.sop("C11")
def test_pieces_travel_with_their_age_and_are_in_neither_warehouse_on_the_way(goods: Any, keeper: Staff) -> None:
    assert ask(keeper, 8).status_code == 302
    transfer = StockTransfer.objects.get()
    assert WorkItem.objects.get(closed_at=None).kind == "catalog.transfer_send"
    assert do(keeper, transfer, "send").status_code == 302
    assert (on_hand("sz-01"), on_hand("hz-01"), stock_of(goods)) == (7, 0, (7, 0))
    assert WorkItem.objects.get(closed_at=None).kind == "catalog.transfer_receive"

    page = keeper.open("catalog_stocktransfer_receive", transfer.pk)
    assert 'value="8"' in text_of(page)
    assert keeper.send("catalog_stocktransfer_receive", transfer.pk, **{f"sku-{goods.pk}": 8}).status_code == 302

    transfer.refresh_from_db()
    assert (transfer.status, transfer.has_differences) == ("received", False)
    assert (on_hand("sz-01"), on_hand("hz-01")) == (7, 8)
    arrived = StockLot.objects.filter(warehouse__code="hz-01").order_by("received_at")
    assert list(arrived.values_list("code", "quantity_left", "received_at")) == [
        ("OLD", 5, NOW - timedelta(days=30)),
        ("NEW", 3, NOW),
    ]
    assert not unbalanced().exists()
    assert not WorkItem.objects.filter(closed_at=None).exists()


def test_what_is_lost_on_the_way_is_accepted_by_somebody_else(goods: Any, keeper: Staff) -> None:
    ask(keeper, 8)
    transfer = StockTransfer.objects.get()
    do(keeper, transfer, "send")
    more = keeper.send("catalog_stocktransfer_receive", transfer.pk, **{f"sku-{goods.pk}": 9})
    assert (more.status_code, "It must lie between 0 and 8." in text_of(more)) == (422, True)
    keeper.send("catalog_stocktransfer_receive", transfer.pk, **{f"sku-{goods.pk}": 6})
    assert [(code, left) for code, left in lots_of(goods) if code == "OLD"] == [("OLD", 5)]
    assert WorkItem.objects.get(closed_at=None).kind == "catalog.transfer_differences"

    assert do(keeper, transfer, "settle", note="x").status_code == 403
    both = Staff(Role.OPERATIONS_SUPERVISOR, superuser=True)
    StockTransfer.objects.update(receiver=both.user)
    assert "may not decide on what is missing" in text_of(do(both, transfer, "settle", note="x"))
    boss = Staff(Role.OPERATIONS_SUPERVISOR)
    assert do(boss, transfer, "settle", note="carton crushed").status_code == 302

    transfer.refresh_from_db()
    assert (transfer.settled_by, transfer.settlement_note) == (boss.user.username, "carton crushed")
    assert not WorkItem.objects.filter(closed_at=None).exists()


@pytest.mark.sop("C11", refused=True)
def test_more_than_is_there_does_not_leave(goods: Any, keeper: Staff) -> None:
    ask(keeper, 16)
    transfer = StockTransfer.objects.get()
    before = row_counts()

    answer = do(keeper, transfer, "send")

    assert answer.status_code == 422
    assert "Only 15 of TS-RED-M available." in text_of(answer)
    assert (row_counts(), stock_of(goods)) == (before, (15, 0))
    assert do(keeper, transfer, "cancel", reason="too many").status_code == 302


@pytest.mark.parametrize(
    ("quantity", "target", "sku", "says"),
    [
        (1, "sz-01", "TS-RED-M", "Choose two different warehouses."),
        (1, "hz-01", "NOPE", "There is no such SKU."),
        ("", "hz-01", "TS-RED-M", "It must lie between 1 and 1000000."),
    ],
)
def test_a_wrong_request_says_why(goods: Any, keeper: Staff, quantity: Any, target: str, sku: str, says: str) -> None:
    before = row_counts()
    answer = ask(keeper, quantity, target=target, sku=sku)
    assert (answer.status_code, says in text_of(answer), row_counts()) == (422, True, before)


def test_transferring_is_the_warehouses_own(goods: Any, keeper: Staff) -> None:
    ask(keeper, 1)
    transfer, other = StockTransfer.objects.get(), Staff(Role.PURCHASING)
    before = row_counts()
    assert ask(other, 1).status_code == 403
    assert do(other, transfer, "send").status_code == 403
    assert other.send("catalog_stocktransfer_receive", transfer.pk).status_code == 403
    assert row_counts() == before


def test_locations_are_made_by_pattern_and_print_labels(goods: Any, keeper: Staff) -> None:
    place = a_warehouse().pk
    made = keeper.send("catalog_storagelocation_add", warehouse_id=place, pattern="A-{01-03}-{1-4}", zone="A")
    assert made.status_code == 302, text_of(made)
    assert StorageLocation.objects.count() == 12
    assert list(StorageLocation.objects.order_by("code").values_list("code", flat=True)[:2]) == ["A-01-1", "A-01-2"]
    labels = text_of(keeper.client.get("/admin/catalog/storagelocation/do/labels/?start=A-02"))
    assert labels.count('class="label"') == 4
    before = row_counts()
    again = keeper.send("catalog_storagelocation_add", warehouse_id=place, pattern="A-{01-03}-{1-4}")
    assert ("All of these locations exist already." in text_of(again), row_counts()) == (True, before)
    assert Staff(Role.PURCHASING).send("catalog_storagelocation_add", warehouse_id=place, pattern="B-1").status_code == 403


def test_pieces_move_between_locations_and_keep_their_age(goods: Any, keeper: Staff) -> None:
    place = a_location()
    lot = StockLot.objects.get(code="OLD")
    move = {"quantity": 2, "location": "a-01-03"}
    assert keeper.send("catalog_stocklot_command", lot.pk, "move", **move).status_code == 302

    moved = StockLot.objects.filter(code="OLD").order_by("id").values_list("quantity_left", "location", "received_at")
    since = NOW - timedelta(days=30)
    assert list(moved) == [(3, None, since), (2, place.pk, since)]
    assert (stock_of(goods), unbalanced().exists()) == ((15, 0), False)
    before = row_counts()
    for wrong, says in (({"quantity": 4}, "It must lie between 1 and 3."), ({"location": "Z"}, "There is no such location")):
        answer = keeper.send("catalog_stocklot_command", lot.pk, "move", **(move | wrong))
        assert (answer.status_code, says in text_of(answer)) == (422, True)
    assert row_counts() == before
    busy = keeper.send("catalog_storagelocation_edit", place.pk, zone="B")
    assert "Goods lie there; move them first." in text_of(busy)
    assert keeper.send("catalog_storagelocation_edit", place.pk, zone="B", is_active="on").status_code == 302
    assert keeper.open("catalog_stocklot_label", lot.pk).status_code == 200
    assert keeper.open("catalog_stocklot_change", lot.pk).status_code == 200
    assert keeper.open("catalog_storagelocation_change", place.pk).status_code == 200
