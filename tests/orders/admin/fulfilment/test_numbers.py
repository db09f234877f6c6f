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


HEAD = "订单编号,物流公司,物流单号"
WITH_CONTENTS = f"{HEAD},包裹内容"


def upload(staff: Staff, *lines: str, head: str = HEAD) -> ImportFile:
    file = SimpleUploadedFile("numbers.csv", "\n".join([head, *lines]).encode())
    staff.client.post("/admin/imports/new/orders.tracking_numbers/", {"file": file})
    return ImportFile.objects.order_by("-id")[0]


def previewed(staff: Staff, *lines: str, head: str = HEAD) -> str:
    work = upload(staff, *lines, head=head)
    return text_of(staff.client.get(f"/admin/imports/{work.public_id}/"))


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


def test_a_number_that_is_taken_names_its_order_in_the_same_shop_only(sku: Any, picker: Staff) -> None:
    shipped, packed = a_shipped_order(tracking_no="SF0000000000920"), a_packed_order()

    page = previewed(picker, f"{packed.number},sf,SF0000000000920")
    assert f"belongs to the parcel of order {shipped.number}" in page
    at_the_desk = picker.command("order", packed.pk, "ship", carrier="sf", tracking_no="SF0000000000920", contents="", more="")
    assert f"belongs to the parcel of order {shipped.number}" in text_of(at_the_desk)

    Order.objects.filter(pk=shipped.pk).update(shop=a_shop("other-01"))
    page = previewed(picker, f"{packed.number},sf,SF0000000000920")
    assert ("belongs to another parcel" in page, shipped.number in page) == (True, False)


def test_the_preview_refuses_what_two_rows_say_of_one_thing(sku: Any, picker: Staff) -> None:
    first, second = a_packed_order(), a_packed_order()
    lines = [
        f"{first.number},sf,SF0000000000931",
        f"{second.number},sf,SF0000000000931",
        f"{first.external_id},sf,SF0000000000932",
    ]

    page = previewed(picker, *lines)

    assert "Row 2 gives this number to another order." in page
    assert "It stands in row 2 already." in page
    write(picker, ImportFile.objects.latest("id"))
    assert states(first, second) == ["shipped", "ready_to_ship"]


def test_a_table_says_what_lies_in_each_parcel(sku: Any, picker: Staff) -> None:
    order = a_packed_order(quantity=3)
    write(picker, upload(picker, f"{order.number},sf,SF0000000000941,{sku.code}=2", head=WITH_CONTENTS))
    assert states(order) == ["ready_to_ship"]

    wrong = [f"{order.number},sf,SF0000000000942,{sku.code}=2", f"{order.number},sf,SF0000000000943,NONE=1",
             f"{order.number},sf,SF0000000000944,two pieces"]  # fmt: skip
    page = previewed(picker, *wrong, head=WITH_CONTENTS)
    words = [f"hold more of {sku.code} than is left", "The order has no NONE", "does not read as SKU=pieces: two pieces"]
    assert [text for text in words if text not in page] == []

    write(picker, upload(picker, f"{order.number},sf,SF0000000000945,", head=WITH_CONTENTS))
    assert states(order) == ["shipped"]
    assert sorted(parcel.tracking_no for parcel in Order.objects.get().shipments.all()) == [
        "SF0000000000941",
        "SF0000000000945",
    ]
