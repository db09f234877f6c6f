"""The bot's conversations: it answers first, and gives to people what is not for it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.common.locking import lock_many
from opsdesk.parameters.queries import value
from orders.queries.links import own_order
from support.enums.knowledge import BotState, HandOver
from support.enums.tickets import AuthorKind, SolutionType, TicketType
from support.models import BotSetting, BotTalk, Message, Ticket
from support.parameters.knowledge import BOT_ANSWERS, BOT_LIKENESS, BOT_QUIET
from support.queries.knowledge.articles import search
from support.rules.knowledge.bot import reading, verdict
from support.services.bot import words
from support.services.sla import clocks
from support.services.tickets import moving
from support.services.tickets.closing import close
from support.services.tickets.giving import give
from support.services.tickets.writing import write_bot

BATCH = 100


def takes(ticket: Ticket) -> bool:
    """True when the bot talks first: it is on for the shop's channel, and nobody complains. SOP: S18"""
    if ticket.type == TicketType.COMPLAINT:
        return False
    return BotSetting.objects.filter(shop=ticket.shop_id, active=True, channels__contains=[ticket.channel]).exists()


def begin(ticket: Ticket, text: str, *, now: datetime) -> None:
    """Answer what a new ticket asks, or give it to people at once. SOP: S18"""
    _answer(BotTalk.objects.create(ticket=ticket, last_at=now), ticket, text, now)


def go_on(ticket: Ticket, text: str, *, now: datetime) -> bool:
    """Answer what the customer of a locked ticket wrote. False when the bot does not talk there (any more). SOP: S18"""
    talk = _open(ticket)
    if talk:
        _answer(talk, ticket, text, now)
    return talk is not None


def person_came(ticket: Ticket, actor: Actor, now: datetime) -> None:
    """An agent steps in: the bot is quiet from now on, and the customer waits for the agent. SOP: S18"""
    if talk := _open(ticket):
        _give_over(talk, ticket, HandOver.TAKEN, actor, now)
        _keep(talk)


def close_quiet(*, now: datetime) -> int:
    """Solved are the conversations whose customers were answered and wrote no more. Returns how many. SOP: S18"""
    before, count, last = now - value(BOT_QUIET), 0, 0
    quiet = Ticket.objects.filter(bot_talk__state=BotState.TALKING, bot_talk__last_at__lt=before).select_related("shop")
    while True:
        with transaction.atomic():
            rows = lock_many(quiet.filter(pk__gt=last), limit=BATCH)
            talks = _still_quiet(rows, before)
            for ticket in rows:
                if ticket.pk in talks:
                    _close(talks[ticket.pk], ticket, now)
        if not rows:
            return count
        count, last = count + len(talks), rows[-1].pk


def _still_quiet(tickets: Sequence[Ticket], before: datetime) -> dict[int, BotTalk]:
    """The conversations that were not gone on with while we waited for their tickets' locks."""
    rows = BotTalk.objects.filter(ticket__in=[row.pk for row in tickets], state=BotState.TALKING, last_at__lt=before)
    return {row.ticket_id: row for row in rows}


def _open(ticket: Ticket) -> BotTalk | None:
    return BotTalk.objects.filter(ticket=ticket, state=BotState.TALKING).first()


def _answer(talk: BotTalk, ticket: Ticket, text: str, now: datetime) -> None:
    order_id = own_order(text, customer_id=ticket.customer_id, order_id=ticket.order_id)
    best = next(iter(search(text, shop_id=ticket.shop_id, most=1)), None)
    talk.question, talk.last_at = " ".join(text.split())[:200], now
    talk.article, talk.likeness = (best.article, best.percent) if best else (None, 0)
    decided = verdict(
        reading(text),
        knows_order=order_id is not None,
        best=talk.likeness,
        likeness=value(BOT_LIKENESS),
        answered=talk.answers,
        most=value(BOT_ANSWERS),
    )
    if decided.hand_over:
        _give_over(talk, ticket, decided.hand_over, SYSTEM, now)
        _say(ticket, words.handing_over(), now)
        give(ticket, now)
    else:
        talk.answers += 1
        from_order = order_id if decided.answer_from == "order" else None
        _say(ticket, words.of_order(from_order) if from_order else words.of_article(best.text if best else ""), now)
    _keep(talk)


def _say(ticket: Ticket, text: str, now: datetime) -> None:
    message = write_bot(ticket, text, now=now)
    clocks.bot_answered(ticket, now, SYSTEM, now)
    moving.tell("replied", ticket, now, message=moving.message_news(message))


def _give_over(talk: BotTalk, ticket: Ticket, reason: HandOver, actor: Actor, now: datetime) -> None:
    talk.state, talk.reason, talk.handed_over_at = BotState.HANDED_OVER, reason, now
    moving.move(ticket, "hand_over", actor=actor, now=now, details={"reason": reason})
    clocks.handed_over(ticket, now)


def _keep(talk: BotTalk) -> None:
    talk.save(update_fields=["state", "reason", "answers", "question", "article", "likeness", "last_at", "handed_over_at"])


def _close(talk: BotTalk, ticket: Ticket, now: datetime) -> None:
    talk.state = BotState.ANSWERED
    _keep(talk)
    said = Message.objects.filter(ticket=ticket, author_kind=AuthorKind.BOT).latest("pk").body
    close(ticket, SolutionType.ANSWERED, said, actor=SYSTEM, now=now)
