"""A ticket as its pages show it: the conversation, and the contact without what one need not know."""

from dataclasses import dataclass

from orders.queries.addressing import masked_name, masked_phone
from support.enums.tickets import Delivery
from support.models import Message, Ticket
from support.queries.tickets.tickets import conversation

COLOURS = {Delivery.FAILED: "red", Delivery.QUEUED: "amber", Delivery.SENT: "blue", Delivery.DELIVERED: "green"}


@dataclass(frozen=True)
class Said:
    """One message of the page: `side` is customer, agent, bot or note."""

    message: Message
    side: str
    delivery_colour: str


def conversation_rows(ticket: Ticket) -> list[Said]:
    """What was said and noted, oldest first; three statements. SOP: S2"""
    return [
        Said(row, row.author_kind if row.public else "note", COLOURS.get(Delivery(row.delivery), ""))
        for row in conversation(ticket)
    ]


def contact_shown(ticket: Ticket) -> str:
    """The name's first character, and the phone or address without its middle."""
    if "@" in ticket.contact:
        name, _, host = ticket.contact.partition("@")
        contact = f"{name[:2]}***@{host}"
    else:
        contact = masked_phone(ticket.contact) if ticket.contact.startswith("+") else ticket.contact
    return " ".join(part for part in (masked_name(ticket.contact_name), contact) if part) or "–"
