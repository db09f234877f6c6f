"""How content customers were."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Avg, Count, Q, QuerySet

from opsdesk.common.actors import Actor
from opsdesk.parameters.queries import value
from support.models import Survey, SurveyPlan, Ticket
from support.parameters.surveys import LOW_STARS


@dataclass(frozen=True)
class Content:
    """Answers of a period: how many were asked and answered, the mean, and how many gave 1 to 5 stars."""

    asked: int
    answered: int
    mean: float | None
    stars: Sequence[tuple[int, int]]

    @property
    def rate(self) -> int:
        """How many of those who were asked have answered, in percent."""
        return 100 * self.answered // self.asked if self.asked else 0


@dataclass(frozen=True)
class Wave:
    """One sending of a periodic survey and its answers; `change` is the mean's change since the one before."""

    no: int
    sent_at: datetime
    found: Content
    change: float | None


def visible_to(actor: Actor) -> QuerySet[Survey]:
    """The surveys of the shops that the actor sees."""
    rows = Survey.objects.all()
    return rows if actor.shop_ids is None else rows.filter(shop__in=actor.shop_ids)


def content(rows: QuerySet[Survey], start: datetime, end: datetime) -> Content:
    """What of these was sent in the period, without tests. One statement. SOP: S11"""
    return _content(rows.filter(sent_at__gte=start, sent_at__lt=end, is_test=False).aggregate(**_COUNTS))


def by_agent(actor: Actor, start: datetime, end: datetime) -> list[dict[str, Any]]:
    """The mean stars of each agent whose solutions were answered in the period, the lowest first. SOP: S11"""
    rows = visible_to(actor).filter(sent_at__gte=start, sent_at__lt=end, is_test=False, stars__isnull=False)
    found = rows.exclude(agent=None).values("agent__username")
    means = found.annotate(answers=Count("pk"), mean=Avg("stars"), low=Count("pk", filter=Q(stars__lte=value(LOW_STARS))))
    return [dict(row) for row in means.order_by("mean", "agent__username")]


def waves_of(plan: SurveyPlan, actor: Actor) -> Sequence[Wave]:
    """The sendings of a periodic survey, the newest first, each with its change. One statement. SOP: S11"""
    answers = visible_to(actor).filter(wave__plan=plan).values("wave__no", "wave__sent_at")
    rows: Iterable[Any] = answers.annotate(**_COUNTS).order_by("wave__no")
    waves: list[Wave] = []
    before: float | None = None
    for row in rows:
        found = _content(row)
        change = found.mean - before if found.mean is not None and before is not None else None
        waves.append(Wave(row["wave__no"], row["wave__sent_at"], found, change))
        before = found.mean if found.mean is not None else before
    return waves[::-1]


def of_ticket(ticket: Ticket) -> Sequence[Survey]:
    """What the customer was asked about the ticket's solutions, the newest first."""
    return list(Survey.objects.filter(ticket=ticket).order_by("-pk")[:5])


_COUNTS: dict[str, Any] = {
    "asked": Count("pk"),
    "answered": Count("stars"),
    "mean": Avg("stars"),
    **{f"stars_{one}": Count("pk", filter=Q(stars=one)) for one in range(1, 6)},
}


def _content(row: dict[str, Any]) -> Content:
    stars = [(one, row[f"stars_{one}"]) for one in range(5, 0, -1)]
    return Content(row["asked"], row["answered"], row["mean"], stars)
