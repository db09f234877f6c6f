"""Asking customers how content they are after a solution, and taking what they answer."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation

from opsdesk.audit.services import Change, record, record_many
from opsdesk.common.actors import SYSTEM, Actor, ActorKind
from opsdesk.common.errors import Invalid, Issue, NotFound
from opsdesk.common.locking import lock_many, lock_one
from opsdesk.common.text import mark
from opsdesk.common.words import say
from opsdesk.inbox import services as inbox
from opsdesk.notifications.services import CUSTOMERS_LANGUAGE, CustomerTelling, tell_customers
from opsdesk.notifications.services import Message as Told
from opsdesk.parameters.queries import value
from opsdesk.webhooks.services import News, emit
from support.enums.tickets import Channel
from support.enums.voice import SurveyState
from support.errors import SurveyAnswered, SurveyExpired
from support.models import Survey, Ticket
from support.parameters.voice import SURVEY_FOLLOW_UP, SURVEY_LOW, SURVEY_OPEN
from support.rules.voice.lifecycle import SURVEY_LIFECYCLE
from support.rules.voice.rating import BEST, LOWEST, state_of
from support.rules.voice.token import survey_of
from support.services.tickets.messages import HANDED_OUT, write_automatic
from support.services.voice.addresses import survey_address

KIND, WORK = "survey", "support.ask_why"
CUSTOMER = Actor(kind=ActorKind.SYSTEM, label="customer")
INVITATION = mark(
    "We have dealt with your matter %(number)s. How content are you? Please give us 1 to 5 stars, it takes one tap: %(link)s"
)
BATCH = 500


def invite(ticket: Ticket, *, now: datetime) -> Survey | None:
    """Ask the customer of a ticket that was just resolved for stars, by the ticket's channel; once a resolution. An invitation
    of an earlier resolution ends. A customer who cannot be reached is not asked.

    SOP: S11
    """
    if not _reachable(ticket):
        return None
    Survey.objects.filter(ticket=ticket, state=SurveyState.SENT).update(state=SurveyState.EXPIRED, expires_at=now)
    survey, made = Survey.objects.get_or_create(
        ticket=ticket,
        resolution=ticket.resolutions,
        defaults={
            "shop_id": ticket.shop_id,
            "customer_id": ticket.customer_id,
            "agent_id": ticket.assignee_id,
            "sent_at": now,
            "expires_at": now + value(SURVEY_OPEN),
        },
    )
    if made:
        _send(survey, ticket, now)
        record(_change("sent", survey, ticket.shop.code, {"number": ticket.number}), actor=SYSTEM, now=now)
    return survey


def by_token(token: str) -> Survey:
    """The survey of an address. Raises: NotFound, for a token that was not made by us."""
    survey_id = survey_of(token, settings.SECRET_KEY)
    found = Survey.objects.filter(public_id=survey_id).select_related("shop", "round").first() if survey_id else None
    if found is None:
        raise NotFound()
    return found


@transaction.atomic(savepoint=False)
def answer(*, token: str, stars: int, comment: str = "", now: datetime) -> Survey:
    """Take the customer's stars, once; few of them are work for the desk.

    Raises: NotFound, SurveyAnswered, SurveyExpired, Invalid (stars).
    SOP: S11
    """
    survey = lock_one(Survey.objects.filter(pk=by_token(token).pk).select_related("shop", "ticket"))
    if survey.answered_at:
        raise SurveyAnswered()
    if survey.state == SurveyState.EXPIRED or now >= survey.expires_at:
        raise SurveyExpired()
    if not LOWEST <= stars <= BEST:
        message = mark("Give between 1 and 5 stars.")
        raise Invalid(message, code="out_of_range", issues=[Issue("/stars", "out_of_range", message)])
    survey.state, survey.stars = state_of(stars, low=value(SURVEY_LOW)), stars
    survey.comment, survey.answered_at = comment.strip(), now
    survey.save(update_fields=["state", "stars", "comment", "answered_at"])
    record(_change("answered", survey, survey.shop.code, {"stars": stars, "state": survey.state}), actor=CUSTOMER, now=now)
    if survey.state == SurveyState.FOLLOW_UP:
        _raise_follow_up(survey, now)
    emit(News("survey.answered", KIND, survey.public_id, survey.shop_id, _news(survey)), now=now)
    return survey


@transaction.atomic(savepoint=False)
def follow_up(*, survey_id: int, finding: str, actor: Actor, now: datetime) -> Survey:
    """Write down why the customer gave few stars, after asking them.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (nothing written).
    SOP: S11
    """
    survey = lock_one(Survey.objects.filter(pk=survey_id).select_related("shop"))
    if not actor.sees_shop(survey.shop_id):
        raise NotFound()
    SURVEY_LIFECYCLE.enter("follow_up", survey.state, actor)
    if not finding.strip():
        message = mark("Write down what the customer said.")
        raise Invalid(message, code="required", issues=[Issue("/finding", "required", message)])
    survey.state, survey.finding = SurveyState.FOLLOWED_UP, finding.strip()
    survey.followed_up_by, survey.followed_up_at = actor.label, now
    survey.save(update_fields=["state", "finding", "followed_up_by", "followed_up_at"])
    inbox.resolve(kind=WORK, subject_ids=[survey.public_id], outcome="asked", actor=actor, now=now)
    record(_change("followed_up", survey, survey.shop.code, {"state": survey.state}), actor=actor, now=now)
    return survey


def expire(*, now: datetime) -> int:
    """End the invitations whose time has passed; returns how many. SOP: S11"""
    count = 0
    while True:
        with transaction.atomic():
            due = Survey.objects.filter(state=SurveyState.SENT, expires_at__lte=now)
            rows = lock_many(due.select_related("shop"), limit=BATCH)
            Survey.objects.filter(pk__in=[row.pk for row in rows]).update(state=SurveyState.EXPIRED)
            ended = {"state": SurveyState.EXPIRED.value}
            record_many([_change("expired", row, row.shop.code, ended) for row in rows], actor=SYSTEM, now=now)
        count += len(rows)
        if not rows:
            return count


def _reachable(ticket: Ticket) -> bool:
    return ticket.channel in HANDED_OUT or any(_ways(ticket))


def _ways(ticket: Ticket) -> tuple[str, str]:
    """E-mail and phone of who wrote or called; what the channel does not give, the buyer's data do."""
    known = ticket.customer
    mail = ticket.contact if ticket.channel == Channel.EMAIL else ""
    phone = ticket.contact if ticket.channel == Channel.PHONE else ""
    if mail or phone or known is None:
        return mail, phone
    return (known.email, "") if ticket.channel == Channel.EMAIL and known.email else ("", known.phone)


