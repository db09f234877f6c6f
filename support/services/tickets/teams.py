"""Who works in which team."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from opsdesk.accounts.models import User
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Invalid, Issue
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from support.models import Team


@transaction.atomic(savepoint=False)
def write_team(
    *, team_id: int | None, name: str, members: Collection[str | int], active: bool, actor: Actor, now: datetime
) -> Team:
    """Write a team, or write one anew.

    Raises: NotFound, Forbidden, Invalid (a member who does not work here), Conflict (the name is taken).
    SOP: S5
    """
    actor.require("support.change_team")
    row = lock_one(Team.objects.filter(pk=team_id)) if team_id else Team()
    people = list(User.objects.filter(pk__in=members, is_active=True))
    if len(people) != len(set(map(int, members))):
        issue = Issue("/members", "unknown_agent", mark("Choose an agent who works here."))
        raise Invalid(issue.message, code=issue.code, issues=[issue])
    if Team.objects.filter(name=name).exclude(pk=row.pk).exists():
        raise Conflict(mark("There is a team of this name already."), code="exists")
    row.name, row.active = name, active
    row.save()
    row.members.set(people)
    after = {"name": name, "active": active, "members": [one.username for one in people]}
    record(Change("support.team_written", "team", row.public_id, after=after), actor=actor, now=now)
    return row
