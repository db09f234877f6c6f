"""A customer answers a survey, and somebody talks with who was not content."""

from datetime import datetime

from django.db import transaction

from opsdesk.audit.services import Change, record
from opsdesk.common.actors import ANYBODY, Actor
from opsdesk.common.errors import Invalid, Issue, NotFound
from opsdesk.common.locking import lock_many, lock_one
from opsdesk.common.text import mark
from opsdesk.inbox.services import Work, raise_item, resolve
from opsdesk.parameters.queries import value
from opsdesk.webhooks.services import News, emit
from support.enums.surveys import SurveyState
from support.errors import SurveyAnswered, SurveyExpired
from support.models import Survey, Ticket
from support.parameters.surveys import LOW_STARS, LOW_TIME
from support.rules.surveys.answers import BEST, SURVEY_LIFECYCLE, stars_of, state_after
from support.services.solving.confirming import confirmed_by_survey
from support.services.surveys.inviting import KIND
from support.services.surveys.tokens import survey_named

LOW = "support.low_stars"


@transaction.atomic(savepoint=False)
def answer(*, token: str, stars: int, comment: str, now: datetime) -> Survey:
    """Keep what the holder of a survey's link answers, once.

    Raises: NotFound (a link that is not ours), SurveyAnswered, SurveyExpired, Invalid (not 1 to 5 stars).
    SOP: S11
    """
    named = Survey.objects.filter(public_id=survey_named(token))
    lock_many(Ticket.objects.filter(surveys__in=named))
    survey = lock_one(named.select_related("shop", "ticket__shop"))
    if survey.state != SurveyState.SENT:
        raise SurveyAnswered()
    if now >= survey.expires_at:
        raise SurveyExpired()
    if not 1 <= stars <= BEST:
        issue = Issue("/stars", "out_of_range", mark("Give 1 to 5 stars."))
        raise Invalid(issue.message, code=issue.code, issues=[issue])
    _keep(survey, stars, comment, now)
    return survey


def answer_in_words(ticket: Ticket, text: str, *, now: datetime) -> bool:
    """Take a message of nothing but 1 to 5 in a solved, locked ticket as the answer to its open survey. SOP: S11"""
    stars = stars_of(text)
    rows = Survey.objects.filter(ticket=ticket, state=SurveyState.SENT, expires_at__gt=now).order_by("-pk")
    if stars is None or (found := rows.first()) is None:
        return False
    survey = lock_one(Survey.objects.filter(pk=found.pk).select_related("shop", "ticket__shop"))
    if survey.state != SurveyState.SENT:
        return False
    _keep(survey, stars, "", now)
    return True


@transaction.atomic(savepoint=False)
def follow_up(*, survey_id: int, note: str, actor: Actor, now: datetime) -> Survey:
    """Write down what was agreed with a customer who was not content.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (nothing written).
    SOP: S11
    """
    survey = lock_one(Survey.objects.filter(pk=survey_id).select_related("shop"))
    if not actor.sees_shop(survey.shop_id):
        raise NotFound()
    SURVEY_LIFECYCLE.enter("follow_up", survey.state, actor)
    if not note.strip():
        issue = Issue("/note", "required", mark("Write down what was agreed."))
        raise Invalid(issue.message, code=issue.code, issues=[issue])
    survey.state, survey.follow_up = SurveyState.DONE, note.strip()
    survey.save(update_fields=["state", "follow_up"])
    resolve(kind=LOW, subject_ids=[survey.public_id], outcome="talked", actor=actor, now=now)
    _record(survey, "followed_up", actor, now)
    return survey


def _keep(survey: Survey, stars: int, comment: str, now: datetime) -> None:
    survey.stars, survey.comment, survey.answered_at = stars, comment.strip(), now
    survey.state = state_after(stars, value(LOW_STARS))
    survey.save(update_fields=["state", "stars", "comment", "answered_at"])
    _record(survey, "answered", ANYBODY, now)
    told = {"id": survey.public_id, "shop": survey.shop.code, "stars": stars, "comment": survey.comment}
    ticket = survey.ticket.public_id if survey.ticket else None
    news = {**told, "ticket": ticket, "is_test": survey.is_test}
    emit(News("survey.answered", KIND, survey.public_id, survey.shop_id, news), now=now)
    if survey.state == SurveyState.ANSWERED and survey.ticket and survey.resolution == survey.ticket.resolutions:
        confirmed_by_survey(survey.ticket, stars, now=now)
    if survey.state == SurveyState.FOLLOW_UP and not survey.is_test:
        params = {"stars": stars, "about": str(survey)}
        raise_item(Work(LOW, KIND, survey.public_id, now + value(LOW_TIME), survey.shop_id, params=params), now=now)


def _record(survey: Survey, what: str, actor: Actor, now: datetime) -> None:
    after = {"state": survey.state, "stars": survey.stars}
    record(Change(f"support.survey_{what}", KIND, survey.public_id, survey.shop.code, after=after), actor=actor, now=now)
