"""Named reads of tickets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Max, Q, QuerySet, When
from django.db.models.functions import Now

from opsdesk.accounts.models import User
from opsdesk.accounts.queries import holders
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import Actor
from opsdesk.files.models import StoredFile
from opsdesk.parameters.queries import value
from support.enums.knowledge import BotState
from support.enums.tickets import TicketState
from support.models import Message, Team, Ticket, TicketLink, TriageRule, Viewing
from support.parameters.tickets import ARCHIVE_AFTER, REOPEN_TIME
from support.queries.sla.clocks import next_due
from support.rules.tickets.lifecycle import OPEN
from support.rules.tickets.triage import Agent, Rule

STILL_LOOKING = timedelta(seconds=20)
OVERTAKEN = 100  # messages that a slow transaction may come after
COMMITTED_BY = timedelta(seconds=30)
QUEUE, MOST = 60, 500
WITH_BOT = Q(bot_talk__state=BotState.TALKING)


def visible_to(actor: Actor) -> QuerySet[Ticket]:
    """The tickets of the shops that the actor sees."""
    rows = Ticket.objects.all()
    return rows if actor.shop_ids is None else rows.filter(shop__in=actor.shop_ids)


def with_details(rows: QuerySet[Ticket]) -> QuerySet[Ticket]:
    """Tickets with all that their answer shows."""
    return rows.select_related("shop", "customer", "order", "product", "team", "assignee", "merged_into", "bot_talk")


def conversation(ticket: Ticket) -> QuerySet[Message]:
    """What was said in the ticket and in those that were merged into it, oldest first."""
    rows = Message.objects.filter(Q(ticket=ticket) | Q(ticket__merged_into=ticket))
    return rows.select_related("author", "ticket").prefetch_related("files").order_by("said_at", "id")


def public_messages(ticket: Ticket) -> QuerySet[Message]:
    """What the customer and we said to each other: no notes."""
    return Message.objects.filter(ticket=ticket, public=True).prefetch_related("files")


def rules_in_force() -> list[Rule]:
    """The triage rules, in their order."""
    rows = TriageRule.objects.filter(active=True).order_by("position", "id")
    return [
        Rule(row.channel, row.words, row.order_state, row.stage, row.type, row.priority, row.team_id)  # type: ignore[attr-defined]
        for row in rows
    ]


def team_of(team_id: int | None) -> Team | None:
    """The team, if it is active; without one, the only active team, if there is only one."""
    rows = Team.objects.filter(active=True)
    found = list(rows.filter(pk=team_id) if team_id else rows[:2])
    return found[0] if len(found) == 1 else None


def agents_of(team: Team, there: set[int]) -> list[Agent]:
    """The team's members who are there, with their open tickets and when they got the last one."""
    members = set(team.members.filter(is_active=True, pk__in=there).values_list("pk", flat=True))
    rows = Ticket.objects.filter(assignee__in=members, state__in=OPEN).values("assignee")
    load = {row["assignee"]: row for row in rows.annotate(n=Count("pk"), last=Max("opened_at"))}
    return [Agent(pk, load[pk]["n"], load[pk]["last"]) if pk in load else Agent(pk, 0, None) for pk in members]


def agents(shop_id: int) -> QuerySet[User]:
    """Who may be given a ticket of a shop. SOP: S5"""
    return (holders(Role.CUSTOMER_SERVICE, shop_id) | holders(Role.OPERATIONS_SUPERVISOR, shop_id)).distinct()


def to_archive(now: datetime) -> QuerySet[Ticket]:
    """What nobody needs at hand any more: confirmed by the customer, or answered by the bot without the customer coming
    back."""
    confirmed = Q(state=TicketState.CONFIRMED, confirmed_at__lt=now - value(ARCHIVE_AFTER))
    answered = Q(state=TicketState.RESOLVED, bot_talk__state=BotState.ANSWERED, resolved_at__lt=now - value(REOPEN_TIME))
    return Ticket.objects.filter(confirmed | answered)


def by_channel_message(external_ids: Sequence[str], shop_id: int) -> Message | None:
    """The newest message of the shop that one of the channel's ids names."""
    rows = Message.objects.filter(external_id__in=[one for one in external_ids if one], ticket__shop=shop_id)
    return rows.select_related("ticket").order_by("-pk").first()


@dataclass(frozen=True)
class Waiting:
    """A ticket of a queue, and when its next running clock is due, if one runs."""

    ticket: Ticket
    due: datetime | None


