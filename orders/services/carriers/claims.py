"""Compensation for parcels that were lost or damaged."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Invalid, Issue, NotFound
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from opsdesk.inbox.services import Work, raise_item, resolve
from opsdesk.parameters.queries import value
from orders.enums.carriers import ClaimState
from orders.errors import ClaimOpen
from orders.models import CarrierClaim, Shipment
from orders.parameters.carriers import CLAIM_TIME
from orders.rules.carriers.choices import CLAIM_LIFECYCLE
from orders.rules.followup import SHIPMENT_LIFECYCLE

KIND = "carrier_claim"
WORK = "orders.carrier_claim"


@transaction.atomic(savepoint=False)
def ask_compensation(*, shipment_id: int, amount: Decimal, note: str, actor: Actor, now: datetime) -> CarrierClaim:
    """Ask the carrier for money for a parcel; it is logistics' work until the carrier has answered.

    Raises: NotFound, Forbidden, IllegalTransition (voided), Invalid (amount), ClaimOpen.
    SOP: O11
    """
    parcel = lock_one(Shipment.objects.filter(pk=shipment_id).select_related("shop", "carrier"))
    if not actor.sees_shop(parcel.shop_id):
        raise NotFound()
    SHIPMENT_LIFECYCLE.enter("claim", parcel.state, actor)
    if amount <= 0:
        raise _wrong("/amount", mark("The amount must be more than nothing."))
    if CarrierClaim.objects.filter(shipment=parcel, state=ClaimState.ASKED).exists():
        raise ClaimOpen()
    due = now + value(CLAIM_TIME)
    row = CarrierClaim.objects.create(shipment=parcel, amount=amount, note=note, asked_at=now, asked_by=actor.label, due_at=due)
    _note(row, parcel, "asked", {"amount": str(amount)}, note, actor, now)
    params = {"carrier": parcel.carrier.name, "tracking_no": parcel.tracking_no}
    raise_item(Work(WORK, KIND, row.public_id, due_at=due, shop_id=parcel.shop_id, params=params), now=now)
    return row


@transaction.atomic(savepoint=False)
def grant_claim(*, claim_id: int, granted_amount: Decimal, answer: str = "", actor: Actor, now: datetime) -> CarrierClaim:
    """The carrier pays, all of it or a part. Raises: NotFound, Forbidden, IllegalTransition, Invalid (amount). SOP: O11"""
    row = _enter(claim_id, "grant", actor)
    if not 0 < granted_amount <= row.amount:
        raise _wrong("/granted_amount", mark("It must be more than nothing, and at most what was asked."))
    return _answer(row, "grant", {"granted_amount": granted_amount, "answer": answer}, actor, now)


@transaction.atomic(savepoint=False)
def refuse_claim(*, claim_id: int, answer: str, actor: Actor, now: datetime) -> CarrierClaim:
    """The carrier pays nothing, and says why. Raises: NotFound, Forbidden, IllegalTransition. SOP: O11"""
    return _answer(_enter(claim_id, "refuse", actor), "refuse", {"answer": answer}, actor, now)


def _enter(claim_id: int, step: str, actor: Actor) -> CarrierClaim:
    row = lock_one(CarrierClaim.objects.filter(pk=claim_id).select_related("shipment__shop"))
    if not actor.sees_shop(row.shipment.shop_id):
        raise NotFound()
    CLAIM_LIFECYCLE.enter(step, row.state, actor)
    return row


def _answer(row: CarrierClaim, step: str, columns: dict[str, Any], actor: Actor, now: datetime) -> CarrierClaim:
    target = CLAIM_LIFECYCLE.transitions[step].target
    columns |= {"state": target, "answered_at": now}
    for name, found in columns.items():
        setattr(row, name, found)
    row.save(update_fields=list(columns))
    after = {"state": str(target), "granted": str(columns.get("granted_amount", ""))}
    _note(row, row.shipment, step, after, columns["answer"], actor, now)
    resolve(kind=WORK, subject_ids=[row.public_id], outcome=str(target), actor=actor, now=now)
    return row


def _wrong(pointer: str, message: str) -> Invalid:
    return Invalid(message, code="out_of_range", issues=[Issue(pointer, "out_of_range", message)])


def _note(
    row: CarrierClaim, parcel: Shipment, what: str, after: dict[str, str], reason: str, actor: Actor, now: datetime
) -> None:
    record(Change(f"orders.claim_{what}", KIND, row.public_id, parcel.shop.code, {}, after, reason), actor=actor, now=now)
