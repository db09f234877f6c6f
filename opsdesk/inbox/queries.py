"""Queues of work."""

from datetime import datetime

from django.db.models import Q, QuerySet

from opsdesk.common.actors import Actor
from opsdesk.inbox.models import WorkItem


def queue_for(actor: Actor) -> QuerySet[WorkItem]:
    """Everything open that the actor's roles must do in the actor's shops, and what they claimed, earliest due first."""
    items = WorkItem.objects.filter(closed_at=None).filter(Q(role__in=actor.roles) | Q(owner=actor.staff_id))
    if actor.shop_ids is not None:
        items = items.filter(Q(shop=None) | Q(shop__in=actor.shop_ids))
    return items.select_related("shop", "owner").order_by("due_at", "id")


def open_for(subject_kind: str, subject_id: str) -> QuerySet[WorkItem]:
    """The open items of one subject, earliest due first."""
    items = WorkItem.objects.filter(subject_kind=subject_kind, subject_id=subject_id, closed_at=None)
    return items.select_related("owner").order_by("due_at", "id")


def due_for_escalation(now: datetime) -> QuerySet[WorkItem]:
    """Open items whose next step on the ladder is due."""
    return WorkItem.objects.filter(closed_at=None, next_step_at__lte=now)
