"""The choice of a carrier, in the browser and when a parcel is handed over."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from opsdesk.common.actors import SYSTEM
from opsdesk.inbox.models import WorkItem
from orders.models import CarrierChoice, Order, ParcelCarriage, Shipment
from orders.services.carriers.choosing import choose_carriers
from orders.services.fulfilment.shipping import Parcel, ship_order
from tests.builders import NOW, a_packed_order, a_released_order, a_tracking_no, parcel_of
from tests.builders.carriers import a_carrier, choice_of, weigh
from tests.kit.browser import Staff, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")


def said(row: CarrierChoice) -> dict[str, list[str]]:
    """What was found of each carrier."""
    return {one["carrier"]: [reason["message"] % reason["params"] for reason in one["reasons"]] for one in row.findings}


@pytest.mark.sop("O11")
def test_the_packed_parcel_gets_its_carrier_and_the_reasons_are_kept(sku: Any) -> None:
    weigh(sku, 700, fragile=True)
    a_carrier("sf", first="12.00", takes_fragile=True)
    a_carrier("zto", first="6.00")
    a_carrier("ems", first="5.00", takes_fragile=True, max_grams=1400)
    a_carrier("jd", first="9.00", takes_fragile=True, province="广东省", served=False)
    order = a_released_order()
    warehouse = Staff(Role.WAREHOUSE)

    warehouse.command("order", order.pk, "pack", appearance="on", packing_list="on")

    row = choice_of(order)
    assert (row.carrier.code, row.suggested.code) == ("sf", "sf")  # type: ignore[union-attr]
    assert (row.grams, row.fragile, row.do_not_bend, row.unweighed) == (1500, True, False, [])
    found = said(row)
    assert found["sf"][0] == "It compares best: with 80 points its price counts as 15.40."
    assert found["zto"] == ["It takes no fragile goods."]
    assert found["ems"] == ["The parcel weighs 1500 g, it takes at most 1400 g."]
    assert found["jd"] == ["It does not deliver to 广东深圳南山区."]
    assert found["yto"][0] == "Its coverage table does not name 广东深圳南山区."
    page = text_of(warehouse.open("orders_carrierchoice_change", row.pk))
    assert ("It takes no fragile goods." in page, "Chosen" in page) == (True, True)
    assert f"SF Express · {order.number}" in page
    warehouse.command("order", order.pk, "ship", carrier="sf", tracking_no=a_tracking_no())
    terms = ParcelCarriage.objects.get(shipment=parcel_of(order))
    assert (terms.choice_id, terms.grams, terms.cost) == (row.pk, 1500, Decimal("14.00"))
    assert terms.promised_by == parcel_of(order).handed_over_at.replace(day=parcel_of(order).handed_over_at.day + 3)


@pytest.mark.sop("O11", refused=True)
def test_staff_hand_over_to_the_chosen_carrier_unless_they_say_why(sku: Any) -> None:
    weigh(sku, 300)
    a_carrier("sf", first="12.00")
    a_carrier("zto", first="6.00")
    order = a_packed_order()
    row, warehouse = choice_of(order), Staff(Role.WAREHOUSE)
    before = row_counts()

    refused = warehouse.command("order", order.pk, "ship", carrier="sf", tracking_no=a_tracking_no())

    text = "ZTO Express is chosen for this parcel; to take another, change the choice and say why."
    assert (refused.status_code, text in text_of(refused), row_counts() == before) == (422, True, True)
    blank = warehouse.command("carrierchoice", row.pk, "override", carrier="sf", reason=" ")
    assert (blank.status_code, row_counts() == before) == (422, True)
    warehouse.command("carrierchoice", row.pk, "override", carrier="sf", reason="Buyer pays for speed")
    warehouse.command("order", order.pk, "ship", carrier="sf", tracking_no=a_tracking_no())
    row = choice_of(order)
    assert (row.carrier.code, row.suggested.code, row.reason) == ("sf", "zto", "Buyer pays for speed")  # type: ignore[union-attr]
    assert (row.overridden_by, row.overridden_at) == (warehouse.user.username, NOW)
    entry = AuditEntry.objects.get(action="orders.carrier_overridden")
    assert (entry.before, entry.after, entry.reason) == ({"carrier": "zto"}, {"carrier": "sf"}, "Buyer pays for speed")
    assert parcel_of(order).carrier.code == "sf"


def test_an_unknown_weight_is_said(sku: Any) -> None:
    a_carrier("sf")
    order = a_packed_order()

    row = choice_of(order)

    assert (row.grams, row.unweighed, row.findings[0]["price"]) == (None, ["TS-RED-M"], None)
    assert "The parcel's weight is not known: only the price of the first weight is compared." in said(row)["sf"]
    page = text_of(Staff(Role.LOGISTICS).open("orders_carrierchoice_change", row.pk))
    assert "for these SKUs have none: TS-RED-M." in page
    ship_order(order_id=order.pk, parcels=[Parcel("sf", a_tracking_no())], actor=SYSTEM, now=NOW)
    assert ParcelCarriage.objects.values_list("grams", "cost").get() == (None, None)


def test_a_parcel_that_no_carrier_takes_is_work_until_somebody_finds_one(sku: Any) -> None:
    a_carrier("sf", served=False)
    order = a_packed_order()
    row, logistics = choice_of(order), Staff(Role.LOGISTICS)

    item = WorkItem.objects.get(kind="orders.carrier_choice")
    assert (item.subject_id, item.role, item.closed_at, row.carrier) == (row.public_id, "logistics", None, None)
    page = logistics.client.get(f"/admin/orders/carrierchoice/{item.subject_id}/change/")
    assert "Take another carrier" in text_of(page)
    logistics.command("carrierchoice", row.pk, "override", carrier="ems", reason="Only EMS goes there")

    item.refresh_from_db()
    assert (item.closed_at, item.outcome, choice_of(order).carrier.code) == (NOW, "chosen", "ems")  # type: ignore[union-attr]


def test_choosing_again_forgets_the_override_and_closes_the_work(sku: Any) -> None:
    a_carrier("sf", served=False)
    order = a_packed_order()
    row, logistics = choice_of(order), Staff(Role.LOGISTICS)
    a_carrier("zto")

    logistics.command("carrierchoice", row.pk, "rechoose")

    assert choice_of(order).carrier.code == "zto"  # type: ignore[union-attr]
    assert WorkItem.objects.filter(kind="orders.carrier_choice", closed_at=None).count() == 0


def test_another_address_is_chosen_for_anew(sku: Any) -> None:
    a_carrier("sf", province="广东")
    a_carrier("ems", province="西藏自治区")
    order = a_packed_order()
    agent = Staff(Role.CUSTOMER_SERVICE)
    assert choice_of(order).carrier.code == "sf"  # type: ignore[union-attr]

    agent.command(
        "order", order.pk, "change_address", recipient="王小明", phone="13800000000", province="西藏自治区", city="拉萨市",
        district="城关区", street="北京中路1号", postal_code="",
    )  # fmt: skip

    assert choice_of(order).carrier.code == "ems"  # type: ignore[union-attr]


def test_many_orders_are_chosen_for_with_a_fixed_number_of_statements(sku: Any) -> None:
    a_carrier("sf")

    def statements(orders: int) -> int:
        ids = [a_released_order().pk for _ in range(orders)]
        with CaptureQueriesContext(connection) as log:
            made = choose_carriers(order_ids=ids, actor=SYSTEM, now=NOW)
        assert [row.carrier.code for row in made if row.carrier] == ["sf"] * orders
        return len(log)

    statements(1)
    assert statements(2) == statements(9)


def test_the_list_of_orders_chooses_for_those_selected(sku: Any) -> None:
    a_carrier("sf")
    orders = [a_released_order(), a_released_order()]
    keys = [order.pk for order in orders]

    answer = Staff(Role.LOGISTICS).client.post(
        "/admin/orders/order/", {"action": "choose_carriers", "_selected_action": keys, "index": "0"}, follow=True
    )

    assert "Carriers found: 2; no carrier: 0; decided or sent already: 0." in text_of(answer)
    assert CarrierChoice.objects.filter(order__in=orders, carrier__code="sf").count() == 2


def test_without_tables_nothing_is_chosen_and_the_list_says_so(sku: Any) -> None:
    order, logistics = a_packed_order(), Staff(Role.LOGISTICS)
    before = row_counts()

    answer = logistics.client.post(
        "/admin/orders/order/", {"action": "choose_carriers", "_selected_action": [order.pk], "index": "0"}, follow=True
    )

    assert "No carrier in use has a coverage table yet: import one first." in text_of(answer)
    assert (CarrierChoice.objects.count(), row_counts()) == (0, before)


def test_what_a_program_reports_is_noted_not_refused(sku: Any) -> None:
    a_carrier("zto", first="6.00")
    order = a_packed_order()

    ship_order(order_id=order.pk, parcels=[Parcel("sf", a_tracking_no())], actor=SYSTEM, now=NOW)

    row = choice_of(order)
    assert (row.carrier.code, row.overridden_by) == ("sf", "system")  # type: ignore[union-attr]
    assert row.reason == "Stated by the warehouse system when it was handed over."


def test_an_order_in_several_parcels_is_bound_to_no_carrier(sku: Any) -> None:
    weigh(sku, 1000)
    a_carrier("zto", first="6.00")
    a_carrier("sf", first="12.00")
    order = a_packed_order(quantity=3)
    more = f"sf {a_tracking_no()} TS-RED-M=1"

    Staff(Role.WAREHOUSE).command("order", order.pk, "ship", carrier="zto", tracking_no=a_tracking_no(), more=more)

    costs = dict(Shipment.objects.filter(orders=order).values_list("carrier__code", "carriage__cost"))
    assert costs == {"zto": Decimal("12.00"), "sf": Decimal("14.00")}
    assert Order.objects.get(pk=order.pk).status == "shipped"


def test_a_sent_parcel_keeps_its_choice(sku: Any) -> None:
    a_carrier("sf")
    order = a_packed_order()
    ship_order(order_id=order.pk, parcels=[Parcel("sf", a_tracking_no())], actor=SYSTEM, now=NOW)
    row, logistics = choice_of(order), Staff(Role.LOGISTICS)
    before = row_counts()

    answer = logistics.command("carrierchoice", row.pk, "override", carrier="ems", reason="Too late")

    assert (answer.status_code, "is not possible in state" in text_of(answer)) == (422, True)
    assert (row_counts(), choice_of(order).carrier.code) == (before, "sf")  # type: ignore[union-attr]


def test_other_desks_do_not_change_the_choice(sku: Any) -> None:
    a_carrier("sf")
    row, agent = choice_of(a_packed_order()), Staff(Role.CUSTOMER_SERVICE)
    before = row_counts()

    answer = agent.command("carrierchoice", row.pk, "override", carrier="ems", reason="x")

    assert (answer.status_code, row_counts()) == (403, before)
