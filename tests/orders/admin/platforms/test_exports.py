"""Platforms learn the tracking numbers of their orders by tables in their own layout."""

import io
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from opsdesk.common.actors import SYSTEM
from opsdesk.common.errors import Conflict, Invalid, NotFound
from orders.enums.platforms import Layout
from orders.models import Carrier, CarrierName, ManualEntry, Order, Shipment, ShippingExport
from orders.rules.platforms.shipping import called, layout_of
from orders.services.platforms.exporting import MOST, export_again, export_shipping, name_carrier
from tests.builders import NOW, a_shipped_order, a_shop
from tests.kit.browser import Staff, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")


def made(staff: Staff, shop: Any) -> ShippingExport:
    assert staff.send("orders_shippingexport_new", shop_id=shop.pk).status_code == 302
    return ShippingExport.objects.latest("pk")


def file_of(staff: Staff, export: ShippingExport) -> Any:
    return staff.open("orders_shippingexport_file", export.pk)


@pytest.mark.sop("O12")
def test_the_platform_is_told_of_each_parcel_once_in_its_own_layout(shop: Any, sku: Any) -> None:
    warehouse = Staff(Role.WAREHOUSE)
    first, second = a_shipped_order(tracking_no="SF0000000000811"), a_shipped_order(tracking_no="SF0000000000812")
    assert "tmall-01" in text_of(warehouse.open("orders_shippingexport_new"))

    export = made(warehouse, shop)

    assert (export.layout, export.rows, export.again, export.made_by) == ("taobao", 2, False, warehouse.user.username)
    answer = file_of(warehouse, export)
    assert answer["Content-Disposition"] == f'attachment; filename="tmall-01-20260611-{export.pk}.csv"'
    assert answer.content.decode("gb18030").splitlines() == [
        "订单编号,物流公司,物流单号",
        f"{first.external_id},顺丰速运,SF0000000000811",
        f"{second.external_id},顺丰速运,SF0000000000812",
    ]
    downloads = AuditEntry.objects.filter(action="orders.shipping_downloaded", subject_id=export.public_id)
    assert [entry.actor_label for entry in downloads] == [warehouse.user.username]

    third = a_shipped_order(tracking_no="SF0000000000813")
    assert file_of(warehouse, made(warehouse, shop)).content.decode("gb18030").splitlines()[1:] == [
        f"{third.external_id},顺丰速运,SF0000000000813"
    ]


@pytest.mark.sop("O12", refused=True)
def test_what_the_platform_knows_or_cannot_read_is_not_exported(shop: Any, sku: Any) -> None:
    warehouse = Staff(Role.WAREHOUSE)
    a_shipped_order(tracking_no="SF0000000000821")
    Shipment.objects.update(carrier=Carrier.objects.create(code="slow", name="Slow Boat"))
    before = row_counts()
    refused = warehouse.send("orders_shippingexport_new", shop_id=shop.pk)
    assert refused.status_code == 422
    assert "Write down what the platform calls these carriers: Slow Boat" in text_of(refused)
    assert row_counts() == before

    logistics = Staff(Role.LOGISTICS)
    assert logistics.send("orders_carriername_new", layout="taobao", carrier="slow", name=" 慢船 速运 ").status_code == 302
    export = made(warehouse, shop)
    assert "慢船 速运,SF0000000000821" in file_of(warehouse, export).content.decode("gb18030")

    before = row_counts()
    refused = warehouse.send("orders_shippingexport_new", shop_id=shop.pk)
    assert (refused.status_code, row_counts()) == (422, before)
    assert "The platform has been told of every parcel." in text_of(refused)
    assert warehouse.open("orders_carriername_new").status_code == 403
    assert Staff(Role.FINANCE).open("orders_shippingexport_new").status_code == 403
    assert file_of(Staff(Role.AUDITOR), export).status_code == 403
    assert file_of(Staff(Role.WAREHOUSE, shops=[a_shop("own-01")]), export).status_code == 404