@dataclass(frozen=True)
class Queues:
    """What the left side of the workbench shows."""

    own: Sequence[Waiting]
    team: Sequence[Waiting]
    unassigned: Sequence[Waiting]
    bot: Sequence[Waiting]


def queues(actor: Actor) -> Queues:
    """Open tickets of the agent, of the agent's teams, of nobody, and those that the bot talks about; each the first ones by
    who waits longest."""
    rows = visible_to(actor).filter(state__in=OPEN).select_related("assignee", "shop")
    teams = list(Team.objects.filter(members=actor.staff_id).values_list("pk", flat=True))
    mine = rows.filter(assignee=actor.staff_id)
    others = rows.filter(team__in=teams).exclude(assignee=actor.staff_id).exclude(assignee=None)
    nobodys = rows.filter(assignee=None)
    return Queues(_first(mine), _first(others), _first(nobodys.exclude(WITH_BOT)), _first(nobodys.filter(WITH_BOT)))


def _first(rows: QuerySet[Ticket]) -> Sequence[Waiting]:
    """The first of a queue: by the next due time where a clock runs, else who waits for us before who does not, the longest
    wait first. Of a queue with more than MOST tickets only the longest waits are looked at."""
    waits = Case(When(last_outgoing_at__gte=F("last_incoming_at"), then=1), default=0, output_field=IntegerField())
    found = list(rows.annotate(answered=waits).order_by("answered", F("last_incoming_at").asc(nulls_last=True), "id")[:MOST])
    due = next_due(row.pk for row in found)
    waiting = [Waiting(row, due.get(row.pk)) for row in found]
    return sorted(waiting, key=lambda row: row.due.timestamp() if row.due else inf)[:QUEUE]


def feed(actor: Actor, *, after: int) -> Sequence[dict[str, Any]]:
    """Customers' messages to people after this one: what the open workbench announces. Two indexes, no count.

    A message may be committed after one with a higher number: the last few are told again, and the page knows what it has
    shown.
    """
    shops = {} if actor.shop_ids is None else {"ticket__shop__in": actor.shop_ids}
    late = Q(pk__gt=after - OVERTAKEN, created_at__gt=Now() - COMMITTED_BY)
    rows = Message.objects.filter(Q(pk__gt=after) | late, pk__gt=after - OVERTAKEN, direction="in", **shops)
    rows = rows.exclude(ticket__bot_talk__state=BotState.TALKING).order_by("pk")
    columns = ("pk", "ticket__public_id", "ticket__number", "ticket__subject", "ticket__channel", "ticket__assignee")
    return list(rows.values(*columns)[: OVERTAKEN + 50])


def newest_messages() -> list[int]:
    """Where the feed stands: the last few messages, newest first; 0 alone when there is none."""
    return list(Message.objects.order_by("-pk").values_list("pk", flat=True)[:OVERTAKEN]) or [0]


def lookers(ticket_id: int, *, besides: int | None, now: datetime) -> list[str]:
    """Who else has the ticket open. SOP: S2"""
    rows = Viewing.objects.filter(ticket=ticket_id, seen_at__gt=now - STILL_LOOKING).exclude(user=besides)
    return list(rows.order_by("user").values_list("user__username", flat=True))


def since(ticket: Ticket, *, message_id: int, besides: int | None) -> QuerySet[Message]:
    """What others said after this message."""
    return conversation(ticket).filter(pk__gt=message_id).exclude(author_kind="agent", author=besides)


def links_of(ticket: Ticket) -> QuerySet[TicketLink]:
    """What else the ticket speaks of."""
    return TicketLink.objects.filter(ticket=ticket).order_by("pk")


def of_order(order_id: str, actor: Actor) -> Sequence[Ticket]:
    """The tickets of an order, newest first."""
    return list(visible_to(actor).filter(order__public_id=order_id).select_related("assignee").order_by("-pk")[:20])


def of_target(kind: str, target: str, actor: Actor) -> Sequence[Ticket]:
    """The tickets that are linked to something, newest first."""
    return list(
        visible_to(actor).filter(links__kind=kind, links__target=target).select_related("assignee").order_by("-pk")[:20]
    )


def may_have_file(actor: Actor, file: StoredFile) -> bool:
    """Attachments are for those who see their ticket."""
    tickets = visible_to(actor).filter(messages__files=file)
    return actor.can("support.view_ticket") and tickets.exists()
