"""Opening a ticket, whatever the channel: triage, the agent, the first message, the clocks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from opsdesk.common.actors import Actor
from opsdesk.common.errors import Invalid, Issue
from opsdesk.common.text import mark
from opsdesk.duties.definitions import SHOP_TIME
from opsdesk.parameters.queries import value
from opsdesk.shops.queries import visible_to as visible_shops
from orders.queries.addressing import customer_by_key, customer_of_contact, order_by_key, phone_of
from support.enums.tickets import AuthorKind, Channel, Direction, Priority, TicketState, TicketType
from support.models import Message, Ticket
from support.parameters.tickets import MOST_OPEN
from support.queries.tickets.tickets import open_counts
from support.queries.tickets.triage import members, rules
from support.rules.tickets.triage import Facts, Rule, first_fit, least_busy, stage_of
from support.services.sla import clocks
from support.services.tickets import moving
from support.services.tickets.attachments import Files, attach
from support.services.tickets.messages import judge

ADD = "support.add_ticket"
SUBJECT = 120  # characters of the first line that stand for a subject that nobody gave


@dataclass(frozen=True)
class TicketDraft:
    """What a channel says of a new ticket. `shop` is the code; `customer` and `order` are keys as the outside has them.

    What is empty, triage fills in; a customer without a key is looked for by `contact`. With `new_customer` a key that the
    shop does not know is somebody who has not bought yet.
    """

    shop: str
    channel: str
    body: str
    subject: str = ""
    stage: str = ""
    type: str = ""
    priority: str = ""
    customer: str = ""
    order: str = ""
    contact: str = ""
    contact_name: str = ""
    external_id: str = ""
    said_at: datetime | None = None
    files: Files = ()
    is_test: bool = False
    new_customer: bool = False


@transaction.atomic(savepoint=False)
def open_ticket(draft: TicketDraft, *, actor: Actor, now: datetime) -> Ticket:
    """Open a ticket with its first message, decide what it is about, and give it to an agent who has time.

    Raises: Forbidden, Invalid (unknown shop, order or customer, nothing said: all of it at once), and those of `attach`.
    SOP: S1, S2, S5
    """
    actor.require(ADD)
    said_at = draft.said_at or now
    known = _known(draft, actor)
    judge(draft.body, draft.files, said_at, now)
    order, contact = known["order"], _contact(draft)
    facts = Facts(draft.channel, f"{draft.subject}\n{draft.body}", order.status if order else "")
    rule = first_fit(rules(), facts)
    ticket = Ticket.objects.create(
        number=_number(now),
        channel=draft.channel,
        stage=draft.stage or rule.stage or stage_of(facts.order_state),
        type=draft.type or rule.type or TicketType.OTHER,
        priority=draft.priority or rule.priority or Priority.NORMAL,
        subject=draft.subject.strip() or _first_line(draft),
        contact=contact,
        contact_name=draft.contact_name,
        opened_at=min(said_at, now),
        last_incoming_at=said_at,
        is_test=draft.is_test,
        **known,
        **_agent(rule, known["shop"].pk, draft, actor),
    )
    clocks.ticket_opened(ticket, actor, now)
    message = Message.objects.create(
        ticket=ticket,
        direction=Direction.INCOMING,
        author_kind=AuthorKind.CUSTOMER,
        body=draft.body.strip(),
        said_at=said_at,
        external_id=draft.external_id,
    )
    attach(message, draft.files, actor=actor, now=now)
    if ticket.state == TicketState.NEW and not ticket.is_test:
        moving.ask_to_take(ticket, now)
    moving.note("opened", ticket, actor, now, after={"state": ticket.state, "type": ticket.type, "channel": ticket.channel})
    moving.tell("created", ticket, now)
    return ticket


def _known(draft: TicketDraft, actor: Actor) -> dict[str, Any]:
    """The rows that the draft names. Raises: Invalid."""
    shop = visible_shops(actor).filter(code=draft.shop).first()
    if shop is None:
        raise _refusal([Issue("/shop", "unknown_shop", mark("There is no such shop."))])
    issues = []
    order = order_by_key(draft.order, actor) if draft.order else None
    if draft.order and (order is None or order.shop_id != shop.pk):
        issues.append(Issue("/order", "unknown_order", mark("The shop has no such order.")))
    customer = customer_by_key(draft.customer, shop_id=shop.pk) if draft.customer else None
    if draft.customer and customer is None and not draft.new_customer:
        issues.append(Issue("/customer", "unknown_customer", mark("The shop knows no such customer.")))
    if order and customer and order.customer_id not in (None, customer.pk):
        issues.append(Issue("/order", "other_customer", mark("The order is another customer's.")))
    if issues:
        raise _refusal(issues)
    if customer is None:
        customer = order.customer if order else customer_of_contact(_contact(draft), shop_id=shop.pk)
    return {"shop": shop, "order": order, "customer": customer}


def _contact(draft: TicketDraft) -> str:
    """A telephone number in one spelling, whatever else as it was given."""
    text = draft.contact.strip()
    return text if "@" in text else phone_of(text) or text


def _refusal(issues: list[Issue]) -> Invalid:
    return Invalid(issues[0].message, code=issues[0].code, issues=issues)


def _agent(rule: Rule, shop_id: int, draft: TicketDraft, actor: Actor) -> dict[str, Any]:
    """Who filed a call has it in hand; other tickets go to whoever of the rule's team has the least to do."""
    if actor.staff_id is not None and draft.channel == Channel.PHONE:
        return {"team_id": rule.team_id, "assignee_id": actor.staff_id, "state": TicketState.IN_PROGRESS}
    agents = members(rule.team_id, shop_id) if rule.team_id else []
    agent = least_busy(agents, open_counts(agents), most=value(MOST_OPEN)) if agents else None
    state = TicketState.ASSIGNED if agent else TicketState.NEW
    return {"team_id": rule.team_id, "assignee_id": agent, "state": state}


def _first_line(draft: TicketDraft) -> str:
    text = draft.body.strip() or (draft.files[0].name or "" if draft.files else "")
    return text.splitlines()[0][:SUBJECT]


def _number(now: datetime) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('support_ticket_number')")
        [serial] = cursor.fetchone()
    return f"T{now.astimezone(SHOP_TIME):%Y%m%d}{serial:06}"