def _send(survey: Survey, ticket: Ticket, now: datetime) -> None:
    """By the conversation where the channel's program reads it, else by e-mail or text message."""
    params = {"number": ticket.number, "link": survey_address(survey)}
    if ticket.channel in HANDED_OUT:
        with translation.override(CUSTOMERS_LANGUAGE):
            write_automatic(ticket, say(INVITATION, params), now=now)
        return
    mail, phone = _ways(ticket)
    told = Told("support.survey", survey.public_id, INVITATION, KIND, survey.public_id, params)
    tell_customers([CustomerTelling(told, mail, phone, ticket.shop_id)], now=now)


def _raise_follow_up(survey: Survey, now: datetime) -> None:
    about = survey.ticket.number if survey.ticket else survey.public_id
    params = {"number": about, "stars": survey.stars}
    due = now + value(SURVEY_FOLLOW_UP)
    inbox.raise_item(inbox.Work(WORK, KIND, survey.public_id, due, survey.shop_id, params=params), now=now)


def _news(survey: Survey) -> dict[str, object]:
    """What the event says: no personal data, and not the comment, in which there may be some."""
    return {
        "id": survey.public_id,
        "shop": survey.shop.code,
        "ticket": survey.ticket.public_id if survey.ticket else None,
        "round": survey.round.public_id if survey.round else None,
        "stars": survey.stars,
        "answered_at": survey.answered_at.isoformat() if survey.answered_at else None,
    }


def _change(what: str, survey: Survey, shop: str, after: Mapping[str, object]) -> Change:
    return Change(f"support.survey_{what}", KIND, survey.public_id, shop, after=after)
