"""At the hand-over desk an order and its number are scanned, and the parcel has left."""

from typing import Any

import pytest

from opsdesk.accounts.roles import Role
from orders.models import CarrierChoice, Order, Shipment
from tests.builders import a_packed_order, a_shipped_order, a_shop, an_order
from tests.kit.browser import Staff, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")
PAGE = "orders_order_hand_over"


def chosen(order: Order) -> str | None:
    row = CarrierChoice.objects.filter(order=order).select_related("carrier").first()
    return row.carrier.code if row and row.carrier else None


@pytest.mark.sop("O12")
def test_an_order_and_its_number_are_scanned_and_the_parcel_has_left(sku: Any, picker: Staff) -> None:
    first, second = a_packed_order(), a_packed_order()

    answer = picker.send(PAGE, carrier="sf", code=first.number, tracking_no="sf0000000000961")

    assert (answer.status_code, answer["Location"]) == (302, "/admin/orders/order/hand-over/?carrier=sf")
    parcel = Shipment.objects.get()
    assert (parcel.tracking_no, parcel.carrier.code, Order.objects.get(pk=first.pk).status) == (
        "SF0000000000961",
        "sf",
        "shipped",
    )
    page = text_of(picker.open(PAGE))
    assert ("SF0000000000961" in page, first.number in page, second.number in page) == (True, True, False)

    CarrierChoice.objects.update_or_create(
        order=second, defaults={"carrier": parcel.carrier, "suggested": parcel.carrier, "chosen_at": parcel.handed_over_at}
    )
    assert picker.send(PAGE, carrier="", code=second.external_id, tracking_no="SF0000000000962").status_code == 302
    assert (chosen(second), Order.objects.get(pk=second.pk).status) == ("sf", "shipped")


@pytest.mark.sop("O12", refused=True)
def test_what_is_not_packed_or_has_no_carrier_stays(sku: Any, picker: Staff) -> None:
    packed, pending = a_packed_order(), an_order()
    a_shipped_order(tracking_no="SF0000000000970")
    CarrierChoice.objects.all().delete()
    stranger, designer = Staff(Role.WAREHOUSE, shops=[a_shop("other-01")]), Staff(Role.DESIGNER)
    before = row_counts()
    wrong = [
        ({"carrier": "sf", "code": pending.number, "tracking_no": "SF0000000000971"}, "od-alert"),
        ({"carrier": "", "code": packed.number, "tracking_no": "SF0000000000971"}, "choose one"),
        ({"carrier": "sf", "code": "NOWHERE", "tracking_no": "SF0000000000971"}, "There is no such order"),
        ({"carrier": "sf", "code": packed.number, "tracking_no": "SF0000000000970"}, "belongs to the parcel of order"),
        ({"carrier": "sf", "code": packed.number, "tracking_no": ""}, "STOP"),
    ]

    for fields, told in wrong:
        answer = picker.send(PAGE, **fields)
        assert (answer.status_code, told in text_of(answer)) == (422, True), told

    assert stranger.send(PAGE, carrier="sf", code=packed.number, tracking_no="SF0000000000971").status_code == 422
    assert designer.open(PAGE).status_code == 403
    assert row_counts() == before
