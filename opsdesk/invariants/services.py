"""Checking the books."""

from datetime import datetime
from time import monotonic
from typing import Any

from django.db import transaction
from django.urls import reverse

from opsdesk.accounts.roles import Role
from opsdesk.common.actors import Actor
from opsdesk.common.text import mark
from opsdesk.inbox.kinds import Kind
from opsdesk.inbox.services import Work, raise_many, resolve
from opsdesk.invariants.definitions import REGISTER, Invariant
from opsdesk.invariants.models import InvariantRun
from opsdesk.invariants.parameters import NAMED, REPAIR_TIME
from opsdesk.parameters.queries import value

PERMISSION = "invariants.check_invariants"
BROKEN = Kind(
    "invariants.broken",
    mark("Books that do not agree"),
    mark("Does not hold: %(invariant)s"),
    Role.OPERATIONS_SUPERVISOR,
    lambda code: f"{reverse('admin:invariants')}#{code}",
    "G13",
)


@transaction.atomic
def check_all(*, actor: Actor, now: datetime) -> InvariantRun:
    """Check every invariant and keep the result: what is broken becomes work, what holds again closes it.

    Raises: Forbidden.
    Ours: invariant page
    """
    actor.require(PERMISSION)
    results = [_result(invariant) for invariant in REGISTER.values()]
    broken = [result["code"] for result in results if result["breaches"]]
    run = InvariantRun.objects.create(at=now, by=actor.label, broken=len(broken), results=results)
    due = now + value(REPAIR_TIME)
    works = [Work(BROKEN.code, "invariant", code, due, params={"invariant": REGISTER[code].title}) for code in broken]
    raise_many(works, now=now)
    resolve(kind=BROKEN.code, subject_ids=sorted(REGISTER.keys() - set(broken)), outcome="holds", actor=actor, now=now)
    return run


def _result(invariant: Invariant) -> dict[str, Any]:
    started = monotonic()
    breaches = list(invariant.check(value(NAMED)))
    return {"code": invariant.code, "breaches": breaches, "seconds": round(monotonic() - started, 3)}
