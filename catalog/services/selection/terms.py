"""What buyers search for: recorded day by day, and proposed for selection."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from catalog.models import SearchTermCount, SelectionLine
from catalog.queries.selection.lines import open_lists
from catalog.services.selection.lines import LineDetails, add_line
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Forbidden, Invalid, Issue
from opsdesk.common.text import mark
from opsdesk.duties.definitions import SHOP_TIME
from opsdesk.imports.definitions import ParsedRow, RowResult, refused
from opsdesk.imports.enums import Outcome
from opsdesk.shops.queries import visible_to

BATCH = 5000


@dataclass(frozen=True)
class TermCount:
    """A term on one day in the shop of that code: how often it was searched, results found, results opened."""

    shop: str
    day: date
    term: str
    searches: int
    results: int
    clicks: int


@transaction.atomic
def record_terms(*, counts: Sequence[TermCount], actor: Actor, now: datetime) -> int:
    """Keep the figures of search terms; the same shop, day and term again replaces them. All of them or none.

    A fixed number of statements; returns how many were kept.
    Raises: Forbidden, Invalid (each row that is wrong is named by its position).
    SOP: C1
    """
    actor.require("catalog.add_searchtermcount")
    shops = {shop.code: shop.pk for shop in visible_to(actor)}
    issues = [issue for number, one in enumerate(counts) for issue in _wrong(number, one, shops, now)]
    if issues:
        raise Invalid(issues=issues)
    newest = {(one.shop, one.day, one.term.strip()): one for one in counts}
    rows = [
        SearchTermCount(shop_id=shops[shop], day=day, term=term, searches=one.searches, results=one.results, clicks=one.clicks)
        for (shop, day, term), one in newest.items()
    ]
    SearchTermCount.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["shop", "day", "term"],
        update_fields=["searches", "results", "clicks"],
    )
    days = sorted({one.day for one in counts})
    after = {"rows": len(rows), "from": str(days[0]) if days else "", "until": str(days[-1]) if days else ""}
    record(Change("selection.terms_recorded", "search_terms", actor.label[:40], after=after), actor=actor, now=now)
    return len(rows)


@transaction.atomic
def import_terms(*, rows: Sequence[ParsedRow], write: bool, shop_id: int, actor: Actor, now: datetime) -> Sequence[RowResult]:
    """The figures of many terms of one shop from a table; the same day and term again replaces them.

    Raises: Forbidden.
    SOP: C1
    """
    actor.require("catalog.add_searchtermcount")
    shop = {shop.pk: shop.code for shop in visible_to(actor)}.get(shop_id)
    if shop is None:
        raise Forbidden()
    counts = {row.number: replace(row.data, shop=shop) for row in rows}
    known = {(row.day, row.term): row for row in SearchTermCount.objects.filter(shop=shop_id, day__in=_days(counts.values()))}
    results = [_result(number, one, known.get((one.day, one.term)), now) for number, one in counts.items()]
    good = [counts[result.number] for result in results if result.outcome in (Outcome.CREATED, Outcome.UPDATED)]
    if write and good:
        record_terms(counts=good, actor=actor, now=now)
    return results


@transaction.atomic
def record_term(*, count: TermCount, actor: Actor, now: datetime) -> SearchTermCount:
    """Keep the figures of one term. Raises: Forbidden, Invalid. SOP: C1"""
    record_terms(counts=[count], actor=actor, now=now)
    return SearchTermCount.objects.get(shop__code=count.shop, day=count.day, term=count.term.strip())


@transaction.atomic
def propose_term(*, term: str, list_id: int | None = None, actor: Actor, now: datetime) -> SelectionLine:
    """Put a term that buyers search for as an idea on a list: the one named, else the newest that is still a draft.

    Raises: Forbidden, NotFound, IllegalTransition, Conflict (no list is open, the term is on it already), Invalid.
    SOP: C1
    """
    actor.require("catalog.change_selectionlist")
    if not term.strip() or not SearchTermCount.objects.filter(term=term, shop__in=visible_to(actor)).exists():
        raise Invalid(mark("Nobody has searched for this term."), code="unknown_term")
    chosen = list_id or open_lists().values_list("pk", flat=True).first()
    if chosen is None:
        raise Conflict(mark("No selection list is open; begin one first."), code="no_open_list")
    return add_line(list_id=chosen, details=LineDetails(idea=term, search_term=term), actor=actor, now=now)


def _days(counts: Iterable[TermCount]) -> set[date]:
    return {one.day for one in counts}


def _result(number: int, one: TermCount, known: SearchTermCount | None, now: datetime) -> RowResult:
    """What becomes of one row of a table."""
    issues = [replace(issue, pointer=issue.pointer.removeprefix("/0")) for issue in _wrong(0, one, {one.shop: 0}, now)]
    if issues:
        return refused(number, one.term, *issues)
    if known is None:
        return RowResult(number, Outcome.CREATED, one.term)
    same = (known.searches, known.results, known.clicks) == (one.searches, one.results, one.clicks)
    return RowResult(number, Outcome.EXISTING if same else Outcome.UPDATED, one.term)


def _wrong(number: int, one: TermCount, shops: dict[str, int], now: datetime) -> list[Issue]:
    start, issues = f"/{number}", []
    if one.shop not in shops:
        issues.append(Issue(f"{start}/shop", "unknown_shop", mark("There is no shop %(shop)s."), {"shop": one.shop}))
    if not one.term.strip():
        issues.append(Issue(f"{start}/term", "required", mark("This field is required.")))
    if one.day > now.astimezone(SHOP_TIME).date():
        issues.append(Issue(f"{start}/day", "date_out_of_range", mark("This day has not come yet.")))
    for name in ("searches", "results", "clicks"):
        if getattr(one, name) < 0:
            issues.append(Issue(f"{start}/{name}", "out_of_range", mark("It must not be below zero.")))
    return issues
