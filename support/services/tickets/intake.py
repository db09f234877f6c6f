"""Taking in what a customer wants: the ticket, its first message, what it is about and who gets it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction

from catalog.queries.lookup import product_by_code
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor, ActorKind
from opsdesk.common.errors import Invalid, Issue
from opsdesk.common.text import mark
from opsdesk.duties.definitions import SHOP_TIME
from opsdesk.shops.queries import visible_to as visible_shops
from orders.queries.links import customer_named, order_named
from support.enums.tickets import AuthorKind, Priority, Stage, TicketState, TicketType
from support.models import Ticket
from support.queries.tickets.finding import rules_in_force, team_of
from support.rules.tickets.draft import TicketDraft
from support.rules.tickets.triage import Rule, first_fitting
from support.services.bot import talking
from support.services.sla import clocks
from support.services.tickets import moving
from support.services.tickets.giving import ask_to_take, choose_agent
from support.services.tickets.writing import write_incoming

__all__ = ["TicketDraft", "open_ticket"]
Uploads = Sequence["UploadedFile[bytes]"]


@transaction.atomic(savepoint=False)
def open_ticket(draft: TicketDraft, *, files: Uploads = (), actor: Actor, now: datetime) -> Ticket:
    """Record a customer's matter: what it is about by the triage rules where the draft is silent, who gets it by workload.

    Raises: Forbidden, Invalid (unknown shop, order, customer or product: all are named), and as `keep_file`.
    SOP: S1, S2
    """
    actor.require("support.add_ticket")
    ticket = _resolved(draft, actor, now)
    _triage(ticket, draft)
    with_bot = actor.kind is ActorKind.CLIENT and draft.author_kind == AuthorKind.CUSTOMER and talking.takes(ticket)
    if draft.taken and actor.staff_id:
        ticket.assignee_id, ticket.state = actor.staff_id, TicketState.IN_PROGRESS
    elif not with_bot:
        choose_agent(ticket, now)
    ticket.number = _number(now)
    ticket.save(force_insert=True)
    if draft.body or files:
        write_incoming(ticket, draft.body, draft.author_kind, draft.external_id, now, files, actor=actor, now=now)
    clocks.ticket_opened(ticket, actor, now, with_bot=with_bot)
    after = {"number": ticket.number, "channel": ticket.channel, "type": ticket.type, "state": ticket.state}
    record(Change("support.ticket_opened", moving.KIND, ticket.public_id, ticket.shop.code, after=after), actor=actor, now=now)
    moving.tell("created", ticket, now)
    if with_bot:
        talking.begin(ticket, draft.body, now=now)
    else:
        ask_to_take(ticket, now)
    return ticket


def _resolved(draft: TicketDraft, actor: Actor, now: datetime) -> Ticket:
    """The ticket with the rows that the draft names. Raises: Invalid."""
    shop = visible_shops(actor).filter(code=draft.shop).first()
    if shop is None:
        issue = Issue("/shop", "unknown_shop", mark("There is no such shop."))
        raise Invalid(issue.message, code=issue.code, issues=[issue])
    order = order_named(draft.order, shop_id=shop.pk, actor=actor) if draft.order else None
    customer = customer_named(draft.customer, shop_id=shop.pk) if draft.customer else None
    product = product_by_code(draft.product) if draft.product else None
    issues = [
        Issue(f"/{name}", f"unknown_{name}", message)
        for name, asked, found, message in (
            ("order", draft.order, order, mark("There is no such order.")),
            ("customer", draft.customer, customer, mark("There is no such customer.")),
            ("product", draft.product, product, mark("There is no such product.")),
        )
        if asked and found is None
    ]
    if order and customer and order.customer_id not in (None, customer.pk):
        issues.append(Issue("/order", "other_customers_order", mark("This is another customer's order.")))
    if issues:
        raise Invalid(issues[0].message, code=issues[0].code, issues=issues)
    customer = customer or (order.customer if order else None)
    return Ticket(
        shop=shop,
        channel=draft.channel,
        stage=draft.stage,
        type=draft.type,
        priority=draft.priority,
        subject=draft.subject,
        customer=customer,
        order=order,
        product=product,
        contact=draft.contact or (_address(customer, draft.channel) if customer else ""),
        contact_name=draft.contact_name or (customer.name if customer else ""),
        opened_at=now,
        is_test=draft.is_test,
    )


def _address(customer: Any, channel: str) -> str:
    """How the channel reaches a buyer whom it did not name."""
    return str({"email": customer.email, "phone": customer.phone}.get(channel, ""))


def _triage(ticket: Ticket, draft: TicketDraft) -> None:
    """Say what the ticket is about, where the draft does not, and whose team it is. SOP: S5"""
    order_state = ticket.order.status if ticket.order else ""
    rule = first_fitting(
        rules_in_force(), channel=draft.channel, text=f"{draft.subject}\n{draft.body}", order_state=order_state
    )
    found = rule or Rule()
    default = Stage.AFTER_SALE if order_state in ("shipped", "completed") else Stage.IN_SALE if ticket.order else Stage.PRE_SALE
    ticket.stage = ticket.stage or found.stage or default
    ticket.type = ticket.type or found.type or TicketType.OTHER
    ticket.priority = ticket.priority or found.priority or Priority.NORMAL
    ticket.team = team_of(found.team)


def _number(now: datetime) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('support_ticket_number')")
        return f"T{now.astimezone(SHOP_TIME):%Y%m%d}{cursor.fetchone()[0]:06}"
