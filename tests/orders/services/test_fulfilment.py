"""What the services of fulfilment refuse that no single door shows."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from catalog.services import stock
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.common.errors import Conflict, DomainError, Invalid, NotFound
from opsdesk.inbox.models import WorkItem
from orders.models import Order, Settlement, Shipment
from orders.services.completion.completion import confirm_receipt
from orders.services.fulfilment.picking import make_for_orders
from orders.services.fulfilment.shipping import Parcel, ship_order
from orders.services.intake.corrections import replace_number
from orders.services.tracking.carrier_cases import close_case, open_for_stalled
from orders.services.tracking.tracking import Report, record_reports
from tests.builders import (
    NOW,
    a_carrier_case,
    a_packed_order,
    a_released_order,
    a_report,
    a_shipped_order,
    a_shop,
    a_sku,
    an_actor,
    parcel_of,
)
from tests.kit.rows import row_counts


@pytest.fixture
def sku(db: None) -> Any:
    return a_sku(a_shop(), on_hand=50)


@pytest.fixture
def stranger(db: None) -> Actor:
    """An operations supervisor of another shop."""
    return an_actor(Role.OPERATIONS_SUPERVISOR, Role.WAREHOUSE, Role.FINANCE, shops=[a_shop("douyin-01")])


def refused(service: Any, **arguments: Any) -> DomainError:
    """The refusal of a service, which has written nothing."""
    before = row_counts()
    with pytest.raises(DomainError) as refusal, transaction.atomic():
        service(**arguments, now=NOW)
    assert row_counts() == before
    return refusal.value


def test_staff_say_how_they_know_that_the_customer_has_the_goods(sku: Any) -> None:
    order = a_shipped_order()

    refusal = refused(confirm_receipt, order_id=order.pk, proof=" ", actor=an_actor(Role.CUSTOMER_SERVICE))

    assert (type(refusal), refusal.error_code) == (Invalid, "proof_required")


def test_another_shops_objects_are_not_there(sku: Any, stranger: Actor) -> None:
    case = a_carrier_case()
    order = a_shipped_order()
    confirm_receipt(order_id=order.pk, actor=SYSTEM, now=NOW)
    number = {"carrier": "sf", "tracking_no": "SF000000000099", "reason": "typo"}

    refusals = [
        refused(close_case, case_id=case.pk, outcome="moving", actor=stranger),
        refused(replace_number, shipment_id=case.shipment_id, **number, actor=stranger),
        refused(confirm_receipt, order_id=order.pk, proof="chat", actor=stranger),
    ]

    assert [type(refusal) for refusal in refusals] == [NotFound] * 3


def test_a_number_that_the_carrier_has_reported_on_is_not_mistyped(sku: Any) -> None:
    parcel = parcel_of(a_shipped_order(tracking_no="SF000000000001"))
    a_report("SF000000000001", "in_transit", NOW)

    refusal = refused(
        replace_number, shipment_id=parcel.pk, carrier="sf", tracking_no="SF000000000002", reason="typo", actor=SYSTEM
    )

    assert (type(refusal), refusal.error_code) == (Conflict, "already_reported")


@pytest.mark.parametrize(
    ("carrier", "number", "code"),
    [("pigeon", "SF000000000002", "unknown_carrier"), ("sf", "SF000000000009", "tracking_in_use")],
)
def test_a_wrong_number_is_not_replaced_by_another_wrong_one(sku: Any, carrier: str, number: str, code: str) -> None:
    parcel = parcel_of(a_shipped_order(tracking_no="SF000000000001"))
    a_shipped_order(tracking_no="SF000000000009")

    refusal = refused(replace_number, shipment_id=parcel.pk, carrier=carrier, tracking_no=number, reason="typo", actor=SYSTEM)

    assert refusal.error_code == code
    assert Shipment.objects.get(pk=parcel.pk).state == "info_received"


def test_a_case_of_a_mistyped_number_ends_with_the_right_one(sku: Any) -> None:
    case = a_carrier_case()

    row = replace_number(
        shipment_id=case.shipment_id, carrier="sf", tracking_no="SF000000000002", reason="typo", actor=SYSTEM, now=NOW
    )

    case.refresh_from_db()
    assert (case.state, case.outcome, row.update_by) == ("closed", "moving", NOW + timedelta(hours=48))


def test_nothing_is_picked_of_orders_without_goods(sku: Any) -> None:
    order = a_released_order()
    stock.release([order.public_id])

    assert refused(make_for_orders, order_ids=[order.pk], actor=SYSTEM).error_code == "nothing_to_pick"


@pytest.mark.parametrize("further", ["ord_nowhere", "itself"])
def test_a_parcel_carries_only_orders_that_exist(sku: Any, further: str) -> None:
    order = a_packed_order()
    key = order.public_id if further == "itself" else further

    refusal = refused(ship_order, order_id=order.pk, parcels=[Parcel("sf", "SF000000000001", None, (key,))], actor=SYSTEM)

    assert refusal.error_code == "unknown_order"


def test_a_delivery_after_the_customer_has_confirmed_changes_no_deadline(sku: Any) -> None:
    order = a_shipped_order(tracking_no="SF000000000001")
    confirm_receipt(order_id=order.pk, actor=SYSTEM, now=NOW)

    a_report("SF000000000001", "delivered", NOW + timedelta(hours=1))

    assert Order.objects.get().confirm_by == NOW + timedelta(days=10)
    assert parcel_of(order).state == "delivered"


def test_a_test_order_is_not_settled(sku: Any) -> None:
    order = a_shipped_order(is_test=True)

    confirm_receipt(order_id=order.pk, actor=SYSTEM, now=NOW)

    assert (Order.objects.get().status, Settlement.objects.count()) == ("completed", 0)


@pytest.mark.sop("O14")
def test_a_parcel_whose_goods_were_received_is_not_asked_after(sku: Any) -> None:
    case = a_carrier_case()
    order = Order.objects.get()

    confirm_receipt(order_id=order.pk, actor=SYSTEM, now=NOW)

    case.refresh_from_db()
    parcel = parcel_of(order)
    assert (case.state, case.outcome) == ("closed", "delivered")
    assert (parcel.state, parcel.update_by, parcel.stalled_at) == ("info_received", None, None)
    assert WorkItem.objects.filter(closed_at=None).count() == 0
    a_report("SF000000000001", "in_transit", NOW + timedelta(hours=1))
    assert open_for_stalled(actor=SYSTEM, now=NOW + timedelta(days=9)) == 0


@pytest.mark.parametrize(
    ("ahead", "code"), [(timedelta(minutes=5), None), (timedelta(minutes=5, seconds=1), "date_out_of_range")]
)
def test_a_report_may_lie_five_minutes_ahead(sku: Any, ahead: timedelta, code: str | None) -> None:
    a_shipped_order(tracking_no="SF000000000001")
    report = Report("sf", "sf000000000001", "in_transit", NOW + ahead)

    receipt = record_reports(reports=[report], all_or_nothing=False, actor=SYSTEM, now=NOW)[0]

    assert (receipt.error and receipt.error.error_code, receipt.created) == (code, code is None)