def test_a_table_that_got_lost_is_made_again_with_a_reason_and_says_so(shop: Any, sku: Any) -> None:
    warehouse = Staff(Role.WAREHOUSE)
    a_shipped_order(tracking_no="SF0000000000831")
    voided = a_shipped_order(tracking_no="SF0000000000832")
    export = made(warehouse, shop)
    Shipment.objects.filter(orders=voided).update(state="voided")

    assert warehouse.command("shippingexport", export.pk, "again", reason=" ").status_code == 422
    warehouse.command("shippingexport", export.pk, "again", reason="The platform lost it")

    again = ShippingExport.objects.latest("pk")
    assert (again.again, again.reason, again.rows) == (True, "The platform lost it", 1)
    assert "Repeated" in text_of(warehouse.open("orders_shippingexport_changelist"))
    Shipment.objects.update(state="voided")
    with pytest.raises(Conflict), transaction.atomic():
        export_again(export_id=export.pk, reason="Once more", actor=SYSTEM, now=NOW)
    with pytest.raises(Invalid), transaction.atomic():
        export_again(export_id=export.pk, reason=" ", actor=SYSTEM, now=NOW)


def test_orders_that_the_platform_does_not_know_stay_out(shop: Any, sku: Any) -> None:
    by_telephone = a_shipped_order()
    ManualEntry.objects.create(
        order=by_telephone,
        channel="phone",
        state="stands",
        key="k",
        quoted_amount=198,
        asked_amount=198,
        entered_by="x",
        entered_at=NOW,
    )
    with pytest.raises(Conflict), transaction.atomic():
        export_shipping(shop_id=shop.pk, actor=SYSTEM, now=NOW)


def test_xlsx_tables_keep_long_numbers_as_text(shop: Any, sku: Any) -> None:
    shop.platform = "pinduoduo"
    shop.save()
    order = a_shipped_order(tracking_no="78000000000000000001")
    Order.objects.filter(pk=order.pk).update(external_id="260611-123456789012345678")

    answer = file_of(Staff(Role.WAREHOUSE), made(Staff(Role.WAREHOUSE), shop))

    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert [[cell.value for cell in row] for row in sheet.rows] == [
        ["订单号", "快递公司", "快递单号"],
        ["260611-123456789012345678", "顺丰速运", "78000000000000000001"],
    ]
    assert {cell.data_type for row in sheet.rows for cell in row} == {"s"}


def test_a_storefront_of_ones_own_has_no_table(shop: Any, sku: Any) -> None:
    shop.platform = "own"
    shop.save()
    with pytest.raises(Invalid), transaction.atomic():
        export_shipping(shop_id=shop.pk, actor=SYSTEM, now=NOW)
    with pytest.raises(NotFound), transaction.atomic():
        export_shipping(shop_id=0, actor=SYSTEM, now=NOW)
    assert "tmall-01" not in text_of(Staff(Role.WAREHOUSE).open("orders_shippingexport_new")).split("<form")[-1]


@pytest.mark.parametrize(("carrier", "name"), [("no-such", "X"), ("sf", "  ")])
def test_a_name_is_of_a_carrier_and_not_empty(sku: Any, carrier: str, name: str) -> None:
    with pytest.raises(Invalid), transaction.atomic():
        name_carrier(layout=Layout.JD, carrier=carrier, name=name, actor=SYSTEM, now=NOW)
    assert not CarrierName.objects.exists()


def test_a_table_costs_the_same_statements_for_one_parcel_and_for_many(shop: Any, sku: Any) -> None:
    counts = []
    for parcels in (1, 8):
        for number in range(parcels):
            a_shipped_order(tracking_no=f"SF00000008{parcels}{number}00")
        with CaptureQueriesContext(connection) as statements:
            export_shipping(shop_id=shop.pk, actor=SYSTEM, now=NOW)
        counts.append(len(statements))
    assert counts[0] == counts[1]
    assert MOST == 5000


def test_what_platforms_take_and_call() -> None:
    assert [layout_of(name) for name in ("tmall", "taobao", "1688", "own")] == ["taobao", "taobao", "1688", None]
    assert (called("sf", {}), called("sf", {"sf": "顺丰"}), called("boat", {})) == ("顺丰速运", "顺丰", "")
