"""What can be done for the customer of an order, and what was: for customer service."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from opsdesk.parameters.queries import value
from orders.enums.finance import RefundState
from orders.enums.orders import OrderStatus
from orders.enums.returns import ReturnState, ReturnType
from orders.models import Order, Refund, ReturnPolicy, ReturnRequest
from orders.parameters.completion import TRANSIT_ALLOWANCE
from orders.parameters.returns import NO_REASON_TIME, RETURN_LIMIT
from orders.queries.fulfilment.handed import has_left
from orders.queries.returns import policies, requests
from orders.rules.returns import claims
from orders.rules.returns.lifecycle import ENDED, GIVEN_UP

SETTLED_BY = {  # which returns stand behind a solution of a ticket
    "refund": (ReturnType.REFUND_ONLY, ReturnType.RETURN_REFUND),
    "exchange": (ReturnType.EXCHANGE,),
    "compensation": (ReturnType.COMPENSATION,),
}


@dataclass(frozen=True)
class Piece:
    """A line of an order: how many pieces can still come back, what one is worth, and whether it needs a reason."""

    sku: str
    title: str
    left: int
    worth: Decimal
    no_reason: bool


@dataclass(frozen=True)
class Basis:
    """What holds for the order: `no_reason_until` is None while it has not arrived. Above `limit` the supervisor decides."""

    sent: bool
    arrived_at: datetime | None
    no_reason_until: datetime | None
    limit: int
    currency: str
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class Solution:
    """A return, exchange or compensation and where it stands; `refund` and `exchange` are what came of it."""

    key: int
    public_id: str
    type: str
    state: str
    type_label: str
    state_label: str
    amount: Decimal
    currency: str
    solution_due: datetime
    finish_due: datetime
    waits_for_customer: bool
    evidence: int
    ended: bool
    solved: bool
    refund: str
    exchange: str
    refusal: str

    def is_late(self, now: datetime) -> bool:
        """True when the customer waits for us longer than was promised."""
        due = self.finish_due if self.solved else self.solution_due
        return not self.ended and not self.waits_for_customer and due < now


def basis(order_id: int, now: datetime) -> Basis:
    """What can be done for the order's customer. SOP: S8"""
    order = Order.objects.get(pk=order_id)
    lines = list(order.lines.order_by("position"))
    terms = policies.of_skus([line.sku_code for line in lines], now)
    shipped, returned = requests.shipped(order), requests.returned(order)
    delivered_at, handed_over_at = requests.delivery_times(order)
    arrived = claims.arrival(delivered_at=delivered_at, handed_over_at=handed_over_at, allowance=value(TRANSIT_ALLOWANCE))
    until = arrived + value(NO_REASON_TIME) if arrived else None
    pieces = [
        Piece(
            line.sku_code,
            line.title,
            claims.left_to_return(shipped=shipped.get(line.pk, 0), returned=returned.get(line.pk, 0)),
            claims.worth(unit_price=line.unit_price, bought=line.quantity, discount=line.discount_amount, quantity=1),
            _without_reason(terms, line.sku_code) and (until is None or now <= until),
        )
        for line in lines
    ]
    sent = order.status in (OrderStatus.SHIPPED, OrderStatus.COMPLETED) or has_left(order.pk)
    return Basis(sent, arrived, until, value(RETURN_LIMIT), order.currency, pieces)


def solutions(order_id: int) -> Sequence[Solution]:
    """The returns of an order, the newest first, with what came of each. Three statements. SOP: S8"""
    rows = ReturnRequest.objects.filter(order=order_id).select_related("order", "replacement").prefetch_related("evidence")
    found = list(rows.order_by("-pk")[:10])
    paid = {row.source_id: row for row in Refund.objects.filter(source_id__in=[row.public_id for row in found])}
    return [_solution(row, paid.get(row.public_id)) for row in found]


def stands_behind(order_id: int, solution_type: str) -> bool:
    """True when a return that was not given up, or for a refund any that is owed, stands behind this kind of solution."""
    rows = ReturnRequest.objects.filter(order=order_id, type__in=SETTLED_BY[solution_type]).exclude(state__in=GIVEN_UP)
    owed = Refund.objects.filter(order=order_id).exclude(state=RefundState.CANCELLED)
    return rows.exists() or (solution_type == "refund" and owed.exists())


def ended(public_ids: Collection[str]) -> Mapping[str, str]:
    """Which of these returns have ended, and how."""
    rows = ReturnRequest.objects.filter(public_id__in=public_ids, state__in=ENDED)
    return {key: str(ReturnState(state).label) for key, state in rows.values_list("public_id", "state")}


def _without_reason(terms: Mapping[str, ReturnPolicy | None], sku: str) -> bool:
    policy = terms.get(sku)
    return policy is None or policy.no_reason


def _solution(row: ReturnRequest, refund: Refund | None) -> Solution:
    return Solution(
        key=row.pk,
        public_id=row.public_id,
        type=row.type,
        state=row.state,
        type_label=row.get_type_display(),
        state_label=row.get_state_display(),
        amount=row.amount,
        currency=row.order.currency,
        solution_due=row.solution_due,
        finish_due=row.finish_due,
        waits_for_customer=row.paused_at is not None,
        evidence=len(row.evidence.all()),
        ended=row.state in ENDED,
        solved=row.solved_at is not None,
        refund=refund.get_state_display() if refund else "",
        exchange=row.replacement.number if row.replacement else "",
        refusal=row.refusal,
    )
