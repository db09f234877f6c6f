"""What the calls on returns answer."""

from datetime import datetime

from opsdesk.common.actors import Actor
from opsdesk.doors.api.fields import Output
from orders.models import ReturnRequest
from orders.queries.returns import requests as queries
from orders.rules.returns.lifecycle import RETURN_LIFECYCLE, fits


class ReturnClocksOutput(Output):
    """`paused` while the customer has the next step; `strict_due` never pauses."""

    solution_due: datetime
    finish_due: datetime
    strict_due: datetime
    paused: bool
    solved_at: datetime | None
    finished_at: datetime | None


class ReturnLineOutput(Output):
    sku: str
    quantity: int
    reason_code: str
    policy: str | None
    accepted: int | None
    inspection: str
    disposition: str


class ReturnOutput(Output):
    id: str
    shop: str
    order: str
    type: str
    status: str
    amount: str
    currency: str
    note: str
    refusal: str
    clause: str
    carrier: str | None
    tracking_no: str
    exchange_order: str | None
    clocks: ReturnClocksOutput
    lines: list[ReturnLineOutput]
    evidence: list[str]
    evidence_missing: list[str]
    allowed_transitions: list[str]
    requested_at: datetime
    created_at: datetime
    updated_at: datetime
    version: int


def return_output(row: ReturnRequest, actor: Actor) -> ReturnOutput:
    """The answer of one return that was read with its details."""
    return ReturnOutput(
        id=row.public_id,
        shop=row.order.shop.code,
        order=row.order.public_id,
        type=row.type,
        status=row.state,
        amount=f"{row.amount:.2f}",
        currency=row.order.currency,
        note=row.note,
        refusal=row.refusal,
        clause=row.clause,
        carrier=row.carrier.code if row.carrier else None,
        tracking_no=row.tracking_no,
        exchange_order=row.replacement.public_id if row.replacement else None,
        clocks=ReturnClocksOutput(
            solution_due=row.solution_due,
            finish_due=row.finish_due,
            strict_due=row.strict_due,
            paused=row.paused_at is not None,
            solved_at=row.solved_at,
            finished_at=row.finished_at,
        ),
        lines=[
            ReturnLineOutput(
                sku=line.order_line.sku_code,
                quantity=line.quantity,
                reason_code=line.reason_code,
                policy=line.policy.public_id if line.policy else None,
                accepted=line.accepted,
                inspection=line.inspection,
                disposition=line.disposition,
            )
            for line in row.lines.all()
        ],
        evidence=[found.file.public_id for found in row.evidence.all()],
        evidence_missing=[kind.value for kind in queries.evidence_missing(row)],
        allowed_transitions=[name for name in RETURN_LIFECYCLE.available(row.state, actor) if fits(name, row.type)],
        requested_at=row.requested_at,
        created_at=row.created_at,
        updated_at=row.updated_at,
        version=row.version,
    )
