"""Which warehouse serves an order: by rule, explained, and by hand."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Reservation
from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from opsdesk.common.actors import SYSTEM
from opsdesk.inbox.kinds import REGISTER
from opsdesk.inbox.models import WorkItem
from orders.models import Allocation, AllocationRule, Order, OrderHold
from orders.services.carriers.registry import sync_carriers
from orders.services.release import release_orders
from tests.builders import NOW, a_sku, a_warehouse, an_order, stock_up
from tests.builders.rounds import a_round
from tests.builders.times import at
from tests.builders.warehouse import a_second_warehouse, an_allocation_rule
from tests.kit.browser import Staff, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def places(shop: Any) -> Any:
    """Shenzhen with 3 pieces of B-2 and Hangzhou with 10."""
    goods = a_sku(shop, code="B-2", on_hand=3)
    second = a_second_warehouse(shop)
    stock_up(goods, 10, second)
    sync_carriers()
    return a_warehouse(), second


@pytest.fixture
def lead(db: None) -> Staff:
    return Staff(Role.OPERATIONS_SUPERVISOR)


def where(order: Order) -> list[tuple[str, int]]:
    rows = Reservation.objects.filter(owner_ref=order.public_id).order_by("id")
    return list(rows.values_list("warehouse__code", "quantity"))


def status_of(order: Order) -> str:
    return Order.objects.get(pk=order.pk).status


@pytest.mark.sop("O8")
def test_a_signed_round_sends_each_order_to_the_warehouse_of_its_region(agent: Staff, shop: Any, places: Any) -> None:
    shenzhen, hangzhou = places
    an_allocation_rule(hangzhou, priority=1, provinces=["浙江", "上海"])
    won = an_allocation_rule(hangzhou, priority=2, provinces=["广东"], carriers=["ems", "sf"])
    an_allocation_rule(shenzhen, priority=3)
    order = an_order("B-2", 1)
    assert where(order) == [("sz-01", 1)]

    agent.send("orders_checkround_sign", a_round(shop).pk)

    assert (status_of(order), where(order)) == ("processing", [("hz-01", 1)])
    found = Allocation.objects.get(order=order)
    assert (found.outcome, found.warehouse, found.rule, found.carrier and found.carrier.code) == ("rule", hangzhou, won, "ems")
    assert found.looked_at == [
        {"warehouse": "hz-01", "rule": "hz-01 1", "verdict": "region", "missing": {}},
        {"warehouse": "hz-01", "rule": "hz-01 2", "verdict": "won", "missing": {}},
    ]
    page = text_of(agent.open("orders_order_change", order.pk))
    assert "hz-01 (hz-01 1): Does not serve the region" in page


@pytest.mark.sop("O8", refused=True)
def test_an_order_that_no_warehouse_can_serve_is_held_and_becomes_work(
    agent: Staff, lead: Staff, shop: Any, places: Any
) -> None:
    shenzhen, hangzhou = places
    an_allocation_rule(shenzhen, priority=1)
    an_allocation_rule(hangzhou, priority=2, carriers=["none-in-use"])
    served, stuck = an_order("B-2", 3), an_order("B-2", 1)
    assert (where(served), where(stuck)) == ([("sz-01", 3)], [("hz-01", 1)])

    agent.send("orders_checkround_sign", a_round(shop).pk)

    assert (status_of(served), status_of(stuck)) == ("processing", "pending")
    hold = OrderHold.objects.get(order=stuck)
    assert (hold.code, hold.reason) == ("other", "No warehouse can serve this order.")
    found = Allocation.objects.get(order=stuck)
    assert [look["verdict"] for look in found.looked_at] == ["stock", "carrier"]
    assert found.looked_at[0]["missing"] == {"B-2": 1}
    item = WorkItem.objects.get(kind="orders.unallocated", closed_at=None)
    assert lead.client.get(REGISTER[item.kind].url(item.subject_id)).status_code == 200

    lead.command("order", stuck.pk, "allocate", warehouse_id=hangzhou.pk, reason="SF collects there today")

    item.refresh_from_db()
    assert (item.outcome, OrderHold.objects.filter(released_at=None).count()) == ("chosen", 0)
    agent.send("orders_checkround_sign", a_round(shop, slot=at(14)).pk)
    assert (status_of(stuck), where(stuck)) == ("processing", [("hz-01", 1)])
    assert list(Allocation.objects.filter(order=stuck).order_by("id").values_list("outcome", "reason", "current")) == [
        ("none", "", False),
        ("override", "SF collects there today", True),
    ]


@pytest.mark.sop("O8", refused=True)
def test_a_warehouse_without_the_goods_is_refused_by_hand(lead: Staff, shop: Any, places: Any) -> None:
    shenzhen, _ = places
    other = a_warehouse("bj-01")
    order = an_order("B-2", 5)
    before = row_counts()

    short = lead.command("order", order.pk, "allocate", warehouse_id=shenzhen.pk, reason="near")
    foreign = lead.command("order", order.pk, "allocate", warehouse_id=other.pk, reason="near")
    silent = lead.command("order", order.pk, "allocate", warehouse_id=shenzhen.pk, reason="")

    assert (short.status_code, "2 of B-2 are missing there." in text_of(short)) == (422, True)
    assert "This warehouse does not serve the order&#x27;s shop." in text_of(foreign)
    assert silent.status_code == 422
    assert (row_counts(), where(order)) == (before, [("hz-01", 5)])


def test_without_rules_an_order_stays_where_its_pieces_are(shop: Any, places: Any) -> None:
    order = an_order("B-2", 12)

    release_orders(order_ids=[order.pk], actor=SYSTEM, now=NOW)

    found = Allocation.objects.get()
    assert (found.outcome, found.warehouse, where(order)) == ("kept", None, [("sz-01", 3), ("hz-01", 9)])


def test_many_orders_are_placed_with_as_many_statements_as_few(shop: Any, places: Any) -> None:
    _, hangzhou = places
    an_allocation_rule(hangzhou)
    few, many = [an_order("B-2", 1) for _ in range(2)], [an_order("B-2", 1) for _ in range(6)]

    counted = []
    for some in (few, many):
        with CaptureQueriesContext(
            connection,
        ) as found:
            release_orders(order_ids=[order.pk for order in some], actor=SYSTEM, now=NOW)
        counted.append(len(found))

    assert counted[0] == counted[1]


@pytest.mark.sop("O8")
def test_the_supervisor_keeps_the_rules_with_their_history(lead: Staff, places: Any) -> None:
    shenzhen, _ = places
    fields = {"name": "South", "priority": 1, "warehouse": shenzhen.pk, "is_active": "on"}

    made = lead.send("orders_allocationrule_add", **fields, provinces="广东省, 广西", carriers="SF")

    rule = AllocationRule.objects.get()
    assert (made.status_code, rule.provinces, rule.carriers) == (302, ["广东省", "广西"], ["sf"])
    lead.send("orders_allocationrule_change", rule.pk, **(fields | {"priority": 5}), provinces="广东省", carriers="sf")
    entry = AuditEntry.objects.filter(action="orders.allocation_rule_saved").latest("id")
    assert (entry.before, entry.after) == (
        {"priority": 1, "provinces": ["广东省", "广西"]},
        {"priority": 5, "provinces": ["广东省"]},
    )
    assert "Allocation rule saved" in text_of(lead.open("orders_allocationrule_change", rule.pk))


@pytest.mark.parametrize("role", [Role.WAREHOUSE, Role.CUSTOMER_SERVICE])
def test_other_desks_write_no_rules_and_choose_no_warehouse(shop: Any, places: Any, role: Role) -> None:
    shenzhen, hangzhou = places
    rule, order = an_allocation_rule(shenzhen), an_order("B-2", 1)
    other = Staff(role)
    before = row_counts()

    other.send("orders_allocationrule_add", name="x", priority=1, warehouse=hangzhou.pk)
    other.send("orders_allocationrule_change", rule.pk, name="x", priority=9, warehouse=hangzhou.pk)
    refused = other.command("order", order.pk, "allocate", warehouse_id=hangzhou.pk, reason="x")

    rule.refresh_from_db()
    assert (refused.status_code, rule.priority, row_counts()) == (403, 1, before)


@pytest.mark.sop("O8", refused=True)
def test_a_rule_with_an_unknown_carrier_is_refused(lead: Staff, places: Any) -> None:
    shenzhen, _ = places
    before = row_counts()

    answer = lead.send("orders_allocationrule_add", name="x", priority=1, warehouse=shenzhen.pk, carriers="sf, pigeon")

    assert "There is no carrier pigeon." in text_of(answer)
    assert row_counts() == before
