"""How the bot's conversations went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from opsdesk.common.actors import Actor
from support.enums.knowledge import BotState, HandOver
from support.models import BotTalk, Ticket


@dataclass(frozen=True)
class Figures:
    """Conversations of a period: how many, how many the bot settled alone, and why it gave the others to people."""

    all: int
    talking: int
    answered: int
    handed_over: Sequence[tuple[str, int]]

    @property
    def share(self) -> int:
        """The part that the bot settled alone, in percent of those that have ended."""
        return 100 * self.answered // ended if (ended := self.all - self.talking) else 0


def visible_to(actor: Actor) -> QuerySet[BotTalk]:
    """The conversations of the shops that the actor sees."""
    rows = BotTalk.objects.all()
    return rows if actor.shop_ids is None else rows.filter(ticket__shop__in=actor.shop_ids)


def talk_of(ticket: Ticket) -> BotTalk | None:
    """The bot's conversation about a ticket."""
    return BotTalk.objects.filter(ticket=ticket).select_related("article").first()


def figures(actor: Actor, start: datetime, end: datetime) -> Figures:
    """The conversations that began in the period, without those of test tickets. One statement. SOP: S18"""
    by_reason = {f"because_{one}": Count("pk", filter=Q(reason=one)) for one in HandOver.values}
    rows = visible_to(actor).filter(ticket__opened_at__gte=start, ticket__opened_at__lt=end, ticket__is_test=False)
    found = rows.aggregate(
        all=Count("pk"),
        talking=Count("pk", filter=Q(state=BotState.TALKING)),
        answered=Count("pk", filter=Q(state=BotState.ANSWERED)),
        **by_reason,
    )
    reasons = [(str(HandOver(one).label), found[f"because_{one}"]) for one in HandOver.values if found[f"because_{one}"]]
    reasons.sort(key=lambda reason: -reason[1])
    return Figures(found["all"], found["talking"], found["answered"], reasons)
