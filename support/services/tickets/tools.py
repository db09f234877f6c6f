"""What supervisors set for the desk: triage rules and canned replies; and what agents note: links, that they look."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from catalog.queries.lookup import product_by_code
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Invalid, Issue, NotFound
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from orders.queries.links import case_named, order_named, order_states, parcels, return_named
from support.enums.desk import LinkKind
from support.models import Macro, Ticket, TicketLink, TriageRule, Viewing
from support.queries.tickets.finding import STILL_LOOKING, visible_to
from support.rules.tickets.macros import VARIABLES, filled, unknown
from support.services.tickets import moving

_RESULTS = ("stage", "type", "priority", "team_id")


@transaction.atomic(savepoint=False)
def write_rule(*, rule_id: int | None, columns: Mapping[str, Any], actor: Actor, now: datetime) -> TriageRule:
    """Write a triage rule, or write one anew.

    Raises: NotFound, Forbidden, Invalid (it decides nothing, unknown state of orders), Conflict (the name is taken).
    SOP: S5
    """
    actor.require("support.change_triagerule")
    row = lock_one(TriageRule.objects.filter(pk=rule_id)) if rule_id else TriageRule()
    for name, content in columns.items():
        setattr(row, name, content)
    if not any(getattr(row, name) for name in _RESULTS):
        raise Invalid(mark("Say what the rule decides: stage, type, priority or team."), code="decides_nothing")
    if row.order_state and row.order_state not in dict(order_states()):
        issue = Issue("/order_state", "invalid_choice", mark("There is no such state of an order."))
        raise Invalid(issue.message, code=issue.code, issues=[issue])
    if TriageRule.objects.filter(name=row.name).exclude(pk=row.pk).exists():
        raise Conflict(mark("There is a rule of this name already."), code="exists")
    row.save()
    after = {"name": row.name, "active": row.active, "type": row.type, "stage": row.stage}
    record(Change("support.triage_rule_written", "triage_rule", str(row.pk), after=after), actor=actor, now=now)
    return row


@transaction.atomic(savepoint=False)
def write_macro(*, macro_id: int | None, title: str, body: str, active: bool, actor: Actor, now: datetime) -> Macro:
    """Write a canned reply, or write one anew.

    Raises: NotFound, Forbidden, Invalid (a variable that nobody knows), Conflict (the title is taken).
    SOP: S2
    """
    actor.require("support.change_macro")
    row = lock_one(Macro.objects.filter(pk=macro_id)) if macro_id else Macro()
    if wrong := unknown(body):
        message = mark("There is no variable %(name)s. Possible are: %(known)s.")
        params = {"name": f"{{{wrong[0]}}}", "known": ", ".join(f"{{{name}}}" for name in VARIABLES)}
        issue = Issue("/body", "unknown_variable", message, params)
        raise Invalid(message, code=issue.code, issues=[issue], name=params["name"], known=params["known"])
    if Macro.objects.filter(title=title).exclude(pk=row.pk).exists():
        raise Conflict(mark("There is a canned reply of this title already."), code="exists")
    row.title, row.body, row.active = title, body, active
    row.save()
    after = {"title": title, "active": active}
    record(Change("support.macro_written", "macro", str(row.pk), after=after), actor=actor, now=now)
    return row


def fill_macro(macro: Macro, ticket: Ticket) -> tuple[str, list[str]]:
    """A canned reply for this ticket, and the variables that it has nothing for."""
    found = parcels(ticket.order_id) if ticket.order_id else []
    values = {
        "customer_name": ticket.contact_name or (ticket.customer.name if ticket.customer else ""),
        "order_number": ticket.order.number if ticket.order else "",
        "tracking_number": found[-1].tracking_no if found else "",
        "carrier": found[-1].carrier if found else "",
    }
    return filled(macro.body, values)


@transaction.atomic(savepoint=False)
def add_link(*, ticket_id: int, kind: str, number: str, actor: Actor, now: datetime) -> TicketLink:
    """Note what else a ticket speaks of; the first order that is linked is the ticket's.

    Raises: NotFound, Forbidden, TicketClosed, Invalid (there is no such thing in the ticket's shop).
    SOP: S2
    """
    ticket = moving.enter(ticket_id, "note", actor)
    found = _target(ticket, kind, number.strip(), actor)
    if found is None:
        issue = Issue("/number", "unknown_target", mark("There is nothing of this number in the ticket's shop."))
        raise Invalid(issue.message, code=issue.code, issues=[issue])
    target, label, columns = found
    if columns:
        moving.write(ticket, **columns)
    row, _ = TicketLink.objects.get_or_create(ticket=ticket, kind=kind, target=target, defaults={"label": label})
    after = {"kind": kind, "target": target}
    record(Change("support.ticket_linked", moving.KIND, ticket.public_id, ticket.shop.code, after=after), actor=actor, now=now)
    return row


def look(*, ticket_id: int, actor: Actor, now: datetime) -> None:
    """Note that the agent has the ticket open. Raises: NotFound. SOP: S2"""
    if not visible_to(actor).filter(pk=ticket_id).exists():
        raise NotFound()
    if actor.staff_id:
        with transaction.atomic():
            Viewing.objects.filter(Q(user=actor.staff_id) | Q(seen_at__lt=now - 3 * STILL_LOOKING)).exclude(
                user=actor.staff_id, ticket=ticket_id
            ).delete()
            Viewing.objects.update_or_create(ticket_id=ticket_id, user_id=actor.staff_id, defaults={"seen_at": now})


def _target(ticket: Ticket, kind: str, number: str, actor: Actor) -> tuple[str, str, dict[str, Any]] | None:
    """Its public id, how it is called, and what the ticket itself learns of it."""
    if kind == LinkKind.ORDER and (order := order_named(number, shop_id=ticket.shop_id, actor=actor)):
        learnt = {} if ticket.order_id else {"order_id": order.pk, "customer_id": ticket.customer_id or order.customer_id}
        return order.public_id, order.number, learnt
    if kind == LinkKind.RETURN and (row := return_named(number, shop_id=ticket.shop_id)):
        return row.public_id, f"{row.order.number} {row.get_type_display()}", {}
    if kind == LinkKind.CARRIER_CASE and (case := case_named(number, shop_id=ticket.shop_id)):
        return case.public_id, case.shipment.tracking_no, {}
    if kind == LinkKind.PRODUCT and (product := product_by_code(number)):
        return product.code, product.title, {} if ticket.product_id else {"product_id": product.pk}
    return None
