"""Asking after parcels: whose turn it is, what came of it, and the alarm when a source stays dumb."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.locking import lock_many, lock_one
from opsdesk.common.text import inner, mark
from opsdesk.inbox import services as inbox
from opsdesk.outbound.client import in_words
from opsdesk.parameters.queries import value
from orders.enums.tracking import FeedSource, MessageState
from orders.models import ParcelFeed, TrackingFeed
from orders.parameters.tracking import FEED_FAILURE, FEED_SILENCE, FEED_TIME, POLL_EVERY
from orders.queries.shipments import awaited, phones_of
from orders.rules.tracking.feeds import FEED_LIFECYCLE, feed_state
from orders.rules.tracking.kuaidi100 import COMPANIES
from orders.services.tracking import messages

KIND = "tracking_feed"
ALARM = "orders.feed_failing"
SILENT = mark("nothing has come for too long")


@dataclass(frozen=True)
class Question:
    """One parcel to ask after."""

    shipment_id: int
    carrier: str
    tracking_no: str
    phone: str


@dataclass(frozen=True)
class Outcome:
    """What came of one question: the answer as it came, or why there is none."""

    question: Question
    body: bytes | None
    failure: str = ""


@transaction.atomic
def claim_questions(*, limit: int, now: datetime) -> list[Question]:
    """The parcels whose turn it is; each is asked after once in its span, even if the asking is cut off.

    SOP: O14
    """
    fresh = awaited().filter(feed=None, carrier__code__in=COMPANIES).order_by("pk").values_list("pk", flat=True)[:limit]
    ParcelFeed.objects.bulk_create(
        [ParcelFeed(shipment_id=pk, source=FeedSource.KUAIDI100, next_poll_at=now) for pk in fresh], ignore_conflicts=True
    )
    due = ParcelFeed.objects.filter(next_poll_at__lte=now)
    due.exclude(shipment__in=awaited()).update(next_poll_at=None)
    feeds = lock_many(due.select_related("shipment__carrier"), limit=limit)
    ParcelFeed.objects.filter(pk__in=[row.pk for row in feeds]).update(next_poll_at=now + value(POLL_EVERY), last_polled_at=now)
    phones = phones_of([row.shipment_id for row in feeds])
    return [
        Question(row.shipment_id, row.shipment.carrier.code, row.shipment.tracking_no, phones.get(row.shipment_id, ""))
        for row in feeds
    ]


def record_outcomes(*, outcomes: Sequence[Outcome], actor: Actor, now: datetime) -> bool:
    """Keep and read the answers, and note whose feed failed; returns whether the source itself has answered.

    A failure says nothing about the parcel: no state changes, and no silence is counted while it lasts.
    SOP: O14
    """
    good: list[int] = []
    refused: dict[str, list[int]] = {}
    failed: dict[str, list[int]] = {}
    for outcome in outcomes:
        shipment_id, reason, whole = outcome.question.shipment_id, outcome.failure, True
        if outcome.body is not None:
            reason, whole = _take_in(shipment_id, outcome.body, actor, now)
        if not reason:
            good.append(shipment_id)
        else:
            (failed if whole else refused).setdefault(reason, []).append(shipment_id)
    _write(good, refused, failed, now)
    if good or refused:
        feed_answered(source=FeedSource.KUAIDI100, actor=actor, now=now)
    elif failed:
        feed_failed(source=FeedSource.KUAIDI100, reason=next(iter(failed)), now=now)
    return bool(good or refused)


@transaction.atomic
def feed_answered(*, source: FeedSource, actor: Actor, now: datetime) -> None:
    """The source speaks: whatever alarm there was is over. SOP: O14"""
    row = _feed(source)
    if row.failing_since:
        inbox.resolve(kind=ALARM, subject_ids=[row.public_id], outcome="answered", actor=actor, now=now)
    TrackingFeed.objects.filter(pk=row.pk).update(last_ok_at=now, failing_since=None, alarm_by=None, last_error="")


@transaction.atomic
def feed_failed(*, source: FeedSource, reason: str, now: datetime) -> None:
    """The source did not answer at all; from the first failure on the time to the alarm runs. SOP: O14"""
    row = _feed(source)
    TrackingFeed.objects.filter(pk=row.pk).update(
        failing_since=row.failing_since or now, alarm_by=row.alarm_by or now + value(FEED_FAILURE), last_error=reason[:200]
    )


@transaction.atomic
def raise_alarms(*, now: datetime) -> int:
    """Make the sources that have failed or kept silent for too long technical support's work; returns how many. SOP: O14"""
    _notice_silence(now)
    rows = lock_many(TrackingFeed.objects.filter(alarm_by__lte=now))
    due = now + value(FEED_TIME)
    inbox.raise_many([_alarm(row, due) for row in rows], now=now)
    return len(rows)


