"""Carrier cases that somebody opens by hand: late, lost, damaged."""

from typing import Any

import pytest

from opsdesk.inbox.models import WorkItem
from orders.models import CarrierCase
from tests.builders import NOW, a_report, a_shipped_order, parcel_of
from tests.builders.times import at
from tests.kit.browser import Staff, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")


@pytest.mark.sop("O14")
def test_a_damaged_parcel_gets_a_case(sku: Any, agent: Staff) -> None:
    parcel = parcel_of(a_shipped_order(tracking_no="SF000000000001"))
    a_report("SF000000000001", "delivered", NOW)

    answer = agent.command("shipment", parcel.pk, "open_case", kind="damaged", note="box crushed")

    case, item = CarrierCase.objects.get(), WorkItem.objects.get()
    assert (answer.status_code, case.shipment, case.kind, case.state) == (302, parcel, "damaged", "open")
    assert (item.kind, item.subject_id) == ("orders.carrier_case", case.public_id)


def test_a_promise_that_was_not_kept_is_due_work_and_found_in_the_list(sku: Any, agent: Staff, clock: Any) -> None:
    parcel = parcel_of(a_shipped_order(tracking_no="SF000000000001"))
    agent.command("shipment", parcel.pk, "open_case", kind="delayed", note="late")
    case = CarrierCase.objects.get()
    agent.command("carriercase", case.pk, "log_contact", spoke_with="Li", note="x", promise_due="2026-06-11T12:00:00")

    def found(answer: str) -> bool:
        page = agent.client.get("/admin/orders/carriercase/", {"promise": answer})
        return "SF000000000001" in text_of(page)

    assert WorkItem.objects.get().due_at == at(12)
    clock.move_to(at(11, 59))
    assert (found("1"), found("0")) == (False, True)
    clock.move_to(at(12))
    assert (found("1"), found("0"), found("")) == (True, False, True)


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
