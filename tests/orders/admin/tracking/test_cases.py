"""Carrier cases that somebody opens by hand: late, lost, damaged."""

from typing import Any

import pytest

from opsdesk.inbox.models import WorkItem
from orders.models import CarrierCase
from tests.builders import NOW, a_report, a_shipped_order, parcel_of
from tests.support.browser import Staff, text_of
from tests.support.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")


@pytest.mark.sop("O14")
def test_a_damaged_parcel_gets_a_case(sku: Any, agent: Staff) -> None:
    parcel = parcel_of(a_shipped_order(tracking_no="SF000000000001"))
    a_report("SF000000000001", "delivered", NOW)

    answer = agent.command("shipment", parcel.pk, "open_case", kind="damaged", note="box crushed")

    case, item = CarrierCase.objects.get(), WorkItem.objects.get()
    assert (answer.status_code, case.shipment, case.kind, case.state) == (302, parcel, "damaged", "open")
    assert (item.kind, item.subject_id) == ("orders.carrier_case", case.public_id)


@pytest.mark.sop("O14", refused=True)
def test_a_parcel_has_one_open_case(sku: Any, agent: Staff, picker: Staff) -> None:
    parcel = parcel_of(a_shipped_order())
    agent.command("shipment", parcel.pk, "open_case", kind="lost", note="gone")
    before = row_counts()

    again = agent.command("shipment", parcel.pk, "open_case", kind="delayed", note="late")
    stalled = agent.command("shipment", parcel.pk, "open_case", kind="stalled", note="x")
    denied = picker.command("shipment", parcel.pk, "open_case", kind="lost", note="x")

    assert (again.status_code, stalled.status_code, denied.status_code) == (422, 422, 403)
    assert "The parcel has an open carrier case." in text_of(again)
    assert row_counts() == before
