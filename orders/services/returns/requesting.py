"""Taking in what a customer wants to give back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from opsdesk.accounts.roles import Role
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Invalid, Issue
from opsdesk.common.text import mark
from opsdesk.files.kinds import IMAGES, MP4
from opsdesk.files.services import MEGABYTE, Terms, keep_file
from opsdesk.parameters.queries import value
from opsdesk.webhooks.services import emit
from orders.enums.orders import OrderStatus
from orders.enums.returns import EvidenceKind, ReturnReason
from orders.models import Order, OrderLine, ReturnEvidence, ReturnLine, ReturnPolicy, ReturnRequest
from orders.parameters.completion import TRANSIT_ALLOWANCE
from orders.parameters.returns import FINISH_TIME, NO_REASON_TIME, RETURN_LIMIT, SOLUTION_TIME
from orders.queries.fulfilment.handed import has_left
from orders.queries.returns import policies
from orders.queries.returns import requests as queries
from orders.rules.returns import claims
from orders.services import steps
from orders.services.returns import moving

PURPOSE = "orders.return_evidence"
EVIDENCE = Terms(PURPOSE, (*IMAGES, MP4), 50 * MEGABYTE)


@dataclass(frozen=True)
class Wish:
    """Pieces of one SKU that the customer wants to give back, and why."""

    sku: str
    quantity: int
    reason_code: str


@transaction.atomic(savepoint=False)
def request_return(
    *, order_id: int, type_: str, lines: Sequence[Wish], note: str = "", actor: Actor, now: datetime
) -> ReturnRequest:
    """Take in a return of an order that has left the house, and start both clocks.

    Raises: NotFound, Forbidden, Conflict (not shipped), Invalid (more than was shipped, too late, excluded goods: all
    lines are named).
    SOP: O20, S8
    """
    actor.require("orders.add_return")
    order = steps.lock_orders([order_id], actor)[0]
    if order.status not in (OrderStatus.SHIPPED, OrderStatus.COMPLETED) and not has_left(order.pk):
        raise Conflict(mark("Only what has left the warehouse can be returned."), code="not_shipped")
    known = {line.sku_code: line for line in order.lines.order_by("-position")}
    terms = policies.of_skus(list(known), now)
    _judge(order, type_, lines, known, terms, now)
    row = ReturnRequest.objects.create(
        order=order,
        type=type_,
        note=note.strip(),
        asked_by=actor.label,
        requested_at=now,
        amount=sum((_worth(known[wish.sku], wish.quantity) for wish in lines), Decimal("0.00")),
        solution_due=now + value(SOLUTION_TIME),
        finish_due=now + value(FINISH_TIME),
        strict_due=now + value(FINISH_TIME),
    )
    ReturnLine.objects.bulk_create(
        ReturnLine(
            request=row,
            order_line=known[wish.sku],
            quantity=wish.quantity,
            reason_code=wish.reason_code,
            policy=terms.get(wish.sku),
        )
        for wish in lines
    )
    role = Role.OPERATIONS_SUPERVISOR if row.amount > value(RETURN_LIMIT) else ""
    moving.raise_work(row, moving.DECIDE, now, role=role)
    after = {"state": row.state, "order": order.number, "type": type_}
    record(
        Change("orders.return_requested", moving.KIND, row.public_id, shop=order.shop.code, after=after), actor=actor, now=now
    )
    emit(moving.news("requested", row), now=now)
    return row


@transaction.atomic(savepoint=False)
def add_evidence(
    *, return_id: int, file: "UploadedFile[bytes]", shows: str = EvidenceKind.OTHER, actor: Actor, now: datetime
) -> ReturnRequest:
    """Keep a photo or video of the customer, and what it shows; what waited for it goes on.

    Raises: NotFound, Forbidden, IllegalTransition, FileTooLarge, UnsupportedFile, InvalidFileName.
    SOP: S8
    """
    row = moving.enter(return_id, "add_evidence", actor)
    kept = keep_file(upload=file, terms=EVIDENCE, actor=actor, now=now)
    ReturnEvidence.objects.create(request=row, file=kept, shows=shows, added_at=now, added_by=actor.label)
    moving.move(row, "add_evidence", actor=actor, now=now, details={"file": kept.public_id, "shows": shows})
    return row


def _judge(
    order: Order,
    type_: str,
    lines: Sequence[Wish],
    known: Mapping[str, OrderLine],
    terms: Mapping[str, ReturnPolicy | None],
    now: datetime,
) -> None:
    """Raises: Invalid, with every line that cannot come back."""
    shipped, returned = queries.shipped(order), queries.claimed(order, type_)
    delivered_at, handed_over_at = queries.delivery_times(order)
    arrived_at = claims.arrival(delivered_at=delivered_at, handed_over_at=handed_over_at, allowance=value(TRANSIT_ALLOWANCE))
    reasons = [wish.reason_code for wish in lines]
    late = claims.too_late(reasons=reasons, arrived_at=arrived_at, now=now, time=value(NO_REASON_TIME))
    issues, seen = [], set()
    for index, wish in enumerate(lines):
        line = known.get(wish.sku)
        if line is None or wish.sku in seen:
            issues.append(Issue(f"/lines/{index}/sku", "not_in_order", mark("The order has no such line left.")))
            continue
        seen.add(wish.sku)
        left = claims.left_to_return(shipped=shipped.get(line.pk, 0), returned=returned.get(line.pk, 0))
        if wish.quantity > left:
            message = mark("At most %(left)s pieces can still be returned.")
            issues.append(Issue(f"/lines/{index}/quantity", "too_many", message, {"left": left}))
        policy = terms.get(wish.sku)
        if wish.reason_code == ReturnReason.NO_REASON and (late or (policy is not None and not policy.no_reason)):
            message = mark("These goods cannot be returned without a reason, or no longer.")
            issues.append(Issue(f"/lines/{index}/reason_code", "not_covered", message))
    if not lines:
        issues.append(Issue("/lines", "required", mark("Say which pieces.")))
    if issues:
        raise Invalid(issues[0].message, code=issues[0].code, issues=issues, **dict(issues[0].params))


def _worth(line: OrderLine, quantity: int) -> Decimal:
    return claims.worth(unit_price=line.unit_price, bought=line.quantity, discount=line.discount_amount, quantity=quantity)
