"""What a shift leaves open, and who may read the notes about it."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from opsdesk.common.actors import Actor
from opsdesk.handover.models import HandoverLine, HandoverNote
from opsdesk.handover.rules import KIND, OVERSEE
from opsdesk.inbox.models import WorkItem
from opsdesk.inbox.queries import queue_for


def left_open(actor: Actor, desk: str, *, until: datetime) -> QuerySet[WorkItem]:
    """The desk's work in the actor's shops: what the actor has claimed, and what nobody has and is due by then.

    Notes about other shifts are no work of this one.
    """
    mine, nobodys = Q(owner=actor.staff_id), Q(owner=None, due_at__lte=until)
    return queue_for(actor).filter(Q(role=desk) & (mine | nobodys)).exclude(subject_kind=KIND)


def readable(notes: QuerySet[HandoverNote], actor: Actor) -> QuerySet[HandoverNote]:
    """The notes of the actor's desks and shops; overseers read those of every desk."""
    if not actor.can(OVERSEE):
        notes = notes.filter(desk__in=actor.roles)
    if actor.shop_ids is not None:
        notes = notes.exclude(Exists(_of_other_shops(actor).filter(note=OuterRef("pk"))))
    return notes


def names_other_shops(note: HandoverNote, actor: Actor) -> bool:
    """True when the note names work of a shop that is not the actor's."""
    return actor.shop_ids is not None and _of_other_shops(actor).filter(note=note).exists()


def _of_other_shops(actor: Actor) -> QuerySet[HandoverLine]:
    return HandoverLine.objects.exclude(item__shop=None).exclude(item__shop__in=actor.shop_ids or ())
