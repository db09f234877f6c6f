"""How the answers about orders are put together from rows."""

from collections import Counter

from opsdesk.common.actors import Actor
from orders.api.outputs import (
    InterceptionOutput,
    OrderAddressOutput,
    OrderCheckOutput,
    OrderDeadlinesOutput,
    OrderHoldOutput,
    OrderLineOutput,
    OrderOutput,
    OrderPreviewOutput,
    OrderShipmentOutput,
    OrderTotalsOutput,
    PointOfNoReturnOutput,
)
from orders.enums.orders import OrderStatus
from orders.enums.tracking import ShipmentState
from orders.models import DeliveryAddress, Interception, Order, Shipment
from orders.rules.intake.checks import Finding
from orders.rules.lifecycle import available_steps
from orders.rules.tracking.interception import side, ways
from orders.services.intake.receiving import Case

API_STEPS = frozenset(
    {"hold", "release_hold", "pack", "ship", "confirm_receipt", "cancel", "change_address", "mark_paid", "intercept"}
)


def preview_output(found: tuple[Case, list[Finding]]) -> OrderPreviewOutput:
    """The answer of a dry run."""
    case, findings = found
    return OrderPreviewOutput(
        dry_run=True,
        id=case.order.public_id if case.order else None,
        shop=case.draft.shop,
        external_id=case.draft.external_id,
        status=case.order.status if case.order else OrderStatus.PENDING,
        payment_status=case.draft.payment.status,
        currency=case.draft.currency,
        payable=case.draft.payable,
        checks=[OrderCheckOutput(code=one.code, result=one.result, detail=dict(one.detail)) for one in findings],
        holds=[one.hold for one in findings if one.hold],
    )


def order_output(order: Order, actor: Actor) -> OrderOutput:
    """The answer of one order that was read with its details."""
    holds, shipped = list(order.holds.all()), _shipped(order)
    steps = available_steps(
        status=order.status,
        payment_status=order.payment_status,
        open_holds=[hold.code for hold in holds if hold.released_at is None],
        has_left=any(row.state != ShipmentState.VOIDED for row in order.shipments.all()),
        actor=actor,
    )
    return OrderOutput(
        id=order.public_id,
        shop=order.shop.code,
        external_id=order.external_id,
        number=order.number,
        kind=order.kind,
        status=order.status,
        payment_status=order.payment_status,
        currency=order.currency,
        placed_at=order.placed_at,
        paid_at=order.paid_at,
        process_by=order.process_by,
        customer=order.customer.external_id if order.customer else None,
        address=_address(order),
        lines=[
            OrderLineOutput(
                sku=item.sku_code,
                title=item.title,
                options=item.options,
                quantity=item.quantity,
                unit_price=item.unit_price,
                discount=item.discount_amount,
                shipped=shipped.get(item.pk, 0),
            )
            for item in order.lines.all()
        ],
        holds=[
            OrderHoldOutput(code=hold.code, reason=hold.reason, opened_at=hold.opened_at, released_at=hold.released_at)
            for hold in holds
        ],
        checks=[OrderCheckOutput(code=check.code, result=check.result, detail=check.detail) for check in order.checks.all()],
        shipments=[_parcel(row) for row in order.shipments.all()],
        interceptions=[_interception(stop, row) for row in order.shipments.all() for stop in row.interceptions.all()],
        cancellation=_cancellation(order),
        point_of_no_return=_point_of_no_return(order),
        totals=OrderTotalsOutput(
            goods=order.goods_amount,
            discount=order.discount_amount,
            freight=order.freight_amount,
            payable=order.payable_amount,
            paid=order.paid_amount,
            refunded=order.refunded_amount,
        ),
        deadlines=OrderDeadlinesOutput(process_by=order.process_by, promised_by=order.promised_by, confirm_by=order.confirm_by),
        coupons=order.coupons,
        buyer_note=order.buyer_note,
        is_test=order.is_test,
        historical=order.historical,
        allowed_transitions=[step.replace("_", "-") for step in steps if step in API_STEPS],
        created_at=order.created_at,
        updated_at=order.updated_at,
        version=order.version,
    )


def _shipped(order: Order) -> Counter[int]:
    """Pieces by order line that lie in the parcels that left."""
    pieces = Counter[int]()
    for parcel in order.shipments.all():
        if parcel.state != ShipmentState.VOIDED:
            pieces.update({line.order_line_id: line.quantity for line in parcel.lines.all()})
    return pieces


def _parcel(row: Shipment) -> OrderShipmentOutput:
    return OrderShipmentOutput(
        id=row.public_id,
        carrier=row.carrier.code,
        tracking_no=row.tracking_no,
        state=row.state,
        stalled=row.stalled_at is not None,
        handed_over_at=row.handed_over_at,
        last_event_at=row.last_event_at,
    )


def _interception(stop: Interception, row: Shipment) -> InterceptionOutput:
    return InterceptionOutput(
        id=stop.public_id,
        shipment=row.public_id,
        tracking_no=row.tracking_no,
        code=stop.code,
        reason=stop.reason,
        state=stop.state,
        requested_at=stop.requested_at,
        answered_at=stop.answered_at,
        answer=stop.answer,
        returned_at=stop.returned_at,
    )


def _cancellation(order: Order) -> str | None:
    """What the warehouse system says of stopping it; it never had an order that is pending."""
    return order.recall.state if order.status != OrderStatus.PENDING and hasattr(order, "recall") else None


def _point_of_no_return(order: Order) -> PointOfNoReturnOutput:
    found = side(status=order.status, parcels=[row.state for row in order.shipments.all()])
    return PointOfNoReturnOutput(side=found, calls=ways(found))


def _address(order: Order) -> OrderAddressOutput | None:
    try:
        address = order.address
    except DeliveryAddress.DoesNotExist:
        return None
    return OrderAddressOutput(
        recipient=address.recipient,
        phone=address.phone,
        province=address.province,
        city=address.city,
        district=address.district,
        street=address.street,
        postal_code=address.postal_code,
    )
