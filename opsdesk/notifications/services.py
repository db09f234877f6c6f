"""Writing notices in the transaction of what they tell, and sending them afterwards."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.core.mail import send_mail
from django.db import transaction
from django.utils import translation

from opsdesk.accounts.models import User
from opsdesk.accounts.queries import holders
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, NotFound
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from opsdesk.common.words import say
from opsdesk.notifications import sms
from opsdesk.notifications.enums import Channel
from opsdesk.notifications.models import Notice
from opsdesk.notifications.rules import KIND, NOTICE_LIFECYCLE, Sent

MAX_ATTEMPTS = 8
FIRST_RETRY = timedelta(minutes=1)
BATCH = 100
CUSTOMERS_LANGUAGE = "zh-hans"
SMS_NOT_CONFIGURED = mark("No text message gateway is configured.")
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Message:
    """What is told: a message id with parameters, about a subject. `key` is unique for the occasion."""

    kind: str
    key: str
    text: str
    subject_kind: str = ""
    subject_id: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Telling:
    """A message and the desk that it is for: a role in a shop, or in all shops when None; or one person of it."""

    message: Message
    role: str
    shop_id: int | None
    user_id: int | None = None


@dataclass(frozen=True)
class CustomerTelling:
    """A message and how its customer can be reached; what is not known is empty."""

    message: Message
    email: str
    phone: str
    shop_id: int | None = None


def tell_role(message: Message, *, role: str, shop_id: int | None, now: datetime) -> None:
    """Tell everybody of a role who sees the shop: in the app, and by e-mail where an address is known."""
    tell_roles([Telling(message, role, shop_id)], now=now)


def tell_roles(tellings: Iterable[Telling], *, now: datetime) -> None:
    """Tell many things at once, with one statement for all notices and one for each desk."""
    desks: dict[tuple[str, int | None, int | None], list[User]] = {}
    notices = []
    for telling in tellings:
        desk = (telling.role, telling.shop_id, telling.user_id)
        if desk not in desks:
            desks[desk] = _people(telling)
        for user in desks[desk]:
            notices.append(_notice(telling.message, Channel.IN_APP, now, user=user))
            if user.email:
                notices.append(_notice(telling.message, Channel.EMAIL, now, user=user, address=user.email))
    _write(notices)


def _people(telling: Telling) -> list[User]:
    if telling.user_id is not None:
        return list(User.objects.filter(pk=telling.user_id, is_active=True))
    return list(holders(telling.role, telling.shop_id))


def tell_customers(tellings: Iterable[CustomerTelling], *, now: datetime) -> None:
    """Tell many customers in one statement, each by e-mail if an address is known, else by text message. SOP: O13"""
    notices = []
    for told in tellings:
        channel, address = (Channel.EMAIL, told.email) if told.email else (Channel.SMS, told.phone)
        if address:
            notices.append(
                _notice(told.message, channel, now, address=address, language=CUSTOMERS_LANGUAGE, shop_id=told.shop_id)
            )
    _write(notices)


def mark_read(*, user: User, now: datetime) -> int:
    """Mark the user's notices in the app as read; returns how many."""
    return Notice.objects.filter(user=user, channel=Channel.IN_APP, read_at=None).update(read_at=now)


def claim_due(*, now: datetime) -> list[Notice]:
    """Take the notices that are due; a claim that comes to nothing runs out and is tried again later."""
    with transaction.atomic():
        due = Notice.objects.filter(sent_at=None, failed_at=None, send_after__lte=now).exclude(channel=Channel.IN_APP)
        notices = list(due.order_by("send_after").select_for_update(skip_locked=True)[:BATCH])
        for notice in notices:
            notice.attempts += 1
            notice.send_after = now + FIRST_RETRY * 2 ** (notice.attempts - 1)
        Notice.objects.bulk_update(notices, ["attempts", "send_after"])
    return notices


def record_sent(*, notice: Notice, outcome: Sent, now: datetime) -> None:
    """Keep what came of sending: sent, to be tried again, or given up, at the latest after MAX_ATTEMPTS."""
    if not outcome.error:
        Notice.objects.filter(pk=notice.pk).update(sent_at=now, error="")
    else:
        given_up = now if outcome.is_final or notice.attempts >= MAX_ATTEMPTS else None
        Notice.objects.filter(pk=notice.pk).update(error=outcome.error[:300], failed_at=given_up)


def send(notice: Notice, *, now: datetime) -> Sent:
    """Hand one notice to its channel; never raises. SOP: O13"""
    if notice.channel == Channel.SMS and not sms.is_set_up():
        return Sent(SMS_NOT_CONFIGURED)
    with translation.override(notice.language or CUSTOMERS_LANGUAGE):
        text = say(notice.message, notice.params)
    if notice.channel == Channel.SMS:
        return sms.send_text(notice, text, now=now)
    try:
        send_mail(text.splitlines()[0], text, None, [notice.address])
    except Exception as failure:
        _log.warning("notice %s was not sent: %s", notice.pk, type(failure).__name__)
        return Sent(type(failure).__name__)
    return Sent()


@transaction.atomic(savepoint=False)
def resend(*, notice_id: int, reason: str, actor: Actor, now: datetime) -> Notice:
    """Send a customer's notice once more; who asked for it and why stays on the first one.

    Raises: NotFound, Forbidden, IllegalTransition (it is still waiting), Conflict (it is being sent again already).
    SOP: O13
    """
    row = lock_one(Notice.objects.filter(pk=notice_id, user=None))
    if row.shop_id is not None and not actor.sees_shop(row.shop_id):
        raise NotFound()
    NOTICE_LIFECYCLE.enter("resend", row.state, actor)
    key = f"again:{row.pk}:"
    copies = Notice.objects.filter(dedupe_key__startswith=key, subject_id=row.subject_id, user=None)
    if copies.filter(sent_at=None, failed_at=None).exists():
        raise Conflict(mark("It is being sent again already."), code="resending")
    before = {"sent_at": row.sent_at and row.sent_at.isoformat(), "error": row.error}
    record(Change("notices.resent", KIND, row.public_id, before=before, reason=reason), actor=actor, now=now)
    row.pk, row.dedupe_key = None, f"{key}{copies.count() + 1}"
    row.sent_at = row.failed_at = row.read_at = None
    row.attempts, row.error, row.send_after = 0, "", now
    row.save(force_insert=True)
    return row


def _notice(
    message: Message,
    channel: Channel,
    now: datetime,
    *,
    user: User | None = None,
    address: str = "",
    language: str = "",
    shop_id: int | None = None,
) -> Notice:
    return Notice(
        channel=channel,
        kind=message.kind,
        user=user,
        shop_id=shop_id,
        address=address,
        language=language or (user.language if user else ""),
        message=message.text,
        params=dict(message.params),
        subject_kind=message.subject_kind,
        subject_id=message.subject_id,
        dedupe_key=f"{channel}:{user.pk if user else 'customer'}:{message.key}",
        send_after=now,
    )


def _write(notices: Iterable[Notice]) -> None:
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
