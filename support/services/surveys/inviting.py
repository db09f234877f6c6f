"""Asking the customer of a solved ticket how content they are."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext

from opsdesk.common.text import mark
from opsdesk.notifications.services import CUSTOMERS_LANGUAGE, CustomerTelling, Message, tell_customers
from opsdesk.parameters.queries import value
from support.enums.tickets import HANDED_OUT, Channel
from support.models import Survey, Ticket
from support.parameters.surveys import SURVEY_TIME
from support.services.surveys.tokens import link_of
from support.services.tickets import moving
from support.services.tickets.writing import write_bot

KIND = "survey"
ASK = mark("How content are you with our service? Give 1 to 5 stars: %(link)s")


def invite(ticket: Ticket, now: datetime) -> Survey:
    """Ask the customer of a locked ticket, once for each solution: in the conversation where its program fetches what we
    say, else by e-mail or text message.

    SOP: S11
    """
    row = Survey.objects.create(
        shop=ticket.shop,
        ticket=ticket,
        resolution=ticket.resolutions,
        customer=ticket.customer,
        agent=ticket.assignee,
        sent_at=now,
        expires_at=now + value(SURVEY_TIME),
        is_test=ticket.is_test,
    )
    link = link_of(row.public_id)
    if ticket.channel in HANDED_OUT:
        _say(ticket, link, now)
    elif not ticket.is_test:
        tell_customers([_telling(ticket, row, link)], now=now)
    return row


def _say(ticket: Ticket, link: str, now: datetime) -> None:
    with translation.override(CUSTOMERS_LANGUAGE):
        text = gettext("How content are you with our service? Answer 1 to 5 (5 is best) here, or at %(link)s") % {"link": link}
    message = write_bot(ticket, text, now=now)
    moving.tell("replied", ticket, now, message=moving.message_news(message))


def _telling(ticket: Ticket, row: Survey, link: str) -> CustomerTelling:
    buyer = ticket.customer
    email = ticket.contact if ticket.channel == Channel.EMAIL else buyer.email if buyer else ""
    phone = ticket.contact if ticket.channel == Channel.PHONE else buyer.phone if buyer else ""
    if ticket.channel == Channel.PHONE and ticket.contact:
        email = ""  # who called us is asked on the telephone
    message = Message("support.survey", f"survey:{row.public_id}", ASK, KIND, row.public_id, {"link": link})
    return CustomerTelling(message, email, phone, ticket.shop_id)
