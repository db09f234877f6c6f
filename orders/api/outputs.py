"""What the calls on orders answer."""

from datetime import datetime
from typing import Any

from opsdesk.doors.api.fields import Money, Output


class OrderLineOutput(Output):
    sku: str
    title: str
    options: dict[str, Any]
    quantity: int
    unit_price: Money
    discount: Money
    shipped: int


class OrderCheckOutput(Output):
    code: str
    result: str
    detail: dict[str, Any]


class OrderHoldOutput(Output):
    code: str
    reason: str
    opened_at: datetime
    released_at: datetime | None


class OrderShipmentOutput(Output):
    id: str
    carrier: str
    tracking_no: str
    state: str
    stalled: bool
    handed_over_at: datetime
    last_event_at: datetime | None


class InterceptionOutput(Output):
    """Stopping one parcel: what was asked for, and what has come of it."""

    id: str
    shipment: str
    tracking_no: str
    code: str
    reason: str
    state: str
    requested_at: datetime
    answered_at: datetime | None
    answer: str
    returned_at: datetime | None


class PointOfNoReturnOutput(Output):
    """Which side of the hand-over the order is on, and which calls are still open on that side."""

    side: str
    calls: list[str]


class OrderTotalsOutput(Output):
    goods: Money
    discount: Money
    freight: Money
    payable: Money
    paid: Money
    refunded: Money


class OrderDeadlinesOutput(Output):
    """`promised_by` is the platform's own ship time; the earlier of it and `process_by` counts."""

    process_by: datetime | None
    promised_by: datetime | None
    confirm_by: datetime | None


class OrderAddressOutput(Output):
    recipient: str
    phone: str
    province: str
    city: str
    district: str
    street: str
    postal_code: str


class OrderOutput(Output):
    id: str
    shop: str
    external_id: str
    number: str
    kind: str
    status: str
    payment_status: str
    currency: str
    placed_at: datetime
    paid_at: datetime | None
    process_by: datetime | None
    customer: str | None
    address: OrderAddressOutput | None
    lines: list[OrderLineOutput]
    holds: list[OrderHoldOutput]
    checks: list[OrderCheckOutput]
    shipments: list[OrderShipmentOutput]
    interceptions: list[InterceptionOutput]
    point_of_no_return: PointOfNoReturnOutput
    totals: OrderTotalsOutput
    deadlines: OrderDeadlinesOutput
    coupons: list[str]
    buyer_note: str
    is_test: bool
    historical: bool
    allowed_transitions: list[str]
    created_at: datetime
    updated_at: datetime
    version: int


class OrderPreviewOutput(Output):
    """What POST orders/?dry_run=1 answers: nothing was written; `id` is the existing order's, if there is one."""

    dry_run: bool
    id: str | None
    shop: str
    external_id: str
    status: str
    payment_status: str
    currency: str
    payable: Money
    checks: list[OrderCheckOutput]
    holds: list[str]
