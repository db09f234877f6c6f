"""Waybills and carton labels in the browser."""

from typing import Any

import pytest

from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from opsdesk.common.actors import SYSTEM
from orders.models import LabelPrint, PickList
from orders.services.carriers.registry import sync_carriers
from orders.services.fulfilment.picking import make_for_orders
from orders.services.intake.corrections import replace_number
from tests.builders import NOW, a_released_order, a_shipped_order, a_tracking_no, parcel_of
from tests.builders.carriers import weigh
from tests.kit.browser import Staff, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")
WAYBILL = {"paper": "waybill", "layout": "100x150"}


@pytest.mark.sop("O11")
def test_a_printed_waybill_has_the_barcode_the_notices_and_masks_the_recipient(picker: Staff, sku: Any) -> None:
    weigh(sku, 450, fragile=True, do_not_bend=True)
    order = a_shipped_order()
    parcel = parcel_of(order)

    page = text_of(picker.send("orders_shipment_waybill", parcel.pk, **WAYBILL))

    assert (parcel.tracking_no in page, order.number in page, "<svg" in page) == (True, True, True)
    assert ("王**" in page, "138******00" in page, "广东省 深圳市 南山区 ***" in page) == (True, True, True)
    assert ("王小明" in page, "13800000000" in page, "科技园路" in page) == (False, False, False)
    assert ("易碎" in page, "勿折" in page, "1000 g" in page, "size-100x150" in page) == (True, True, True, True)
    assert ("SPECIMEN" in page, "Reprint no." in page) == (False, False)
    row = LabelPrint.objects.get()
    assert (row.shipment_id, row.paper, row.layout, row.number) == (parcel.pk, "waybill", "100x150", 1)
    assert (row.printed_at, row.printed_by, row.reason) == (NOW, picker.user.username, "")
    assert AuditEntry.objects.get(action="orders.label_printed").after == {"label": "waybill", "size": "100x150", "number": 1}


def test_looking_at_a_waybill_prints_nothing(picker: Staff, sku: Any) -> None:
    parcel = parcel_of(a_shipped_order())
    before = row_counts()

    page = text_of(picker.open("orders_shipment_waybill", parcel.pk))

    assert ("SPECIMEN" in page, "<svg" in page, "Weight: not known" in page) == (True, False, True)
    assert row_counts() == before


@pytest.mark.sop("O11", refused=True)
def test_a_second_print_needs_a_reason_and_says_that_it_is_one(picker: Staff, sku: Any) -> None:
    parcel = parcel_of(a_shipped_order())
    picker.send("orders_shipment_waybill", parcel.pk, **WAYBILL)
    before = row_counts()

    refused = picker.send("orders_shipment_waybill", parcel.pk, **WAYBILL, reason=" ")

    said = f"Printed before: {parcel.tracking_no}. Say why they are printed again."
    assert (refused.status_code, said in text_of(refused), "<svg" in text_of(refused)) == (422, True, False)
    assert row_counts() == before
    page = text_of(picker.send("orders_shipment_waybill", parcel.pk, **WAYBILL, reason="Torn"))
    again = LabelPrint.objects.latest("id")
    assert ("Reprint no. 1" in page, again.number, again.reason) == (True, 2, "Torn")
    assert AuditEntry.objects.get(action="orders.label_reprinted").reason == "Torn"
    first = text_of(picker.send("orders_shipment_waybill", parcel.pk, paper="carton", layout="76x130"))
    assert ("Reprint" in first, "size-76x130" in first, "TS-RED-M" in first, "王**" in first) == (False, True, True, False)


def test_all_labels_of_a_pick_list_are_printed_at_once(picker: Staff, sku: Any) -> None:
    sync_carriers()
    one, two, other = a_released_order(), a_released_order(), a_released_order()
    make_for_orders(order_ids=[one.pk, two.pk], actor=SYSTEM, now=NOW)
    for order in (one, two, other):
        picker.command("order", order.pk, "pack", appearance="on", packing_list="on")
        picker.command("order", order.pk, "ship", carrier="sf", tracking_no=a_tracking_no())
    pick_list = PickList.objects.get()
    url = f"/admin/orders/shipment/labels/?pick_list={pick_list.public_id}"

    page = text_of(picker.client.post(url, WAYBILL))

    numbers = [parcel_of(order).tracking_no in page for order in (one, two, other)]
    assert (numbers, page.count("<article"), LabelPrint.objects.count()) == ([True, True, False], 2, 2)
    assert f"?pick_list={pick_list.public_id}" in text_of(picker.open("orders_picklist_change", pick_list.pk))


def test_selected_parcels_are_printed_at_once_up_to_the_limit(picker: Staff, sku: Any) -> None:
    parcels = [parcel_of(a_shipped_order()) for _ in range(2)]
    keys = [str(parcel.pk) for parcel in parcels]

    chosen = picker.client.post(
        "/admin/orders/shipment/", {"action": "print_labels_action", "_selected_action": keys, "index": "0"}
    )

    assert (chosen.status_code, chosen.headers["Location"]) == (302, f"/admin/orders/shipment/labels/?ids={','.join(keys)}")
    page = text_of(picker.client.post(chosen.headers["Location"], WAYBILL))
    assert (page.count("<article"), "2 prints are logged." in page, LabelPrint.objects.count()) == (2, True, 2)


def test_who_does_not_print_labels_sees_none(sku: Any) -> None:
    parcel = parcel_of(a_shipped_order())
    desk = Staff(Role.CUSTOMER_SERVICE)
    before = row_counts()

    for answer in (desk.open("orders_shipment_waybill", parcel.pk), desk.send("orders_shipment_waybill", parcel.pk, **WAYBILL)):
        assert (answer.status_code, parcel.tracking_no in text_of(answer)) == (403, False)
    assert row_counts() == before
    assert "/waybill/" not in text_of(desk.open("orders_shipment_change", parcel.pk))


def test_a_parcel_that_is_not_there_has_no_waybill(picker: Staff, sku: Any) -> None:
    assert picker.open("orders_shipment_waybill", 987654).status_code == 404
    assert picker.client.get("/admin/orders/shipment/labels/?ids=1,x").status_code == 404


def test_a_voided_parcel_has_no_waybill(picker: Staff, sku: Any) -> None:
    parcel = parcel_of(a_shipped_order())
    replace_number(shipment_id=parcel.pk, carrier="sf", tracking_no=a_tracking_no(), reason="typo", actor=SYSTEM, now=NOW)

    assert picker.open("orders_shipment_waybill", parcel.pk).status_code == 404
