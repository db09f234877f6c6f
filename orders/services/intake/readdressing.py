"""Writing another address for a locked order, with all that hangs on it. SOP: O5, O18"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from opsdesk.common.actors import Actor
from orders.enums.orders import HoldCode
from orders.models import DeliveryAddress, Order
from orders.rules.intake import addresses, checks
from orders.rules.intake.draft import DraftAddress
from orders.services import hold_rows
from orders.services.intake import check_rows
from orders.services.intake.verifying import verified_holds

ADDRESS_HOLDS = frozenset({HoldCode.ADDRESS, HoldCode.CONTACT})


@dataclass(frozen=True)
class Readdressed:
    """What a new address changed: its parts, holds lifted and opened, and the order's columns to write."""

    parts: list[str]
    lifted: list[str]
    opened: Sequence[str]
    columns: dict[str, Any]

    @property
    def event(self) -> str:
        """What is told outside."""
        return "held" if self.opened else "released" if self.lifted else ""

    @property
    def details(self) -> dict[str, Any]:
        """What the trail says of it; no personal data."""
        return {"changed": self.parts, "holds_released": self.lifted, "holds_opened": self.opened}


def readdress(order: Order, address: DraftAddress, *, actor: Actor, now: datetime) -> Readdressed:
    """Write the address in one form, beside what was written; check it again, lift what it completes, hold what it lacks.

    A hold that needs the customer's word stays until that is recorded.
    SOP: O4, O5, O18
    """
    given, address = address, addresses.normalise(address)
    parts = check_rows.changed_parts(check_rows.address_of(order), address)
    columns = check_rows.columns(address) | {"written": addresses.as_written(given, address)}
    DeliveryAddress.objects.update_or_create(order=order, defaults=columns)
    findings = [checks.address(address), checks.contact(address)]
    check_rows.write(order, findings)
    found = hold_rows.open_codes(order)
    needed = {finding.hold for finding in findings if finding.hold}
    lifted = verified_holds(order, (found & ADDRESS_HOLDS) - needed, actor=actor)
    fresh = [HoldCode(code) for code in sorted(needed - found)]
    changed = hold_rows.lift(order, lifted, actor=actor, now=now) if lifted else {}
    hold_rows.put_on(order, fresh, reason="", actor=actor, now=now)
    return Readdressed(parts, sorted(lifted), fresh, changed)
