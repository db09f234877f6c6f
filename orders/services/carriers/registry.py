"""The carriers that parcels go with."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Invalid, Issue, NotFound
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from orders.enums.fulfilment import CarrierCode
from orders.errors import CarrierInUse
from orders.models import Carrier
from orders.queries.carriers.use import has_business

SUBJECT = "carrier"


@dataclass(frozen=True)
class Terms:
    """What a carrier takes. None: parcels of any weight; delivery within the shop's general promise."""

    takes_fragile: bool = False
    max_grams: int | None = None
    promise_days: int | None = None


@transaction.atomic
def sync_carriers() -> None:
    """Make the carriers that the code names; those that are there stay as staff have set them. SOP: O11"""
    rows = [Carrier(code=code.value, name=str(code.label)) for code in CarrierCode]
    Carrier.objects.bulk_create(rows, ignore_conflicts=True)


def carrier_of(code: str) -> Carrier:
    """The carrier of that code. Raises: NotFound."""
    found = Carrier.objects.filter(code=code).first()
    if found is None:
        raise NotFound()
    return found


@transaction.atomic(savepoint=False)
def create_carrier(*, code: str, name: str, terms: Terms, actor: Actor, now: datetime) -> Carrier:
    """Make a carrier known; its code is what clients name it by and never changes.

    Raises: Forbidden, Invalid (the code is taken).
    SOP: O11
    """
    actor.require("orders.add_carrier")
    made, fresh = Carrier.objects.get_or_create(code=code.lower(), defaults={"name": name, **asdict(terms)})
    if not fresh:
        message = mark("There is a carrier of this code already.")
        raise Invalid(message, code="code_taken", issues=[Issue("/code", "code_taken", message)])
    _note(made, "created", {}, {"name": name, **asdict(terms)}, actor, now)
    return made


@transaction.atomic(savepoint=False)
def change_carrier(*, carrier_id: int, name: str, terms: Terms, actor: Actor, now: datetime) -> Carrier:
    """Rename a carrier, or write down what it takes; choices that are made already stay.

    Raises: NotFound, Forbidden.
    SOP: O11
    """
    actor.require("orders.change_carrier")
    carrier = lock_one(Carrier.objects.filter(pk=carrier_id))
    after = {"name": name, **asdict(terms)}
    before = {key: getattr(carrier, key) for key in after}
    for key, found in after.items():
        setattr(carrier, key, found)
    carrier.save(update_fields=list(after))
    changed = [key for key in after if before[key] != after[key]]
    _note(carrier, "changed", {key: before[key] for key in changed}, {key: after[key] for key in changed}, actor, now)
    return carrier


@transaction.atomic(savepoint=False)
def activate_carrier(*, carrier_id: int, actor: Actor, now: datetime) -> Carrier:
    """Take a carrier into use. Raises: NotFound, Forbidden. SOP: O11"""
    return _switch(carrier_id, True, actor, now)


@transaction.atomic(savepoint=False)
def deactivate_carrier(*, carrier_id: int, actor: Actor, now: datetime) -> Carrier:
    """Take a carrier out of use: it takes no new parcels, those under way are not touched.

    Raises: NotFound, Forbidden.
    SOP: O11
    """
    return _switch(carrier_id, False, actor, now)


@transaction.atomic(savepoint=False)
def delete_carrier(*, carrier_id: int, actor: Actor, now: datetime) -> None:
    """Remove a carrier that nothing was ever sent with, with its tables.

    Raises: NotFound, Forbidden, CarrierInUse.
    SOP: O11
    """
    actor.require("orders.delete_carrier")
    carrier = lock_one(Carrier.objects.filter(pk=carrier_id))
    if has_business(carrier.pk):
        raise CarrierInUse()
    _note(carrier, "deleted", {"name": carrier.name}, {}, actor, now)
    carrier.delete()


def _switch(carrier_id: int, active: bool, actor: Actor, now: datetime) -> Carrier:
    actor.require("orders.change_carrier")
    carrier = lock_one(Carrier.objects.filter(pk=carrier_id))
    before, carrier.is_active = carrier.is_active, active
    carrier.save(update_fields=["is_active"])
    _note(carrier, "changed", {"is_active": before}, {"is_active": active}, actor, now)
    return carrier


def _note(
    carrier: Carrier, what: str, before: Mapping[str, Any], after: Mapping[str, Any], actor: Actor, now: datetime
) -> None:
    change = Change(f"orders.carrier_{what}", SUBJECT, carrier.code, before=before, after=after)
    record(change, actor=actor, now=now)
