"""Parcels in trouble: noticing the silence, talking to the carrier, telling the customer, closing the case."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction

from opsdesk.audit.services import Change, record, record_many
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Invalid, Issue, NotFound
from opsdesk.common.locking import lock_many, lock_one
from opsdesk.common.text import mark
from opsdesk.inbox import services as inbox
from opsdesk.parameters.queries import value
from opsdesk.webhooks.services import emit_many
from orders.enums.tracking import CaseKind, CaseOutcome, CaseState
from orders.errors import CaseOpen
from orders.models import CarrierCase, CarrierContact, Order, Shipment
from orders.parameters.tracking import CASE_TIME
from orders.queries.shipments import silent
from orders.rules.followup import CASE_LIFECYCLE, SHIPMENT_LIFECYCLE
from orders.services import notices
from orders.services.tracking.events import parcel_news

KIND = "carrier_case"
WORK = "orders.carrier_case"


@transaction.atomic
def open_for_stalled(*, actor: Actor, now: datetime) -> int:
    """Open a case for every parcel whose carrier has been silent for too long, once an episode; returns how many.

    Harmless when it runs twice: a parcel with a known silence is not found again until it has moved.
    SOP: O14
    """
    shipments = lock_many(silent(now).select_related("shop", "carrier"))
    shipments = [row for row in shipments if row.stalled_at is None]
    if not shipments:
        return 0
    Shipment.objects.filter(pk__in=[row.pk for row in shipments]).update(stalled_at=now)
    emit_many(parcel_news([("stalled", row) for row in shipments]), now=now)
    open_cases(shipments, kind=CaseKind.STALLED, actor=actor, now=now)
    return len(shipments)


def open_cases(shipments: Sequence[Shipment], *, kind: CaseKind, actor: Actor, now: datetime, note: str = "") -> None:
    """Open cases with their work items; a parcel that has an open case keeps it. The caller holds the parcels' locks."""
    rows = [CarrierCase(shipment=row, kind=kind, opened_at=now) for row in shipments]
    CarrierCase.objects.bulk_create(rows, ignore_conflicts=True)
    made = set(CarrierCase.objects.filter(public_id__in=[row.public_id for row in rows]).values_list("public_id", flat=True))
    opened = [row for row in rows if row.public_id in made]
    due = now + value(CASE_TIME)
    inbox.raise_many(
        [
            inbox.Work(WORK, KIND, row.public_id, due, row.shipment.shop_id, params={"tracking_no": row.shipment.tracking_no})
            for row in opened
        ],
        now=now,
    )
    record_many(
        [
            Change(
                "orders.carrier_case_opened",
                KIND,
                row.public_id,
                shop=row.shipment.shop.code,
                after={"kind": kind, "shipment": row.shipment.public_id},
                reason=note,
            )
            for row in opened
        ],
        actor=actor,
        now=now,
    )


def close_for_news(
    shipments: Sequence[Shipment], *, outcome: Callable[[Shipment], CaseOutcome], actor: Actor, now: datetime
) -> None:
    """The carrier has spoken: close the cases of silence by themselves. The caller holds the parcels' locks."""
    if not shipments:
        return
    known = {row.pk: row for row in shipments}
    cases = lock_many(CarrierCase.objects.filter(shipment__in=known, state=CaseState.OPEN, kind=CaseKind.STALLED))
    _close(cases, {case.pk: outcome(known[case.shipment_id]) for case in cases}, known, actor, now, "")


def close_for_correction(shipment: Shipment, *, actor: Actor, now: datetime) -> None:
    """The parcel's number was mistyped: its case goes on with the right number. The caller holds the parcel's lock."""
    cases = lock_many(CarrierCase.objects.filter(shipment=shipment, state=CaseState.OPEN))
    _close(cases, {case.pk: CaseOutcome.MOVING for case in cases}, {shipment.pk: shipment}, actor, now, "")


def close_for_receipt(orders: Sequence[Order], *, actor: Actor, now: datetime) -> None:
    """The customer has the goods: their parcels' clocks stop and their cases end. The caller holds the orders' locks."""
    held = Shipment.orders.through.objects.filter(order__in=orders).values("shipment")
    rows = {row.pk: row for row in lock_many(Shipment.objects.filter(pk__in=held).select_related("shop"))}
    Shipment.objects.filter(pk__in=rows).update(update_by=None, stalled_at=None)
    cases = lock_many(CarrierCase.objects.filter(shipment__in=rows, state=CaseState.OPEN))
    if cases:
        _close(cases, {case.pk: CaseOutcome.DELIVERED for case in cases}, rows, actor, now, "")


