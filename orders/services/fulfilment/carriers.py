"""The carriers that parcels go with."""

from datetime import datetime

from django.db import transaction

from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.locking import lock_one
from orders.enums.fulfilment import CarrierCode
from orders.models import Carrier


@transaction.atomic
def sync_carriers() -> None:
    """Make the carriers that the code names; those that are there stay as staff have set them. SOP: O11"""
    rows = [Carrier(code=code.value, name=str(code.label)) for code in CarrierCode]
    Carrier.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic(savepoint=False)
def change_carrier(*, carrier_id: int, name: str, is_active: bool, actor: Actor, now: datetime) -> Carrier:
    """Rename a carrier, or take it in or out of use; parcels under way are not touched.

    Raises: NotFound, Forbidden.
    SOP: O11
    """
    actor.require("orders.change_carrier")
    carrier = lock_one(Carrier.objects.filter(pk=carrier_id))
    before = {"name": carrier.name, "is_active": carrier.is_active}
    carrier.name, carrier.is_active = name, is_active
    carrier.save(update_fields=["name", "is_active"])
    after = {"name": name, "is_active": is_active}
    record(Change("orders.carrier_changed", "carrier", carrier.code, before=before, after=after), actor=actor, now=now)
    return carrier
