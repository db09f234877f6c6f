"""Handing a shift over and taking it over."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from opsdesk.accounts.roles import Role
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Forbidden
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from opsdesk.handover.enums import HandoverState
from opsdesk.handover.models import HandoverLine, HandoverNote
from opsdesk.handover.parameters import ACCEPT_WITHIN, HORIZON
from opsdesk.handover.queries import left_open, names_other_shops
from opsdesk.handover.rules import GIVE, HANDOVER_LIFECYCLE, KIND
from opsdesk.inbox.kinds import Kind
from opsdesk.inbox.services import Work, pass_on, raise_item, resolve
from opsdesk.parameters.queries import value

NAMED = 200  # pieces of work that a note names; what is open beyond them is counted
WAITING = Kind(
    "handover.waiting",
    mark("Shifts to take over"),
    mark("Take over the shift of %(name)s"),
    Role.OPERATIONS_SUPERVISOR,
    lambda note_id: reverse("admin:handover_handovernote_change", args=[note_id]),
    "G2",
)
SENT_BACK = Kind(
    "handover.sent_back",
    mark("Handovers to write again"),
    mark("%(name)s sent your handover back: %(answer)s"),
    Role.OPERATIONS_SUPERVISOR,
    lambda note_id: reverse("admin:handover_new"),
    "G2",
)


@transaction.atomic
def give_shift(*, desk: str, remark: str, remarks: Mapping[str, str], actor: Actor, now: datetime) -> HandoverNote:
    """Write down what the desk leaves open, and sign it: the next shift is asked to take over.

    `remarks` are by the work items' public ids. What the actor has claimed stays theirs until somebody takes over.

    Raises: Forbidden (no permission, or not the actor's desk), Conflict `handover_waiting`.
    SOP: G2
    """
    actor.require(GIVE)
    if actor.staff_id is None or desk not in actor.roles:
        raise Forbidden()
    if HandoverNote.objects.filter(desk=desk, given_by=actor.staff_id, state=HandoverState.GIVEN).exists():
        raise Conflict(mark("Your last handover of this desk is not answered yet."), code="handover_waiting")
    open_ = left_open(actor, desk, until=now + value(HORIZON))
    note = HandoverNote.objects.create(
        desk=desk,
        given_by_id=actor.staff_id,
        given_at=now,
        remark=remark,
        more=max(0, open_.count() - NAMED),
        accept_by=now + value(ACCEPT_WITHIN),
    )
    HandoverLine.objects.bulk_create(
        HandoverLine(
            note=note,
            item=item,
            due_at=item.due_at,
            claimed=item.owner_id is not None,
            remark=remarks.get(item.public_id, ""),
        )
        for item in open_[:NAMED]
    )
    record(Change("handover.given", KIND, note.public_id, after={"desk": desk}), actor=actor, now=now)
    resolve(kind=SENT_BACK.code, subject_ids=_answered(desk, actor), outcome="written_again", actor=actor, now=now)
    name = {"name": actor.label}
    raise_item(Work(WAITING.code, KIND, note.public_id, note.accept_by, role=desk, params=name), now=now)
    return note


@transaction.atomic
def accept_shift(*, note_id: int, actor: Actor, now: datetime) -> HandoverNote:
    """Take the shift over: what the giver had claimed and not finished is the receiver's from now on.

    Raises: NotFound, Forbidden (another desk, or work of shops that are not the actor's), Conflict `own_handover`,
    IllegalTransition.
    SOP: G2
    """
    note = _answer(note_id, "accept", actor, now)
    claimed = list(note.lines.filter(claimed=True).values_list("item", flat=True))
    assert note.answered_by_id is not None
    pass_on(item_ids=claimed, giver_id=note.given_by_id, receiver_id=note.answered_by_id, now=now)
    record(Change("handover.accepted", KIND, note.public_id, after={"passed_on": len(claimed)}), actor=actor, now=now)
    return note


@transaction.atomic
def send_back(*, note_id: int, reason: str, actor: Actor, now: datetime) -> HandoverNote:
    """Refuse to take over until the giver has cleared up what is unclear; it becomes the giver's work.

    Raises: NotFound, Forbidden, Conflict `own_handover`, IllegalTransition.
    SOP: G2
    """
    note = _answer(note_id, "send_back", actor, now, answer=reason)
    record(Change("handover.sent_back", KIND, note.public_id, reason=reason), actor=actor, now=now)
    words = {"name": actor.label, "answer": reason}
    due_at = now + value(ACCEPT_WITHIN)
    back = Work(SENT_BACK.code, KIND, note.public_id, due_at, role=note.desk, params=words, owner_id=note.given_by_id)
    raise_item(back, now=now)
    return note


def _answer(note_id: int, step: str, actor: Actor, now: datetime, *, answer: str = "") -> HandoverNote:
    note = lock_one(HandoverNote.objects.filter(pk=note_id))
    transition = HANDOVER_LIFECYCLE.enter(step, note.state, actor)
    if actor.staff_id is None or note.desk not in actor.roles or names_other_shops(note, actor):
        raise Forbidden()
    if actor.staff_id == note.given_by_id:
        raise Conflict(mark("Somebody else takes over what you hand over."), code="own_handover")
    note.state, note.answer = transition.target or note.state, answer
    note.answered_by_id, note.answered_at = actor.staff_id, now
    note.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    resolve(kind=WAITING.code, subject_ids=[note.public_id], outcome=note.state, actor=actor, now=now)
    return note


def _answered(desk: str, actor: Actor) -> list[str]:
    """The giver's notes that came back."""
    notes = HandoverNote.objects.filter(desk=desk, given_by=actor.staff_id, state=HandoverState.SENT_BACK)
    return list(notes.values_list("public_id", flat=True))
