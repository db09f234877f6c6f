"""Pick lists in the browser."""

from datetime import timedelta
from typing import Any

import pytest

from catalog.models import StockLot
from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from opsdesk.inbox.models import WorkItem
from orders.enums.fulfilment import PickListStatus
from orders.models import PickLine, PickList
from tests.builders import (
    NOW,
    a_released_order,
    a_shop,
    a_sku,
    a_warehouse,
    an_order,
    stock_up,
)
from tests.kit.browser import Staff, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def goods(shop: Any) -> Any:
    """B-2 with 3 pieces."""
    return a_sku(shop, code="B-2", on_hand=3)


def make(picker: Staff) -> PickList:
    response = picker.send("orders_picklist_make", warehouse_id=a_warehouse().pk)
    assert response.status_code == 302, text_of(response)
    return PickList.objects.latest("id")


@pytest.mark.sop("O9")
def test_a_pick_list_merges_orders_by_sku_from_the_oldest_lot(picker: Staff, shop: Any, goods: Any) -> None:
    other = a_sku(shop, code="A-1", on_hand=5)
    stock_up(goods, 10)
    newer = StockLot.objects.filter(sku=goods).latest("id")
    StockLot.objects.filter(pk=newer.pk).update(code="NEW", received_at=NOW + timedelta(days=1))
    StockLot.objects.filter(sku=goods, quantity_left=3).update(code="OLD")
    StockLot.objects.filter(sku=other).update(code="ONLY")
    first, second = a_released_order("B-2", 2), a_released_order("B-2", 4)
    third = a_released_order("A-1", 1)
    pending = an_order("A-1", 1)

    row = make(picker)

    picks = PickLine.objects.filter(pick_list=row).order_by("sku_code", "id")
    assert list(picks.values_list("sku_code", "lot_code", "order_id", "quantity")) == [
        ("A-1", "ONLY", third.pk, 1),
        ("B-2", "OLD", first.pk, 2),
        ("B-2", "OLD", second.pk, 1),
        ("B-2", "NEW", second.pk, 3),
    ]
    page = text_of(picker.open("orders_picklist_change", row.pk))
    assert page.index("A-1") < page.index("OLD") < page.index("NEW")
    assert pending.number not in page
    assert WorkItem.objects.get(kind="orders.pick_list").due_at == min(
        o.process_by for o in (first, second, third) if o.process_by
    )


def test_a_second_list_plans_on_what_the_first_leaves(picker: Staff, goods: Any) -> None:
    StockLot.objects.update(code="OLD")
    stock_up(goods, 10)
    StockLot.objects.exclude(code="OLD").update(code="NEW", received_at=NOW + timedelta(days=1))
    a_released_order("B-2", 2)
    make(picker)
    a_released_order("B-2", 2)

    row = make(picker)

    assert list(PickLine.objects.filter(pick_list=row).order_by("id").values_list("lot_code", "quantity")) == [
        ("OLD", 1),
        ("NEW", 1),
    ]


@pytest.mark.sop("O9", refused=True)
def test_an_order_stands_in_one_list_only(picker: Staff, goods: Any) -> None:
    order = a_released_order("B-2", 1)
    make(picker)
    before = row_counts()

    again = picker.send("orders_picklist_make", warehouse_id=a_warehouse().pk)
    chosen = picker.client.post(
        "/admin/orders/order/", {"action": "make_pick_lists", "_selected_action": [order.pk], "index": 0}, follow=True
    )

    assert (again.status_code, "There is nothing to pick." in text_of(again)) == (422, True)
    assert f"These orders stand in an open pick list: {order.number}" in text_of(chosen)
    assert row_counts() == before


def test_selected_orders_are_listed_by_the_action(picker: Staff, goods: Any) -> None:
    order, rest = a_released_order("B-2", 1), a_released_order("B-2", 1)

    picker.client.post("/admin/orders/order/", {"action": "make_pick_lists", "_selected_action": [order.pk], "index": 0})

    assert list(PickLine.objects.values_list("order_id", flat=True)) == [order.pk] != [rest.pk]