@transaction.atomic(savepoint=False)
def open_case(*, shipment_id: int, kind: CaseKind, note: str, actor: Actor, now: datetime) -> CarrierCase:
    """Open a case for a parcel that is late, lost or damaged, with what is known of it.

    Raises: NotFound, Forbidden, IllegalTransition, CaseOpen.
    SOP: O14
    """
    shipment = lock_one(Shipment.objects.filter(pk=shipment_id).select_related("shop", "carrier"))
    if not actor.sees_shop(shipment.shop_id):
        raise NotFound()
    SHIPMENT_LIFECYCLE.enter("open_case", shipment.state, actor)
    known = CarrierCase.objects.filter(shipment=shipment, state=CaseState.OPEN).values_list("public_id", flat=True).first()
    if known:
        raise CaseOpen(extra={"case": known})
    open_cases([shipment], kind=kind, note=note, actor=actor, now=now)
    return CarrierCase.objects.get(shipment=shipment, state=CaseState.OPEN)


@transaction.atomic(savepoint=False)
def log_contact(
    *, case_id: int, spoke_with: str, note: str, promise_due: datetime | None = None, actor: Actor, now: datetime
) -> CarrierCase:
    """Write down a talk with the carrier; a promised answer becomes the case's next due time.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (a promise in the past).
    SOP: O14
    """
    case = _lock(case_id, actor)
    CASE_LIFECYCLE.enter("log_contact", case.state, actor)
    if promise_due and promise_due <= now:
        issue = Issue("/promise_due", "date_out_of_range", mark("A promise lies in the future."))
        raise Invalid(issue.message, code=issue.code, issues=[issue])
    CarrierContact.objects.create(case=case, at=now, by=actor.label, spoke_with=spoke_with, note=note, promise_due=promise_due)
    if promise_due:
        case.promise_due = promise_due
        case.save(update_fields=["promise_due"])
        inbox.move_due(kind=WORK, subject_id=case.public_id, due_at=promise_due)
    _record(case, "orders.carrier_contacted", actor, now)
    return case


@transaction.atomic(savepoint=False)
def tell_customer(*, case_id: int, text: str, actor: Actor, now: datetime) -> CarrierCase:
    """Tell the buyers of the parcel what has become of it.

    Raises: NotFound, Forbidden, IllegalTransition.
    SOP: O14
    """
    case = _lock(case_id, actor)
    CASE_LIFECYCLE.enter("tell_customer", case.state, actor)
    orders = list(Order.objects.filter(shipments=case.shipment_id).order_by("pk"))
    notices.tell_trouble(orders, text=text, key=f"{case.public_id}:{now.isoformat()}", now=now)
    case.customer_told_at = now
    case.save(update_fields=["customer_told_at"])
    _record(case, "orders.customer_told", actor, now)
    return case


@transaction.atomic(savepoint=False)
def close_case(*, case_id: int, outcome: str, note: str = "", actor: Actor, now: datetime) -> CarrierCase:
    """Close the case with what has become of the parcel; the customer must have been told of a loss or damage.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (the customer was not told).
    SOP: O14
    """
    case = _lock(case_id, actor)
    CASE_LIFECYCLE.enter("close", case.state, actor)
    if outcome in (CaseOutcome.LOST, CaseOutcome.DAMAGED) and case.customer_told_at is None:
        raise Invalid(mark("Tell the customer first."), code="customer_not_told")
    _close([case], {case.pk: CaseOutcome(outcome)}, {case.shipment_id: case.shipment}, actor, now, note)
    return case


def _lock(case_id: int, actor: Actor) -> CarrierCase:
    case = lock_one(CarrierCase.objects.filter(pk=case_id).select_related("shipment__shop"))
    if not actor.sees_shop(case.shipment.shop_id):
        raise NotFound()
    return case


def _close(
    cases: Sequence[CarrierCase],
    outcomes: dict[int, CaseOutcome],
    shipments: dict[int, Shipment],
    actor: Actor,
    now: datetime,
    note: str,
) -> None:
    for case in cases:
        case.state, case.outcome, case.closed_at, case.closed_by = CaseState.CLOSED, outcomes[case.pk], now, actor.label
    CarrierCase.objects.bulk_update(cases, ["state", "outcome", "closed_at", "closed_by"])
    for outcome in set(outcomes.values()):
        ids = [case.public_id for case in cases if outcomes[case.pk] == outcome]
        inbox.resolve(kind=WORK, subject_ids=ids, outcome=outcome, actor=actor, now=now)
    record_many(
        [
            Change(
                "orders.carrier_case_closed",
                KIND,
                case.public_id,
                shop=shipments[case.shipment_id].shop.code,
                before={"state": CaseState.OPEN},
                after={"state": CaseState.CLOSED, "outcome": outcomes[case.pk]},
                reason=note,
            )
            for case in cases
        ],
        actor=actor,
        now=now,
    )


def _record(case: CarrierCase, action: str, actor: Actor, now: datetime) -> None:
    record(Change(action, KIND, case.public_id, shop=case.shipment.shop.code), actor=actor, now=now)
