"""How agents speak, as it was scored."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Avg, Count, Exists, OuterRef, Q, QuerySet

from opsdesk.common.actors import Actor
from support.enums.knowledge import ToneState
from support.enums.tickets import AuthorKind, Direction
from support.models import Message, Ticket, ToneScore


def visible_to(actor: Actor) -> QuerySet[ToneScore]:
    """The scores of the shops that the actor sees."""
    rows = ToneScore.objects.all()
    return rows if actor.shop_ids is None else rows.filter(ticket__shop__in=actor.shop_ids)


def spoken(start: datetime, end: datetime) -> QuerySet[Ticket]:
    """Conversations that ended in the period, had an agent's answer, and were not picked before; no test tickets."""
    answers = Message.objects.filter(
        ticket=OuterRef("pk"), author_kind=AuthorKind.AGENT, direction=Direction.OUTGOING, public=True
    )
    rows = Ticket.objects.filter(resolved_at__gte=start, resolved_at__lt=end, is_test=False, tone=None)
    return rows.exclude(assignee=None).filter(Exists(answers)).order_by("pk")


def conversation(score: ToneScore) -> Sequence[Message]:
    """What was said in public, oldest first."""
    return list(Message.objects.filter(ticket=score.ticket_id, public=True).order_by("pk"))


def by_agent(actor: Actor, start: datetime, end: datetime) -> list[dict[str, Any]]:
    """The mean points of each agent over the conversations scored in the period, the lowest first. SOP: S19"""
    rows = visible_to(actor).filter(scored_at__gte=start, scored_at__lt=end).values("agent__username")
    means = rows.annotate(
        conversations=Count("pk"),
        politeness_mean=Avg("politeness"),
        clarity_mean=Avg("clarity"),
        helpfulness_mean=Avg("helpfulness"),
        to_talk_over=Count("pk", filter=Q(state=ToneState.COACHING)),
    )
    return [dict(row) for row in means.order_by("politeness_mean", "agent__username")]
