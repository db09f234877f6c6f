"""Which customers are not to be invited to a review."""

from collections.abc import Collection, Iterable

from django.db.models import Q

from orders.enums.completion import SatisfactionOutcome, SatisfactionState, TaskState
from orders.enums.tracking import CaseState
from orders.models import CarrierCase, ContactTask, Order, ReturnRequest, SatisfactionContact
from orders.queries.unconfirmed import ENDED_RETURNS


def complained(order_ids: Collection[int]) -> set[int]:
    """Which of the orders their customers have complained of."""
    bad = SatisfactionContact.objects.filter(order__in=order_ids, outcome=SatisfactionOutcome.COMPLAINT)
    return set(bad.values_list("order_id", flat=True))


def waiting_for_us(orders: Iterable[Order]) -> set[int]:
    """Which of the orders belong to customers who wait for us, be it for another order of theirs."""
    rows = list(orders)
    theirs = Q(order__in=[row.pk for row in rows]) | Q(order__customer__in=[row.customer_id for row in rows if row.customer_id])
    returns = ReturnRequest.objects.filter(theirs).exclude(state__in=ENDED_RETURNS)
    answers = SatisfactionContact.objects.filter(theirs, state=SatisfactionState.FOLLOW_UP)
    found = [*returns.values_list("order_id", "order__customer_id"), *answers.values_list("order_id", "order__customer_id")]
    cases = CarrierCase.objects.filter(shipment__orders__in=[row.pk for row in rows], state=CaseState.OPEN)
    numbers = {order for order, _ in found} | set(cases.values_list("shipment__orders", flat=True))
    customers = {customer for _, customer in found if customer}
    return {row.pk for row in rows if row.pk in numbers or row.customer_id in customers}


def open_contacts() -> list[int]:
    """The satisfaction contacts that stand on the desk, oldest first."""
    rows = SatisfactionContact.objects.filter(state=SatisfactionState.OPEN, ask_at=None)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def open_tasks() -> list[int]:
    """The contact tasks that stand on the desk, oldest first."""
    rows = ContactTask.objects.filter(state=TaskState.OPEN, next_contact_at=None)
    return list(rows.order_by("pk").values_list("pk", flat=True))
