"""The packing desk: every piece scanned, every point checked, the gift and the papers enclosed."""

import json
from typing import Any

import pytest

from catalog.models import Reservation
from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from opsdesk.common.actors import SYSTEM
from orders.enums.orders import HoldCode
from orders.models import GiftRule, Order, OrderGift, PackCheck, PackingRule, Scan
from orders.services.fulfilment.rulebook import save_rule
from orders.services.holds import hold_order
from tests.builders import CHECKLIST, NOW, a_category, a_released_order, a_shop, a_sku, a_warehouse, stock_of
from tests.builders.warehouse import a_gift_rule, a_packing_rule, an_allocation_rule
from tests.kit.browser import Staff, text_of
from tests.kit.http import Api
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")
SOUND = {"undamaged": "on", "spotless": "on", "firm": "on", "packing_list": "on"}


@pytest.fixture
def goods(shop: Any) -> Any:
    """B-2 with 9 pieces."""
    return a_sku(shop, code="B-2", on_hand=9)


@pytest.fixture
def cup(shop: Any) -> Any:
    """The gift, with 2 pieces."""
    return a_sku(shop, code="CUP", on_hand=2)


def scan(picker: Staff, order: Order, code: str) -> Any:
    url = f"/admin/orders/order/{order.pk}/pack-scan/"
    return picker.client.post(url, {"code": code}, headers={"X-Scan": "1"}).json()


@pytest.mark.sop("O10")
def test_an_order_is_scanned_checked_and_closed_with_its_gift_and_papers(picker: Staff, goods: Any, cup: Any) -> None:
    a_gift_rule(cup)
    a_packing_rule(category=a_category(), manual=True)
    a_packing_rule(sku=goods, warranty=True, fragile=True)
    order = a_released_order("B-2", 2)
    assert list(OrderGift.objects.values_list("order_id", "sku_code", "is_reserved")) == [(order.pk, "CUP", True)]
    opened = picker.client.get("/admin/orders/order/pack-station/", {"code": order.number})
    assert opened.headers["Location"] == f"/admin/orders/order/{order.pk}/pack-scan/"

    said = [scan(picker, order, code)["text"] for code in ("CUP", "B-2", "B-2")]
    page = text_of(picker.open("orders_order_pack_scan", order.pk))
    done = picker.send("orders_order_pack_finish", order.pk, **SOUND, gifts="on", manual="on", warranty="on")

    assert said[-1] == "B-2: right. Into the parcel. Everything is scanned."
    assert ("FRAGILE" in page, "DO NOT BEND" in page, "3 of 3 pieces" in page) == (True, False, True)
    order.refresh_from_db()
    check = PackCheck.objects.get()
    assert (order.status, check.gifts, check.manual, check.warranty) == ("ready_to_ship", True, True, True)
    assert done.headers["Location"] == f"/admin/orders/order/pack-station/?packed={order.pk}"
    papers = text_of(picker.client.get(done.headers["Location"]))
    assert (f"/order/{order.pk}/packing-list/" in papers, f"/order/{order.pk}/do/ship/" in papers) == (True, True)
    sheet = text_of(picker.open("orders_order_packing_list", order.pk))
    assert ("CUP" in sheet, "FRAGILE" in sheet, "Warranty card" in sheet) == (True, True, True)


@pytest.mark.sop("O10", refused=True)
def test_a_parcel_is_not_closed_before_every_box_is_ticked(picker: Staff, goods: Any, cup: Any) -> None:
    a_gift_rule(cup)
    order = a_released_order("B-2", 2)
    for code in ("CUP", "B-2", "B-2"):
        scan(picker, order, code)
    before = row_counts()

    for name in (*SOUND, "gifts"):
        ticked = {key: "on" for key in (*SOUND, "gifts") if key != name}
        answer = picker.send("orders_order_pack_finish", order.pk, **ticked)
        assert (answer.status_code, "This field is required." in text_of(answer)) == (422, True)

    order.refresh_from_db()
    assert (row_counts(), order.status) == (before, "processing")


@pytest.mark.sop("O10", refused=True)
def test_a_parcel_with_pieces_that_were_not_scanned_stays_open(picker: Staff, goods: Any) -> None:
    order = a_released_order("B-2", 2)
    scan(picker, order, "B-2")
    before = row_counts()

    answer = picker.send("orders_order_pack_finish", order.pk, **SOUND)

    assert (answer.status_code, "still to come: B-2 × 1" in text_of(answer)) == (422, True)
    assert row_counts() == before


@pytest.mark.sop("O10", refused=True)
def test_a_wrong_piece_at_the_desk_is_refused_and_written_down(picker: Staff, goods: Any) -> None:
    order = a_released_order("B-2", 1)

    wrong = picker.send("orders_order_pack_scan", order.pk, code="A-1")
    scan(picker, order, "B-2")
    twice = scan(picker, order, "B-2")

    assert (wrong.status_code, "STOP: A-1 is not asked for here. Put it back." in text_of(wrong)) == (422, True)
    assert (twice["ok"], twice["text"]) == (False, "STOP: there is enough of B-2. Put it back.")
    assert list(Scan.objects.order_by("id").values_list("result", "quantity")) == [
        ("wrong_sku", 0),
        ("piece", 1),
        ("too_many", 0),
    ]


def test_an_order_on_hold_is_not_packed(picker: Staff, goods: Any) -> None:
    order = a_released_order("B-2", 1)
    hold_order(order_id=order.pk, code=HoldCode.RISK, reason="odd", actor=SYSTEM, now=order.placed_at)
    before = row_counts()

    said = scan(picker, order, "B-2")

    assert (said["ok"], "on hold" in said["text"], row_counts()) == (False, True, before)


