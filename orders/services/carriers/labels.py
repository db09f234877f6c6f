"""Printing waybills and carton labels: every print is logged, every later one says why."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from opsdesk.audit.services import Change, record_many
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Invalid, Issue, NotFound
from opsdesk.common.locking import lock_many
from opsdesk.common.text import mark
from opsdesk.parameters.queries import value
from orders.enums.carriers import Layout, Paper
from orders.enums.tracking import ShipmentState
from orders.errors import ReprintNeedsReason
from orders.models import LabelPrint, Shipment
from orders.parameters.carriers import LABELS_AT_ONCE
from orders.services.tracking.events import KIND

PERMISSION = "orders.print_label"


@transaction.atomic(savepoint=False)
def print_labels(
    *, shipment_ids: Sequence[int], paper: Paper, layout: Layout, reason: str = "", actor: Actor, now: datetime
) -> dict[int, int]:
    """Log one print of a label for each parcel and answer the numbers of the prints by parcel: 1 is the first.

    Raises: NotFound, Forbidden, Invalid (none, too many, or a voided parcel), ReprintNeedsReason, naming each parcel.
    SOP: O11
    """
    actor.require(PERMISSION)
    _count(len(set(shipment_ids)))
    parcels = lock_many(Shipment.objects.filter(pk__in=shipment_ids).select_related("shop"))
    if len(parcels) != len(set(shipment_ids)) or any(not actor.sees_shop(row.shop_id) for row in parcels):
        raise NotFound()
    _refuse_voided(parcels)
    earlier = Counter(LabelPrint.objects.filter(shipment__in=parcels, paper=paper).values_list("shipment", flat=True))
    again = [row for row in parcels if earlier[row.pk]]
    if again and not reason.strip():
        issue = Issue("/reason", ReprintNeedsReason.code, mark("Printed before: %(numbers)s. Say why they are printed again."),
                      {"numbers": ", ".join(row.tracking_no for row in again)})  # fmt: skip
        raise ReprintNeedsReason(issues=[issue])
    numbers = {row.pk: earlier[row.pk] + 1 for row in parcels}
    LabelPrint.objects.bulk_create(
        LabelPrint(
            shipment=row,
            paper=paper,
            layout=layout,
            number=numbers[row.pk],
            printed_at=now,
            printed_by=actor.label,
            reason=reason.strip() if earlier[row.pk] else "",
        )
        for row in parcels
    )
    record_many([_change(row, paper, layout, numbers[row.pk], reason) for row in parcels], actor=actor, now=now)
    return numbers


def _count(parcels: int) -> None:
    most = value(LABELS_AT_ONCE)
    if not parcels:
        raise Invalid(mark("There is no parcel to print a label of."), code="empty")
    if parcels > most:
        raise Invalid(mark("At most %(most)s labels are printed at once."), code="too_many", most=most)


def _refuse_voided(parcels: Sequence[Shipment]) -> None:
    voided = [row.tracking_no for row in parcels if row.state == ShipmentState.VOIDED]
    if voided:
        message = mark("Voided, so nothing is printed: %(numbers)s.")
        raise Invalid(message, code="parcel_voided", numbers=", ".join(voided))


def _change(row: Shipment, paper: Paper, layout: Layout, number: int, reason: str) -> Change:
    action = "orders.label_printed" if number == 1 else "orders.label_reprinted"
    after = {"label": paper, "size": layout, "number": number}
    return Change(action, KIND, row.public_id, row.shop.code, {}, after, reason.strip() if number > 1 else "")
