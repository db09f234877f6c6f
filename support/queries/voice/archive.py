"""Finding archived tickets again, and counting tickets of periods."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, F, QuerySet

from opsdesk.common.actors import SYSTEM, Actor
from support.enums.sla import ClockKind
from support.enums.tickets import TicketState
from support.models import ArchiveEntry, ComplaintReview, Message, ReportTask, Survey, Ticket, TicketClock, VoiceReport
from support.queries.surveys.figures import content
from support.queries.voice.problems import opened_between
from support.rules.knowledge.retrieval import terms

READ = 60_000  # characters of a conversation
CAUSES = 20
PERIODS = 12  # of a trend


def visible_to(actor: Actor) -> QuerySet[ArchiveEntry]:
    """The archive of the shops that the actor sees."""
    rows = ArchiveEntry.objects.all()
    return rows if actor.shop_ids is None else rows.filter(shop__in=actor.shop_ids)


def saying(rows: QuerySet[ArchiveEntry], text: str) -> QuerySet[ArchiveEntry]:
    """Those in which all of the words, or of the neighbouring pairs of Chinese characters, stand; a single character finds
    nothing. By the index of terms. SOP: S13"""
    asked = terms(text)
    return rows.filter(terms__contains=asked) if asked else rows.none()


def unfiled(limit: int, *, after: int) -> list[Ticket]:
    """Archived tickets that are not in the archive yet, of those after a key, oldest first."""
    rows = Ticket.objects.filter(state=TicketState.ARCHIVED, archived_at__isnull=False, archived=None, pk__gt=after)
    return list(rows.select_related("shop", "problem", "assignee").order_by("pk")[:limit])


def conversations(ticket_ids: Iterable[int]) -> Mapping[int, str]:
    """All that was said in tickets and in those that went into them, notes included. One statement."""
    texts: dict[int, str] = defaultdict(str)
    keys = list(ticket_ids)
    own = Message.objects.filter(ticket__in=keys).annotate(of=F("ticket"))
    merged = Message.objects.filter(ticket__merged_into__in=keys).annotate(of=F("ticket__merged_into"))
    for rows in (own, merged):
        for ticket_id, body in rows.order_by("pk").values_list("of", "body"):
            texts[ticket_id] = f"{texts[ticket_id]}\n{body}"[:READ]
    return texts


def causes(ticket_ids: Iterable[int]) -> Mapping[int, str]:
    """The root causes of complaints."""
    return dict(ComplaintReview.objects.filter(ticket__in=list(ticket_ids)).values_list("ticket", "root_cause"))


def last_stars(ticket_ids: Iterable[int]) -> Mapping[int, tuple[int, str]]:
    """The stars that each ticket got last, and the comment."""
    rows: Any = Survey.objects.filter(ticket__in=list(ticket_ids), stars__isnull=False).order_by("answered_at")
    return {ticket: (stars, comment) for ticket, stars, comment in rows.values_list("ticket", "stars", "comment")}


def visible_reports(actor: Actor) -> QuerySet[VoiceReport]:
    """The reports of the shops that the actor sees."""
    rows = VoiceReport.objects.all()
    return rows if actor.shop_ids is None else rows.filter(shop__in=actor.shop_ids)


def series(report: VoiceReport) -> list[VoiceReport]:
    """The report and those of the same kind before it, oldest first; at most PERIODS. SOP: S21"""
    rows = visible_reports(SYSTEM).filter(shop=report.shop_id, kind=report.kind, first__lte=report.first)
    return list(rows.order_by("-first")[:PERIODS])[::-1]


def tasks_before(report: VoiceReport) -> QuerySet[ReportTask]:
    """What earlier reports of the shop asked for and is not done yet, oldest first."""
    rows = ReportTask.objects.filter(report__shop=report.shop_id, report__first__lt=report.first, done_at=None)
    return rows.select_related("report").order_by("pk")


def counts(shop_id: int, start: datetime, end: datetime) -> dict[str, Counter[str]]:
    """How many tickets of the period by type, product, channel and cause (the problem). Four statements."""
    columns = {"type": "type", "product": "product__code", "channel": "channel", "cause": "problem__problem__name"}
    rows = opened_between(shop_id, start, end)
    found = {}
    for section, column in columns.items():
        kept = rows.exclude(**{column: None}).order_by().values_list(column).annotate(n=Count("pk"))
        found[section] = Counter(dict(kept))
    return found


def figures(shop_id: int, start: datetime, end: datetime) -> dict[str, Any]:
    """The period as a whole: tickets, how many were reopened, deadlines kept, and stars."""
    rows = opened_between(shop_id, start, end)
    clocks = TicketClock.objects.filter(ticket__in=rows.values("pk"), kind=ClockKind.SOLUTION).exclude(met_at=None)
    stars = content(Survey.objects.filter(shop=shop_id), start, end)
    return {
        "tickets": rows.count(),
        "reopened": rows.filter(resolutions__gt=1).count(),
        "solved": clocks.count(),
        "solved_in_time": clocks.filter(breached_at=None).count(),
        "asked": stars.asked,
        "answered": stars.answered,
        "response": stars.rate,
        "mean": round(stars.mean, 2) if stars.mean is not None else None,
    }


def root_causes(shop_id: int, start: datetime, end: datetime) -> list[dict[str, str]]:
    """What the complaints of the period taught, newest first."""
    rows = ComplaintReview.objects.filter(ticket__shop=shop_id, written_at__gte=start, written_at__lt=end).order_by("-pk")
    columns = rows.values_list("ticket__number", "root_cause", "prevention")[:CAUSES]
    return [{"number": number, "root_cause": cause, "prevention": prevention} for number, cause, prevention in columns]
