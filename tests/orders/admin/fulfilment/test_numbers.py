"""Tracking numbers by table: previewed, handed over as by hand, and each bad row told."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.imports.models import ImportFile
from orders.enums.orders import HoldCode
from orders.models import Order, Shipment
from orders.services.holds import hold_order
from tests.builders import NOW, a_packed_order, a_shipped_order, a_shop, an_order
from tests.kit.browser import Staff, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")


def upload(staff: Staff, *lines: str) -> ImportFile:
    file = SimpleUploadedFile("numbers.csv", "\n".join(["订单编号,物流公司,物流单号", *lines]).encode())
    staff.client.post("/admin/imports/new/orders.tracking_numbers/", {"file": file})
    return ImportFile.objects.order_by("-id")[0]


def write(staff: Staff, work: ImportFile) -> None:
    staff.client.post(f"/admin/imports/{work.public_id}/", {"policy": "good_rows"})


def states(*orders: Order) -> list[str]:
    return [Order.objects.get(pk=order.pk).status for order in orders]


@pytest.mark.sop("O12")
def test_a_table_of_numbers_hands_its_orders_over_once(sku: Any, picker: Staff) -> None:
    first, second = a_packed_order(), a_packed_order()
    lines = [f"{first.number},SF Express,sf0000000000901", f"{second.external_id},sf,SF0000000000902"]

    work = upload(picker, *lines)
    assert states(first, second) == ["ready_to_ship"] * 2
    write(picker, work)

    assert states(first, second) == ["shipped"] * 2
    parcels = Shipment.objects.order_by("tracking_no").values_list("tracking_no", "carrier__code", "orders")
    assert list(parcels) == [("SF0000000000901", "sf", first.pk), ("SF0000000000902", "sf", second.pk)]

    before = Shipment.objects.count()
    write(picker, upload(picker, *lines))
    assert Shipment.objects.count() == before


@pytest.mark.sop("O12", refused=True)
def test_each_bad_row_says_why_and_hands_nothing_over(sku: Any, picker: Staff) -> None:
    packed, held, pending = a_packed_order(), a_packed_order(), an_order()
    a_shipped_order(tracking_no="SF0000000000900")
    hold_order(order_id=held.pk, code=HoldCode.RISK, reason="", actor=SYSTEM, now=NOW)
    lines = [
        f"{packed.number},sf,SF0000000000900",
        f"{held.number},sf,SF0000000000903",
        f"{pending.number},sf,SF0000000000904",
        "NOWHERE,sf,SF0000000000905",
        f"{packed.external_id},pigeon,SF0000000000906",
        f"{held.external_id},sf,1.23E+14",
    ]

    work = upload(picker, *lines)
    before = row_counts()
    page = text_of(picker.client.get(f"/admin/imports/{work.public_id}/"))
    write(picker, work)

    words = ["on hold", "Only what is packed", "There is no such order", "There is no such carrier", "enter its digits as text"]
    assert [text for text in words if text not in page] == []
    assert states(packed, held, pending) == ["ready_to_ship", "ready_to_ship", "pending"]
    after = row_counts()
    assert {name for name in before if after[name] != before[name]} <= {"audit_auditentry", "imports_importfile"}


def test_only_the_warehouse_and_only_its_shops(sku: Any) -> None:
    packed = a_packed_order()
    designer = Staff(Role.DESIGNER)
    assert designer.client.get("/admin/imports/new/orders.tracking_numbers/").status_code == 403
    stranger = Staff(Role.WAREHOUSE, shops=[a_shop("other-01")])
    write(stranger, upload(stranger, f"{packed.number},sf,SF0000000000907"))
    assert states(packed) == ["ready_to_ship"]
