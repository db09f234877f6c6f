"""The waybill of a parcel in the browser."""

from typing import Any

import pytest

from opsdesk.accounts.roles import Role
from tests.builders import a_shipped_order, parcel_of
from tests.support.browser import Staff, text_of
from tests.support.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")


def test_the_waybill_masks_the_recipient(picker: Staff, sku: Any) -> None:
    order = a_shipped_order()
    parcel = parcel_of(order)

    page = text_of(picker.open("orders_shipment_waybill", parcel.pk))

    assert (parcel.tracking_no in page, order.number in page, "<svg" in page) == (True, True, True)
    assert ("王**" in page, "138******00" in page, "广东省 深圳市 南山区 ***" in page) == (True, True, True)
    assert ("王小明" in page, "13800000000" in page, "科技园路" in page) == (False, False, False)


def test_who_does_not_ship_prints_no_waybill(sku: Any) -> None:
    parcel = parcel_of(a_shipped_order())
    desk = Staff(Role.CUSTOMER_SERVICE)
    before = row_counts()

    answer = desk.open("orders_shipment_waybill", parcel.pk)

    assert (answer.status_code, "orders_shipment_waybill" in text_of(answer)) == (403, False)
    assert row_counts() == before
    assert "/waybill/" not in text_of(desk.open("orders_shipment_change", parcel.pk))


def test_a_parcel_that_is_not_there_has_no_waybill(picker: Staff, sku: Any) -> None:
    assert picker.open("orders_shipment_waybill", 987654).status_code == 404
