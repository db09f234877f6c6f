"""Writing versions of service level policies, and looking beforehand at what a version would change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Invalid, Issue, NotFound
from opsdesk.common.text import mark
from opsdesk.workcalendar.enums import DayType
from support.enums.sla import ClockKind
from support.models import SlaPolicy, TicketClock
from support.queries.sla.basis import Basis, as_rule, basis, in_force, standard
from support.queries.sla.clocks import OPEN
from support.rules.sla.calculator import NeverOpen
from support.rules.sla.hours import Frames
from support.services.sla.recompute import Moved, apply

KIND = "sla_policy"
WRITE = "support.change_slapolicy"
SHOWN = 50
LOOKED_AT = 5000  # open clocks that a dry run reckons
_NOT_OPEN = mark("These clocks would never be due: give their kinds of days some open time.")


@dataclass(frozen=True)
class PolicyText:
    """What a version says: values by fact, milliseconds by clock and kind of day, frames by kind of day and weekday."""

    name: str
    rank: int
    match: Mapping[str, Sequence[str]]
    targets: Mapping[str, Mapping[str, int]]
    frames: Mapping[str, Mapping[str, Frames]]
    always: Sequence[str] = field(default_factory=tuple)


@dataclass(frozen=True)
class DryRun:
    """What a version would change: the clocks that move, and how many were looked at."""

    moved: Sequence[Moved]
    looked_at: int
    more: bool


@transaction.atomic(savepoint=False)
def write_policy(
    *, code: str, text: PolicyText, from_at: datetime | None, reason: str, actor: Actor, now: datetime
) -> SlaPolicy:
    """Put the next version of a policy in force, now or later. Open clocks follow within a minute of its beginning.

    Raises: Forbidden, Invalid.
    SOP: S3, S4a, S4b, S8
    """
    actor.require(WRITE)
    row = _version(code, text, from_at or now, reason, actor, now)
    row.save(force_insert=True)
    after = {"version": row.number, "match": row.match, "targets": row.targets, "from": row.from_at.isoformat()}
    record(Change("support.sla_policy_written", KIND, row.public_id, after=after, reason=row.reason), actor=actor, now=now)
    return row


@transaction.atomic(savepoint=False)
def withdraw_policy(*, code: str, reason: str, actor: Actor, now: datetime) -> SlaPolicy:
    """End a policy by a version that is off: its tickets fall under the next one, or the SOP's standard.

    Raises: Forbidden, NotFound, Invalid (no reason).
    SOP: S4a
    """
    actor.require(WRITE)
    last = SlaPolicy.objects.filter(code=code).order_by("-number").first()
    if last is None or not last.active:
        raise NotFound()
    if not reason.strip():
        raise Invalid(mark("A reason is required."), code="reason_required")
    row = SlaPolicy(
        code=code,
        number=last.number + 1,
        name=last.name,
        active=False,
        rank=last.rank,
        match=last.match,
        targets=last.targets,
        frames=last.frames,
        always=last.always,
        from_at=max(now, last.from_at),
        reason=reason.strip(),
        author=actor.label,
    )
    row.save(force_insert=True)
    record(Change("support.sla_policy_withdrawn", KIND, row.public_id, reason=row.reason), actor=actor, now=now)
    return row


def dry_run(*, code: str, text: PolicyText, actor: Actor, now: datetime) -> DryRun:
    """Which open clocks a version would move, and to when, if it were in force now; nothing is written.

    Raises: Forbidden, Invalid.
    SOP: S4a
    """
    actor.require(WRITE)
    draft = _version(code, text, now, "-", actor, now)
    draft.pk = -1
    others = [policy for policy in in_force(now) if policy.id not in _versions(code)]
    held = basis(now)
    policies = sorted(
        [*((_rank(policy.id), policy) for policy in others), (draft.rank, as_rule(draft))], key=lambda one: one[0]
    )
    holds = Basis([*(policy for _, policy in policies), *standard()], held.days, held.ladder)
    rows = TicketClock.objects.filter(OPEN, breached_at=None).exclude(kind=ClockKind.PROMISE)
    found = list(rows.select_related("ticket__shop", "policy").order_by("due_at")[: LOOKED_AT + 1])
    moved = [one for one in apply(found[:LOOKED_AT], holds) if one.before != one.row.due_at]
    return DryRun(moved[:SHOWN], min(len(found), LOOKED_AT), len(moved) > SHOWN or len(found) > LOOKED_AT)


def _version(code: str, text: PolicyText, start: datetime, reason: str, actor: Actor, now: datetime) -> SlaPolicy:
    """The next version, checked and not yet written. Raises: Invalid."""
    issues = _issues(text, start, reason, now)
    number = SlaPolicy.objects.filter(code=code).count() + 1
    row = SlaPolicy(
        code=code,
        number=number,
        name=text.name.strip(),
        rank=text.rank,
        match={name: list(values) for name, values in text.match.items() if values},
        targets={str(kind): {str(day): ms for day, ms in days.items()} for kind, days in text.targets.items() if days},
        frames={
            str(kind): {day: [list(frame) for frame in spans] for day, spans in week.items()}
            for kind, week in text.frames.items()
        },
        always=[str(kind) for kind in text.always],
        from_at=start,
        reason=reason.strip(),
        author=actor.label,
    )
    if not issues:
        issues = _never_open(row, now)
    if issues:
        raise Invalid(mark("The policy is not complete."), code="invalid_policy", issues=issues)
    return row


def _issues(text: PolicyText, start: datetime, reason: str, now: datetime) -> list[Issue]:
    issues = []
    if not text.name.strip():
        issues.append(Issue("/name", "required", mark("It must not be empty.")))
    if not reason.strip():
        issues.append(Issue("/reason", "required", mark("A reason is required.")))
    if start < now:
        issues.append(Issue("/from_at", "out_of_range", mark("A policy holds from now on, or from later.")))
    if not any(text.targets.values()):
        issues.append(Issue("/targets", "required", mark("Give at least one target.")))
    for kind, days in text.targets.items():
        if days and DayType.WORKDAY not in days:
            issues.append(
                Issue(f"/{kind}_workday", "required", mark("Working days need a target; the other days may do without."))
            )
    return issues


def _never_open(row: SlaPolicy, now: datetime) -> list[Issue]:
    """A clock that starts now would come to its end within the year: else the frames are too few."""
    policy, days = as_rule(row), basis(now).days
    for kind in row.targets:
        counts = policy.reckoning(kind, days)
        try:
            counts.after(now, counts.target(now))
        except NeverOpen:
            return [Issue("/frames", "never_open", _NOT_OPEN)]
    return []


def _versions(code: str) -> set[int]:
    return set(SlaPolicy.objects.filter(code=code).values_list("pk", flat=True))


def _rank(policy_id: int | None) -> int:
    return SlaPolicy.objects.values_list("rank", flat=True).get(pk=policy_id or 0)
