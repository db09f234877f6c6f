"""Named reads of problems, digests and measures."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet

from opsdesk.common.actors import Actor
from orders.queries.links import handed_over_between
from support.enums.tickets import AuthorKind, TicketState
from support.models import DailyDigest, Message, Problem, ProblemAction, Ticket, TicketProblem
from support.rules.voice.problems import Frequency, Watched, words_of

CHUNK = 500
NAMED = 5  # products of a line
READ = 20_000  # characters of a ticket's text


def visible_digests(actor: Actor) -> QuerySet[DailyDigest]:
    """The digests of the shops that the actor sees."""
    rows = DailyDigest.objects.all()
    return rows if actor.shop_ids is None else rows.filter(shop__in=actor.shop_ids)


def watched() -> list[Watched]:
    """The problems in force, in their order."""
    rows = Problem.objects.filter(active=True).order_by("position", "pk")
    return [Watched(row.pk, row.name, words_of(row.words)) for row in rows]


def opened_between(shop_id: int, start: datetime, end: datetime) -> QuerySet[Ticket]:
    """The shop's tickets that were opened in the period: no test tickets, and none that went into another."""
    rows = Ticket.objects.filter(shop=shop_id, opened_at__gte=start, opened_at__lt=end, is_test=False)
    return rows.exclude(state=TicketState.MERGED)


def unread_texts(shop_id: int, start: datetime, end: datetime) -> Iterator[list[tuple[Ticket, str]]]:
    """The period's tickets without a problem, with their subject and what the customer wrote; chunk by chunk."""
    rows = opened_between(shop_id, start, end).filter(problem=None).order_by("pk")
    last = 0
    while found := list(rows.filter(pk__gt=last)[:CHUNK]):
        said = _said(row.pk for row in found)
        yield [(row, f"{row.subject}\n{said[row.pk]}") for row in found]
        last = found[-1].pk


def _said(ticket_ids: Iterable[int]) -> Mapping[int, str]:
    texts: dict[int, str] = defaultdict(str)
    rows = Message.objects.filter(ticket__in=list(ticket_ids), public=True, author_kind=AuthorKind.CUSTOMER).order_by("pk")
    for ticket_id, body in rows.values_list("ticket", "body"):
        texts[ticket_id] = f"{texts[ticket_id]}\n{body}"[:READ]
    return texts


def counts_by_line(shop_id: int, start: datetime, end: datetime) -> Counter[tuple[int | None, str]]:
    """How many tickets each problem had; of tickets without one, each type."""
    rows = opened_between(shop_id, start, end).values("problem__problem", "type").annotate(n=Count("pk"))
    found: Counter[tuple[int | None, str]] = Counter()
    for row in rows.order_by():
        key = row["problem__problem"]
        found[key, "" if key else row["type"]] += row["n"]
    return found


def products_by_line(shop_id: int, start: datetime, end: datetime) -> Mapping[tuple[int | None, str], list[dict[str, Any]]]:
    """The products that the tickets of each line name, the most named first."""
    rows = opened_between(shop_id, start, end).exclude(product=None)
    counted = rows.values("problem__problem", "type", "product__code").annotate(n=Count("pk")).order_by("-n", "product__code")
    found: dict[tuple[int | None, str], Counter[str]] = defaultdict(Counter)
    for row in counted:
        key = row["problem__problem"]
        found[key, "" if key else row["type"]][row["product__code"]] += row["n"]
    return {key: [{"code": code, "count": n} for code, n in names.most_common(NAMED)] for key, names in found.items()}


def frequency(shop_id: int, problem_id: int, start: datetime, end: datetime) -> Frequency:
    """How often a problem came in a period, beside the orders that left the house. SOP: S12"""
    tickets = TicketProblem.objects.filter(problem=problem_id, shop=shop_id, opened_at__gte=start, opened_at__lt=end)
    seen = tickets.filter(ticket__is_test=False).exclude(ticket__state=TicketState.MERGED).count()
    return Frequency(seen, handed_over_between(shop_id, start, end))


def problem_of_ticket(ticket_id: int) -> Problem | None:
    """The problem that a ticket counts for."""
    row = TicketProblem.objects.filter(ticket=ticket_id).select_related("problem").first()
    return row.problem if row else None


def open_actions(shop_id: int) -> QuerySet[ProblemAction]:
    """The shop's measures that are not closed."""
    return ProblemAction.objects.filter(shop=shop_id, closed_at=None)


def open_actions_of_all() -> QuerySet[ProblemAction]:
    """The measures of all shops that are not closed."""
    return ProblemAction.objects.filter(closed_at=None)


def tickets_of_line(
    digest: DailyDigest, start: datetime, end: datetime, *, problem: int | None, type_: str
) -> QuerySet[Ticket]:
    """The tickets behind one line of a digest, newest first."""
    rows = opened_between(digest.shop_id, start, end)
    rows = rows.filter(problem__problem=problem) if problem else rows.filter(problem=None, type=type_)
    return rows.order_by("-pk")
