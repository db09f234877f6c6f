"""Carriers come with the code and are taken in and out of use in the browser."""

from typing import Any

import pytest
from django.core.management import call_command

from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from orders.enums.fulfilment import CarrierCode
from orders.models import Carrier
from tests.builders import a_packed_order, a_shop, a_sku
from tests.support.browser import Staff, text_of
from tests.support.rows import row_counts

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

    Staff(Role.LOGISTICS).send("orders_carrier_change", sf.pk, name="SF")

    sf.refresh_from_db()
    entry = AuditEntry.objects.get(action="orders.carrier_changed")
    assert (sf.name, sf.is_active) == ("SF", False)
    assert (entry.before, entry.after) == (
        {"name": "SF Express", "is_active": True},
        {"name": "SF", "is_active": False},
    )
    warehouse = Staff(Role.WAREHOUSE)
    before = row_counts()
    answer = warehouse.command("order", order.pk, "ship", carrier="sf", tracking_no="SF000000000001")
    assert (answer.status_code, "Select a valid choice." in text_of(answer)) == (422, True)
    assert row_counts() == before


@pytest.mark.parametrize("role", [Role.WAREHOUSE, Role.CUSTOMER_SERVICE])
def test_other_desks_do_not_change_carriers(db: None, role: Role) -> None:
    call_command("sync_reference")
    sf: Any = Carrier.objects.get(code="sf")

    Staff(role).send("orders_carrier_change", sf.pk, name="X")

    assert Carrier.objects.get(code="sf").name == "SF Express"