@pytest.mark.sop("O10", refused=True)
def test_the_warehouse_system_cannot_leave_a_needed_paper_out(api: Api, shop: Any, goods: Any) -> None:
    a_packing_rule(sku=goods, manual=True)
    order = a_released_order("B-2", 1)
    before = row_counts()

    answer = api.post(f"orders/{order.public_id}/pack/", {"checklist": CHECKLIST})

    assert (answer.status_code, json.loads(answer.content)["errors"][0]["pointer"]) == (422, "/checklist/manual")
    assert row_counts()["orders_packcheck"] == before["orders_packcheck"]


def test_a_pick_list_opens_its_orders_at_the_desk(picker: Staff, goods: Any) -> None:
    orders = [a_released_order("B-2", 1), a_released_order("B-2", 1)]
    picker.client.post(
        "/admin/orders/order/", {"action": "make_pick_lists", "_selected_action": [o.pk for o in orders], "index": 0}
    )
    wave = orders[0].pick_places.get().pick_list.wave

    page = text_of(picker.client.get("/admin/orders/order/pack-station/", {"code": wave}))
    lost = picker.client.get("/admin/orders/order/pack-station/", {"code": "XX"})

    assert all(order.number in page for order in orders)
    assert (lost.status_code, "STOP: XX is no order or pick list" in text_of(lost)) == (422, True)
    assert picker.client.get("/admin/orders/order/pack-station/", {"packed": "abc"}).status_code == 200


def test_gifts_last_as_long_as_they_last_and_go_back_on_sale(picker: Staff, goods: Any, cup: Any) -> None:
    a_gift_rule(cup, quantity=2)
    first, second = a_released_order("B-2", 2), a_released_order("B-2", 2)
    cheap = a_released_order("B-2", 1)

    assert list(OrderGift.objects.order_by("id").values_list("order_id", "is_reserved")) == [
        (first.pk, True),
        (second.pk, False),
    ]
    assert list(Reservation.objects.filter(owner_ref=cheap.public_id).values_list("sku__code", "quantity")) == [("B-2", 1)]
    assert stock_of(cup) == (2, 2)
    Staff(Role.CUSTOMER_SERVICE).command("order", first.pk, "cancel", reason="buyer")
    assert stock_of(cup) == (2, 0)
    assert "None left" in text_of(picker.open("orders_order_change", second.pk))


def test_a_gift_of_the_bought_sku_is_added_to_what_is_reserved(picker: Staff, goods: Any) -> None:
    a_gift_rule(goods, spend_from=None, sku=goods)
    order = a_released_order("B-2", 2)

    assert list(Reservation.objects.filter(owner_ref=order.public_id).values_list("quantity", flat=True)) == [3]
    assert "0 of 3 pieces" in text_of(picker.open("orders_order_pack_scan", order.pk))


@pytest.mark.sop("O10")
def test_the_supervisor_keeps_gift_and_packing_rules(goods: Any, cup: Any) -> None:
    lead = Staff(Role.OPERATIONS_SUPERVISOR)
    times = {"valid_from_0": "2026-06-01", "valid_from_1": "00:00", "valid_until_0": "2026-07-01", "valid_until_1": "00:00"}

    lead.send("orders_giftrule_add", name="June", spend_from="100", gift=cup.pk, quantity=1, is_active="on", **times)
    lead.send("orders_packingrule_add", sku=goods.pk, no_bending="on")

    assert (GiftRule.objects.get().gift, PackingRule.objects.get().no_bending) == (cup, True)


def test_the_lists_of_rules_say_what_they_ask_for(goods: Any, cup: Any) -> None:
    a_gift_rule(cup)
    rule = a_packing_rule(sku=goods, manual=True)
    an_allocation_rule(a_warehouse())
    save_rule(rule=rule, actor=SYSTEM, now=NOW)
    lead = Staff(Role.OPERATIONS_SUPERVISOR)

    pages = [text_of(lead.open(f"orders_{name}rule_changelist")) for name in ("gift", "packing", "allocation")]

    assert ["over 100" in pages[0], "B-2" in pages[1], "sz-01 1" in pages[2]] == [True, True, True]
    assert AuditEntry.objects.filter(action="orders.packing_rule_saved").count() == 1


@pytest.mark.sop("O10", refused=True)
def test_rules_without_a_condition_are_refused(goods: Any, cup: Any) -> None:
    lead = Staff(Role.OPERATIONS_SUPERVISOR)
    times = {"valid_from_0": "2026-07-01", "valid_from_1": "00:00", "valid_until_0": "2026-06-01", "valid_until_1": "00:00"}
    before = row_counts()

    gift = lead.send("orders_giftrule_add", name="June", gift=cup.pk, quantity=1, **times)
    paper = lead.send("orders_packingrule_add", manual="on")

    assert (gift.status_code, paper.status_code, row_counts()) == (200, 200, before)
    assert "Name a SKU or a category." in text_of(paper)
    assert "Say for how much money or for which SKU." in text_of(gift)


def test_other_desks_and_shops_do_not_pack(picker: Staff, goods: Any) -> None:
    order = a_released_order("B-2", 1)
    stranger, clerk = Staff(Role.WAREHOUSE, shops=[a_shop("douyin-01")]), Staff(Role.CUSTOMER_SERVICE)
    before = row_counts()

    for name, fields in (("pack_scan", {"code": "B-2"}), ("pack_finish", SOUND)):
        assert stranger.send(f"orders_order_{name}", order.pk, **fields).status_code == 404
        assert clerk.send(f"orders_order_{name}", order.pk, **fields).status_code == 403
    assert clerk.open("orders_order_pack_station").status_code == 403
    assert row_counts() == before
