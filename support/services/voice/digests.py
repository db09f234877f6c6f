"""The daily digest: which problems customers had, as a Pareto, and the work that frequent ones make for other desks."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Sum
from django.utils import translation

from opsdesk.accounts.roles import Role
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import SYSTEM
from opsdesk.common.text import inner, mark
from opsdesk.notifications.services import Message as Told
from opsdesk.notifications.services import Telling, tell_roles
from opsdesk.parameters.queries import value
from opsdesk.shops.models import Shop
from support.enums.tickets import TicketType
from support.models import DailyDigest, Problem, Survey, Ticket, TicketClock, TicketProblem
from support.parameters.voice import PROBLEM_TICKETS, PROBLEM_WINDOW
from support.queries.voice import problems as queries
from support.rules.sla.hours import DAY, day_of, midnight
from support.rules.tickets.lifecycle import OPEN
from support.rules.voice.problems import problem_of
from support.services.voice.acting import open_action

KIND = "daily_digest"
BEFORE = 7  # days with which a day is compared
NEWS = mark("%(shop)s, %(day)s: %(opened)s tickets; most of them: %(top)s")


def digest_yesterday(*, now: datetime) -> int:
    """Write the digest of the day that is over for every shop, where it is not written yet. Returns how many. SOP: S12"""
    day = day_of(now) - DAY
    written = set(DailyDigest.objects.filter(day=day).values_list("shop", flat=True))
    shops = Shop.objects.exclude(pk__in=written).order_by("pk")
    return sum(write_digest(shop=shop, day=day, now=now) is not None for shop in shops)


@transaction.atomic
def write_digest(*, shop: Shop, day: date, now: datetime) -> DailyDigest | None:
    """Say which problem each ticket of the day has, count them, and raise work for those that come too often. None when it
    was written before.

    SOP: S12
    """
    start, end = midnight(day), midnight(day + DAY)
    find_problems(shop_id=shop.pk, start=midnight(day - BEFORE * DAY), end=end)
    columns = _figures(shop.pk, start, end) | {"lines": _lines(shop.pk, start, end), "made_at": now}
    digest, made = DailyDigest.objects.get_or_create(shop=shop, day=day, defaults=columns)
    if not made:
        return None
    record(
        Change("support.digest_written", KIND, digest.public_id, shop.code, after={"count": digest.opened}),
        actor=SYSTEM,
        now=now,
    )
    _raise_work(digest, end, now)
    _tell(digest, now)
    return digest


def find_problems(*, shop_id: int, start: datetime, end: datetime) -> int:
    """Say which problem the period's tickets have, where nothing is said yet. Returns how many got one. SOP: S12"""
    watched, count = queries.watched(), 0
    for tickets in queries.unread_texts(shop_id, start, end) if watched else ():
        found = [(ticket, problem_of(text, watched)) for ticket, text in tickets]
        rows = [
            TicketProblem(ticket=ticket, problem_id=key, shop_id=shop_id, opened_at=ticket.opened_at)
            for ticket, key in found
            if key
        ]
        TicketProblem.objects.bulk_create(rows, ignore_conflicts=True)
        count += len(rows)
    return count


def _figures(shop_id: int, start: datetime, end: datetime) -> dict[str, int]:
    tickets = Ticket.objects.filter(shop=shop_id, is_test=False)
    rated = Survey.objects.filter(shop=shop_id, answered_at__gte=start, answered_at__lt=end)
    stars = rated.aggregate(n=Count("pk"), total=Sum("stars"))
    breached = TicketClock.objects.filter(ticket__shop=shop_id, ticket__is_test=False, due_at__gte=start, due_at__lt=end)
    return {
        "opened": queries.opened_between(shop_id, start, end).count(),
        "resolved": tickets.filter(resolved_at__gte=start, resolved_at__lt=end).count(),
        "waiting": tickets.filter(state__in=OPEN).count(),
        "breached": breached.filter(breached_at__isnull=False).count(),
        "rated": stars["n"],
        "stars": stars["total"] or 0,
    }


def _lines(shop_id: int, start: datetime, end: datetime) -> list[dict[str, Any]]:
    """The day's problems and types, most tickets first, beside the mean of the days before."""
    today, earlier = queries.counts_by_line(shop_id, start, end), queries.counts_by_line(shop_id, start - BEFORE * DAY, start)
    products, names = queries.products_by_line(shop_id, start, end), dict(Problem.objects.values_list("pk", "name"))
    return [
        {
            "problem": problem,
            "type": type_,
            "name": names[problem] if problem else str(TicketType(type_).value),
            "count": count,
            "mean_before": round(earlier[problem, type_] / BEFORE, 1),
            "products": products.get((problem, type_), []),
        }
        for (problem, type_), count in sorted(today.items(), key=lambda item: (-item[1], str(item[0])))
    ]


def _raise_work(digest: DailyDigest, end: datetime, now: datetime) -> None:
    """A measure is wanted for each problem of the day that came often in the days up to its end and has none yet."""
    window, least = value(PROBLEM_WINDOW), value(PROBLEM_TICKETS)
    busy = set(queries.open_actions(digest.shop_id).values_list("problem", flat=True))
    lately = queries.counts_by_line(digest.shop_id, end - window, end)
    products = queries.products_by_line(digest.shop_id, end - window, end)
    for line in digest.lines:
        key = line["problem"]
        if key and key not in busy and lately[key, ""] >= least:
            open_action(digest=digest, problem_id=key, until=end, products=products.get((key, ""), []), now=now)


def _named(line: Mapping[str, Any]) -> Any:
    """A problem by its name, a type in the reader's language."""
    if line["problem"]:
        return line["name"]
    with translation.override("en"):
        return inner(str(TicketType(line["type"]).label))


def _tell(digest: DailyDigest, now: datetime) -> None:
    """Supervisors read it; a day without tickets is not told."""
    if digest.lines:
        params = {
            "shop": digest.shop.name,
            "day": digest.day.isoformat(),
            "opened": digest.opened,
            "top": _named(digest.lines[0]),
        }
        told = Told(KIND, digest.public_id, NEWS, KIND, digest.public_id, params)
        roles = (Role.OPERATIONS_SUPERVISOR, Role.PRODUCT_SUPERVISOR)
        tell_roles([Telling(told, role, digest.shop_id) for role in roles], now=now)
