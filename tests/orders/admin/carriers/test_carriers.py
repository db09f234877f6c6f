"""Carriers come with the code and are taken in and out of use in the browser."""

from typing import Any

import pytest
from django.core.management import call_command

from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from orders.enums.fulfilment import CarrierCode
from orders.models import Carrier
from tests.builders import a_packed_order, a_shipped_order, a_shop, a_sku
from tests.kit.browser import Staff, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")


def test_the_reference_data_holds_the_carriers_and_keeps_what_staff_have_set(db: None) -> None:
    call_command("sync_reference")
    Carrier.objects.filter(code="ems").update(is_active=False, name="EMS China")

    call_command("sync_reference")

    assert list(Carrier.objects.order_by("id").values_list("code", flat=True)) == CarrierCode.values
    assert Carrier.objects.get(code="ems").name == "EMS China"


def test_a_carrier_out_of_use_takes_no_parcels(db: None) -> None:
    a_sku(a_shop(), on_hand=5)
    order = a_packed_order()
    sf = Carrier.objects.get(code="sf")

    Staff(Role.LOGISTICS).command("carrier", sf.pk, "deactivate")

    entry = AuditEntry.objects.get(action="orders.carrier_changed")
    assert Carrier.objects.get(code="sf").is_active is False
    assert (entry.subject_id, entry.before, entry.after) == ("sf", {"is_active": True}, {"is_active": False})
    warehouse = Staff(Role.WAREHOUSE)
    before = row_counts()
    answer = warehouse.command("order", order.pk, "ship", carrier="sf", tracking_no="SF000000000001")
    assert (answer.status_code, "Select a valid choice." in text_of(answer)) == (422, True)
    assert row_counts() == before
    Staff(Role.LOGISTICS).command("carrier", sf.pk, "activate")
    assert Carrier.objects.get(code="sf").is_active is True


def test_a_carrier_is_added_and_changed(db: None) -> None:
    logistics = Staff(Role.LOGISTICS)

    logistics.send("orders_carrier_new", code="best", name="Best", takes_fragile="on", max_grams="30000", promise_days="")

    best = Carrier.objects.get(code="best")
    assert (best.name, best.is_active, best.takes_fragile, best.max_grams, best.promise_days) == (
        "Best",
        True,
        True,
        30000,
        None,
    )
    logistics.command("carrier", best.pk, "change", name="Best Express", takes_fragile="on", max_grams="", promise_days="5")
    best.refresh_from_db()
    assert (best.name, best.takes_fragile, best.max_grams, best.promise_days) == ("Best Express", True, None, 5)
    entry = AuditEntry.objects.get(action="orders.carrier_changed")
    assert entry.before == {"name": "Best", "max_grams": 30000, "promise_days": None}
    assert 'value="Best Express"' in text_of(logistics.open("orders_carrier_command", best.pk, "change"))
    assert "Add a carrier" in text_of(logistics.open("orders_carrier_changelist"))


def test_a_code_is_given_once(db: None) -> None:
    call_command("sync_reference")
    logistics = Staff(Role.LOGISTICS)
    before = row_counts()

    answer = logistics.send("orders_carrier_new", code="SF", name="Another")

    assert (answer.status_code, "There is a carrier of this code already." in text_of(answer)) == (422, True)
    assert row_counts() == before


def test_only_an_unused_carrier_is_deleted(db: None) -> None:
    a_sku(a_shop(), on_hand=5)
    a_shipped_order()
    sf, ems, logistics = Carrier.objects.get(code="sf"), Carrier.objects.get(code="ems"), Staff(Role.LOGISTICS)
    before = row_counts()

    answer = logistics.send("orders_carrier_remove", sf.pk)

    text = "Parcels went with this carrier: it is taken out of use, not deleted."
    assert (answer.status_code, text in text_of(answer), row_counts()) == (422, True, before)
    logistics.send("orders_carrier_remove", ems.pk)
    assert set(Carrier.objects.filter(code__in=["sf", "ems"]).values_list("code", flat=True)) == {"sf"}
    assert AuditEntry.objects.get(action="orders.carrier_deleted").subject_id == "ems"
    assert logistics.open("orders_carrier_remove", ems.pk).status_code == 404


@pytest.mark.parametrize("role", [Role.WAREHOUSE, Role.CUSTOMER_SERVICE])
def test_other_desks_do_not_change_carriers(db: None, role: Role) -> None:
    call_command("sync_reference")
    sf: Any = Carrier.objects.get(code="sf")
    staff = Staff(role)
    before = row_counts()

    answers = [
        staff.command("carrier", sf.pk, "change", name="X"),
        staff.send("orders_carrier_new", code="x", name="X"),
        staff.send("orders_carrier_remove", sf.pk),
    ]

    assert ([answer.status_code for answer in answers], row_counts()) == ([403, 403, 403], before)
    assert Carrier.objects.get(code="sf").name == "SF Express"
