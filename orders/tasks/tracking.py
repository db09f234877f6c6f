"""Asking after parcels and taking pushes in: claimed by a service, asked without a transaction, recorded by a service."""

import hashlib
from datetime import datetime

from opsdesk.common.actors import SYSTEM
from opsdesk.parameters.queries import value
from orders.enums.tracking import FeedSource, MessageState
from orders.gateways import tracking as gateway
from orders.gateways.tracking import NoAnswer
from orders.models import CarrierMessage
from orders.parameters.tracking import POLL_BATCH, POLL_SECONDS
from orders.services.tracking import feeds, messages
from orders.services.tracking.feeds import Outcome, Question

_SLICE = 20  # parcels asked after between two records


def poll_parcels(*, now: datetime) -> int:
    """Ask after the parcels whose turn it is; returns how many. A source that answers nothing is left in peace until the
    next run.

    SOP: O14
    """
    asked, left = 0, value(POLL_BATCH)
    while gateway.polls() and left > 0:
        questions = feeds.claim_questions(limit=min(_SLICE, left), now=now)
        if not questions:
            break
        outcomes = [_ask(question) for question in questions]
        asked, left = asked + len(questions), left - len(questions)
        if not feeds.record_outcomes(outcomes=outcomes, actor=SYSTEM, now=now):
            break
    feeds.raise_alarms(now=now)
    return asked


def take_push(*, source: FeedSource, body: bytes, now: datetime) -> CarrierMessage:
    """Keep a push whose sender is known, commit, then read it. SOP: O14"""
    kept = messages.keep_message(source=source, key=hashlib.sha256(body).hexdigest(), body=body, now=now)
    read = messages.read_message(message_id=kept.pk, actor=SYSTEM, now=now)
    if read.state == MessageState.READ:
        feeds.feed_answered(source=source, actor=SYSTEM, now=now)
    return read


def _ask(question: Question) -> Outcome:
    answer = gateway.ask(
        carrier=question.carrier,
        tracking_no=question.tracking_no,
        phone=question.phone,
        seconds=value(POLL_SECONDS).total_seconds(),
    )
    if isinstance(answer, NoAnswer):
        return Outcome(question, None, answer.reason)
    return Outcome(question, answer)
