"""Filing archived tickets so that they are found again."""

from django.db import transaction

from support.models import ArchiveEntry, Ticket
from support.queries.voice import archive as queries
from support.rules.knowledge.retrieval import terms

BATCH = 200


def file_archived() -> int:
    """File the tickets that were archived, with the terms of all that was said; each once. Returns how many. SOP: S13"""
    count, last = 0, 0
    while tickets := queries.unfiled(BATCH, after=last):
        count += _file(tickets)
        last = tickets[-1].pk
    return count


@transaction.atomic
def _file(tickets: list[Ticket]) -> int:
    keys = [ticket.pk for ticket in tickets]
    said, causes, stars = queries.conversations(keys), queries.causes(keys), queries.last_stars(keys)
    rows = [_entry(ticket, said[ticket.pk], causes.get(ticket.pk, ""), stars.get(ticket.pk, (None, ""))) for ticket in tickets]
    ArchiveEntry.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _entry(ticket: Ticket, said: str, cause: str, rated: tuple[int | None, str]) -> ArchiveEntry:
    problem = getattr(ticket, "problem", None)
    stars, comment = rated
    assert ticket.archived_at
    return ArchiveEntry(
        ticket=ticket,
        shop=ticket.shop,
        channel=ticket.channel,
        type=ticket.type,
        solution_type=ticket.solution_type,
        product_id=ticket.product_id,
        problem_id=problem.problem_id if problem else None,
        agent=ticket.assignee,
        root_cause=cause,
        stars=stars,
        opened_at=ticket.opened_at,
        archived_at=ticket.archived_at,
        terms=terms(ticket.number, ticket.subject, said, ticket.solution, cause, comment),
    )
