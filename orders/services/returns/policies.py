"""Writing the return policy."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Invalid, Issue
from opsdesk.common.text import mark
from orders.models import ReturnPolicy

KIND = "return_policy"


@dataclass(frozen=True)
class PolicyText:
    """What a version promises."""

    no_reason: bool
    freight: str
    clause: str
    process: str = ""
    notices: str = ""


@transaction.atomic(savepoint=False)
def write_policy(
    *, category_id: int | None, text: PolicyText, from_at: datetime | None = None, actor: Actor, now: datetime
) -> ReturnPolicy:
    """Put a new version in force, at once or from a later moment on; what was asked for before keeps its version.

    Without a category it is the general policy.
    Raises: Forbidden, Invalid (nothing promised, or in the past), Conflict (there is a version from that very moment).
    SOP: O20
    """
    actor.require("orders.change_returnpolicy")
    start = from_at or now
    if not text.clause.strip():
        message = mark("Write under which conditions goods come back.")
        raise Invalid(message, code="required", issues=[Issue("/clause", "required", message)])
    if start < now:
        message = mark("A policy holds from now on, or from later.")
        raise Invalid(message, code="out_of_range", issues=[Issue("/from_at", "out_of_range", message)])
    if ReturnPolicy.objects.filter(category=category_id, from_at=start).exists():
        raise Conflict(mark("There is a version from that very moment."), code="policy_exists")
    row = ReturnPolicy.objects.create(category_id=category_id, from_at=start, author=actor.label, **asdict(text))
    after = asdict(text) | {"category": category_id, "from": start.isoformat()}
    record(Change("orders.return_policy_written", KIND, row.public_id, after=after), actor=actor, now=now)
    return row
