"""Named reads of returns."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from django.db.models import Count, Max, Q, QuerySet, Sum

from opsdesk.common.actors import Actor
from opsdesk.files.models import StoredFile
from orders.enums.returns import EvidenceKind
from orders.enums.tracking import ShipmentState
from orders.models import Order, OrderLine, ReturnLine, ReturnRequest, Shipment
from orders.queries.fulfilment.handed import handed_over
from orders.queries.manual.entries import resent
from orders.rules.returns.evidence import missing
from orders.rules.returns.lifecycle import GIVEN_UP, WITH_PARCEL


def visible_to(actor: Actor) -> QuerySet[ReturnRequest]:
    """The returns of the shops that the actor sees."""
    rows = ReturnRequest.objects.all()
    return rows if actor.shop_ids is None else rows.filter(order__shop__in=actor.shop_ids)


def with_details(rows: QuerySet[ReturnRequest]) -> QuerySet[ReturnRequest]:
    """Everything that an answer names, in a fixed number of statements."""
    return rows.select_related("order__shop", "carrier", "replacement").prefetch_related(
        "lines__order_line", "lines__policy", "evidence__file"
    )


def returned(order: Order) -> Mapping[int, int]:
    """Pieces of each order line that are claimed by returns which were not given up."""
    rows = ReturnLine.objects.filter(request__order=order).exclude(request__state__in=GIVEN_UP)
    return dict(rows.values_list("order_line").annotate(Sum("quantity")))


def claimed(order: Order, type_: str) -> Mapping[int, int]:
    """Pieces of each line that a return of this type cannot claim any more: without goods coming back, those that were
    sent again are made good already.
    """
    found = Counter(returned(order))
    if type_ not in WITH_PARCEL:
        found.update(resent(order))
    return found


def shipped(order: Order) -> Mapping[int, int]:
    """Pieces of each order line that left the house; of orders from elsewhere, that know no parcels, all of them."""
    if Shipment.objects.filter(orders=order).exists():
        return handed_over([order.pk])
    return dict(order.lines.values_list("pk", "quantity"))


def returnable(order_id: int) -> str:
    """The first SKU of an order."""
    return OrderLine.objects.filter(order=order_id).order_by("position").values_list("sku_code", flat=True)[0]


def delivery_times(order: Order) -> tuple[datetime | None, datetime | None]:
    """When the last parcel was delivered, None while one of them is still on its way; and when the last was handed over."""
    parcels = Shipment.objects.filter(orders=order).exclude(state__in=[ShipmentState.VOIDED, ShipmentState.RETURNED])
    found = parcels.aggregate(
        delivered=Max("finished_at"), handed_over=Max("handed_over_at"), open=Count("pk", filter=Q(finished_at=None))
    )
    return None if found["open"] else found["delivered"], found["handed_over"] or order.shipped_at


def overdue(now: datetime) -> QuerySet[ReturnRequest]:
    """Returns of which a clock has run out without that being noted."""
    rows = ReturnRequest.objects.filter(paused_at=None, finished_at=None)
    solution = rows.filter(solved_at=None, solution_late_at=None, solution_due__lt=now)
    finish = rows.filter(finish_late_at=None, finish_due__lt=now)
    return solution | finish


def may_have_evidence(actor: Actor, file: StoredFile) -> bool:
    """True when the file belongs to a return that the actor may see."""
    return actor.can("orders.view_returnrequest") and visible_to(actor).filter(evidence__file=file).exists()


def evidence_missing(row: ReturnRequest) -> list[EvidenceKind]:
    """What the customer still has to show; of a return that was read with its details, without a statement. SOP: S8"""
    return missing(reasons=[line.reason_code for line in row.lines.all()], shown={one.shows for one in row.evidence.all()})
