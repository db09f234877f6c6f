"""Named reads of surveys."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncWeek

from opsdesk.common.actors import Actor
from support.models import Survey, SurveyRound
from support.rules.sla.hours import SHANGHAI
from support.rules.voice.rating import BEST, LOWEST, Rating

STARS = range(LOWEST, BEST + 1)
LONGEST_SERIES = 24  # rounds of a trend


def visible_to(actor: Actor) -> QuerySet[Survey]:
    """The surveys of the shops that the actor sees."""
    rows = Survey.objects.all()
    return rows if actor.shop_ids is None else rows.filter(shop__in=actor.shop_ids)


def counted(rows: QuerySet[Survey]) -> QuerySet[Survey]:
    """Without those of test tickets."""
    return rows.filter(Q(ticket=None) | Q(ticket__is_test=False))


def sent_between(rows: QuerySet[Survey], start: datetime, end: datetime) -> QuerySet[Survey]:
    """What was sent in the period: an answer counts where its invitation does, so that rates compare."""
    return counted(rows).filter(sent_at__gte=start, sent_at__lt=end)


def rating(rows: QuerySet[Survey]) -> Rating:
    """All of these surveys together. One statement."""
    found: dict[str, Any] = rows.order_by().aggregate(asked=Count("pk"), **_stars())
    return Rating(found["asked"], tuple(found[f"s{star}"] for star in STARS))


def ratings_by(rows: QuerySet[Survey], column: str) -> dict[Any, Rating]:
    """These surveys by a column, most asked first. One statement."""
    found: Any = rows.order_by().values(cause=F(column)).annotate(asked=Count("pk"), **_stars()).order_by("-asked", "cause")
    return {row["cause"]: Rating(row["asked"], tuple(row[f"s{star}"] for star in STARS)) for row in found}


def ratings_by_week(rows: QuerySet[Survey]) -> dict[datetime, Rating]:
    """These surveys by the Shanghai week in which they were sent, oldest first. One statement."""
    return dict(sorted(ratings_by(rows.annotate(week=TruncWeek("sent_at", tzinfo=SHANGHAI)), "week").items()))


def ratings_of_rounds(round_ids: Iterable[int]) -> Mapping[int, Rating]:
    """How each round was answered. One statement."""
    found: dict[int, Rating] = defaultdict(lambda: Rating(0))
    found.update(ratings_by(Survey.objects.filter(round__in=list(round_ids)), "round"))
    return found


def series(row: SurveyRound) -> list[SurveyRound]:
    """The round and those that it follows, oldest first; at most LONGEST_SERIES. SOP: S11"""
    found = [row]
    while found[-1].previous and len(found) < LONGEST_SERIES:
        found.append(found[-1].previous)
    return found[::-1]


def rounds_of(shop_id: int) -> QuerySet[SurveyRound]:
    """The periodic surveys of a shop."""
    return SurveyRound.objects.filter(shop=shop_id)


def _stars() -> dict[str, Count]:
    return {f"s{star}": Count("pk", filter=Q(stars=star)) for star in STARS}