def test_an_order_that_was_not_released_is_not_picked(picker: Staff, goods: Any) -> None:
    order = an_order("B-2", 1)

    page = picker.client.post(
        "/admin/orders/order/", {"action": "make_pick_lists", "_selected_action": [order.pk], "index": 0}, follow=True
    )

    assert "pick is not possible in state pending." in text_of(page)
    assert PickList.objects.count() == 0


def test_a_reprint_is_marked_and_recorded(picker: Staff, goods: Any) -> None:
    a_released_order("B-2", 1)
    row = make(picker)

    first = text_of(picker.send("orders_picklist_print", row.pk))
    second = text_of(picker.send("orders_picklist_print", row.pk))

    row.refresh_from_db()
    assert ("REPRINT" in first, "REPRINT 1" in second) == (False, True)
    assert (row.printed_at, row.reprints) == (NOW, 1)
    actions = AuditEntry.objects.filter(subject_id=row.public_id).order_by("id").values_list("action", flat=True)
    assert list(actions) == ["orders.pick_list_made", "orders.pick_list_printed", "orders.pick_list_reprinted"]


def test_one_button_confirms_that_all_is_picked(picker: Staff, goods: Any) -> None:
    a_released_order("B-2", 1)
    row = make(picker)

    picker.command("picklist", row.pk, "confirm")

    row.refresh_from_db()
    assert (row.status, row.picked_at, row.picked_by) == (PickListStatus.PICKED, NOW, str(picker.user.username))
    assert list(PickLine.objects.values_list("picked", flat=True)) == [True]
    assert WorkItem.objects.get(kind="orders.pick_list").outcome == "picked"


def test_packing_the_last_order_finishes_its_list(picker: Staff, goods: Any) -> None:
    orders = [a_released_order("B-2", 1), a_released_order("B-2", 1)]
    row = make(picker)
    states = []
    for order in orders:
        picker.command("order", order.pk, "pack", appearance="on", packing_list="on")
        row.refresh_from_db()
        states.append(row.status)

    assert states == ["open", "picked"]


def test_a_list_that_was_taken_back_frees_its_orders(picker: Staff, goods: Any) -> None:
    order = a_released_order("B-2", 1)
    row = make(picker)

    picker.command("picklist", row.pk, "cancel", reason="wrong warehouse")

    assert make(picker).places.get().order_id == order.pk
    assert AuditEntry.objects.get(action="orders.pick_list_cancelled").reason == "wrong warehouse"


@pytest.mark.parametrize("role", [Role.CUSTOMER_SERVICE, Role.FINANCE, Role.OPERATIONS_SUPERVISOR])
def test_other_desks_make_and_print_no_lists(picker: Staff, goods: Any, role: Role) -> None:
    a_released_order("B-2", 1)
    row = make(picker)
    other = Staff(role)
    before = row_counts()

    answers = [
        other.send("orders_picklist_make", warehouse_id=a_warehouse().pk),
        other.send("orders_picklist_print", row.pk),
        other.command("picklist", row.pk, "confirm"),
    ]

    assert {answer.status_code for answer in answers} <= {403, 404}
    assert row_counts() == before


def test_staff_of_another_shop_do_not_see_the_list(picker: Staff, goods: Any) -> None:
    a_released_order("B-2", 1)
    row = make(picker)
    stranger = Staff(Role.WAREHOUSE, shops=[a_shop("douyin-01")])

    assert stranger.send("orders_picklist_print", row.pk).status_code == 404
    assert row.wave not in text_of(stranger.open("orders_picklist_changelist"))


def test_the_page_that_makes_a_list_offers_the_warehouses(picker: Staff, goods: Any) -> None:
    page = picker.open("orders_picklist_make")

    assert (page.status_code, "sz-01 sz-01" in text_of(page)) == (200, True)
    assert picker.send("orders_picklist_make", warehouse_id=0).status_code == 422
    assert picker.send("orders_picklist_print", 0).status_code == 404