def _alarm(row: TrackingFeed, due: datetime) -> inbox.Work:
    params = {"source": row.source, "error": inner(in_words(row.last_error))}
    return inbox.Work(ALARM, KIND, row.public_id, due, params=params)


@transaction.atomic(savepoint=False)
def retry_feed(*, feed_id: int, note: str, actor: Actor, now: datetime) -> TrackingFeed:
    """Somebody has repaired the connection: its parcels are asked after in the next run. If it fails on, the alarm comes
    again.

    Raises: NotFound, Forbidden, IllegalTransition.
    SOP: O14
    """
    row = lock_one(TrackingFeed.objects.filter(pk=feed_id))
    FEED_LIFECYCLE.enter("retry", feed_state(row.failing_since), actor)
    inbox.resolve(kind=ALARM, subject_ids=[row.public_id], outcome="retried", actor=actor, now=now)
    row.alarm_by = now + value(FEED_FAILURE)
    row.save(update_fields=["alarm_by"])
    ParcelFeed.objects.filter(source=row.source, failing_since__isnull=False, next_poll_at__isnull=False).update(
        next_poll_at=now
    )
    record(Change("orders.feed_retry", KIND, row.public_id, reason=note), actor=actor, now=now)
    return row


def _notice_silence(now: datetime) -> None:
    """A source that reports by itself fails without a word: parcels are under way, and it says nothing of any of them."""
    pushing = TrackingFeed.objects.filter(source=FeedSource.KDNIAO, failing_since=None)
    if awaited().exists():
        silent = pushing.filter(last_ok_at__lte=now - value(FEED_SILENCE))
        silent.update(failing_since=now, alarm_by=now, last_error=SILENT)


def _feed(source: FeedSource) -> TrackingFeed:
    """The source's row, locked; made when it is first needed."""
    TrackingFeed.objects.bulk_create([TrackingFeed(source=source)], ignore_conflicts=True)
    return lock_one(TrackingFeed.objects.filter(source=source))


def _take_in(shipment_id: int, body: bytes, actor: Actor, now: datetime) -> tuple[str, bool]:
    """Keep the answer, then read it; returns why it says nothing, and whether that is the whole source's failure."""
    key = f"{shipment_id}:{hashlib.sha256(body).hexdigest()}"
    kept = messages.keep_message(source=FeedSource.KUAIDI100, key=key, body=body, shipment_id=shipment_id, now=now)
    read = messages.read_message(message_id=kept.pk, actor=actor, now=now)
    if read.state != MessageState.UNREADABLE:
        return "", True
    return read.finding, messages.concerns_source(read)


def _write(good: Collection[int], refused: dict[str, list[int]], failed: dict[str, list[int]], now: datetime) -> None:
    rows = ParcelFeed.objects.all()
    rows.filter(shipment__in=good).update(last_ok_at=now, failing_since=None, last_error="")
    for reason, ids in refused.items():
        rows.filter(shipment__in=ids).update(failing_since=None, last_error=reason[:200])
    for reason, ids in failed.items():
        rows.filter(shipment__in=ids).update(last_error=reason[:200])
        rows.filter(shipment__in=ids, failing_since=None).update(failing_since=now)
