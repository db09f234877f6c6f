"""Overriding a parameter."""

from datetime import datetime

from django.db import transaction

from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Invalid, NotFound
from opsdesk.common.text import mark
from opsdesk.parameters.definitions import REGISTER
from opsdesk.parameters.models import ParameterOverride
from opsdesk.parameters.queries import forget_cached, number


@transaction.atomic
def override(*, code: str, value: int, reason: str, actor: Actor, now: datetime) -> ParameterOverride:
    """Put another number in force, counted in the parameter's unit; other processes follow within seconds.

    Raises: Forbidden, NotFound (no such parameter), Invalid (out of bounds, no reason).
    SOP: G6
    """
    actor.require("parameters.change_parameteroverride")
    if code not in REGISTER:
        raise NotFound()
    parameter = REGISTER[code]
    parameter.check(value)
    if not reason.strip():
        raise Invalid(mark("A reason is required."), code="reason_required")
    before = number(code, parameter.default)
    row = ParameterOverride.objects.create(code=code, number=value, reason=reason.strip(), set_by=actor.label, set_at=now)
    change = Change("parameters.overridden", "parameter", code, before={"value": before}, after={"value": value}, reason=reason)
    record(change, actor=actor, now=now)
    transaction.on_commit(forget_cached)
    return row
