"""What the page of a ticket and the home page show of service levels."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse

from opsdesk.common.actors import Actor
from support.admin.sla.clocks import COLOURS, budget_context
from support.admin.sla.pages import shown_span
from support.admin.sla.promises import COLOURS as PROMISE_COLOURS
from support.enums.sla import BudgetDesk, PromiseState
from support.enums.tickets import TicketType
from support.models import Ticket
from support.queries.sla.clocks import of_tickets, state_at
from support.queries.sla.promises import of_ticket
from support.rules.sla.promises import GIVE
from support.services.sla.grounds import PERMISSION
from support.services.sla.promises import CLOSED


def ticket_panel(ticket: Ticket, actor: Actor, now: datetime) -> Mapping[str, Any]:
    """The clocks and promises of a ticket, with the way to the next one. SOP: S3, S9"""
    clocks = [
        {"clock": row, "state": state_at(row, now), "colour": COLOURS[state_at(row, now)], "took": shown_span(row.spent_ms)}
        for row in of_tickets([ticket.pk])
    ]
    promises = list(of_ticket(ticket.pk))
    may_give = actor.can(GIVE) and ticket.state not in CLOSED and not any(row.state == PromiseState.OPEN for row in promises)
    complaint = ticket.type == TicketType.COMPLAINT and actor.can(PERMISSION)
    return {
        "clocks": clocks,
        "promises": [{"promise": row, "colour": PROMISE_COLOURS[PromiseState(row.state)]} for row in promises],
        "give_url": reverse("admin:support_promise_give", args=[ticket.public_id]) if may_give else "",
        "grounds_url": reverse("admin:support_complaintreview_write", args=[ticket.public_id]) if complaint else "",
    }


def home_block(actor: Actor, now: datetime) -> Mapping[str, Any]:
    """The average answer of the shift, shop by shop. SOP: S4a"""
    return {"by": BudgetDesk.SHOP, **budget_context(BudgetDesk.SHOP, actor, now)}
