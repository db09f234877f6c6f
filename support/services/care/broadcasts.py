"""Writing to many customers: drafted, approved by a second person, sent to those who allow it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from opsdesk.audit.services import Change, record
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.common.errors import Forbidden, Invalid, Issue, NotFound
from opsdesk.common.locking import lock_many, lock_one
from opsdesk.common.text import mark
from opsdesk.inbox.services import Work, raise_item, resolve
from opsdesk.notifications.services import CustomerTelling, Message, tell_customers
from opsdesk.parameters.queries import value
from opsdesk.shops.queries import visible_to
from support.enums.care import BroadcastChannel, BroadcastState
from support.models import Broadcast, BroadcastCopy, ProfileMember, Segment
from support.parameters.care import WRITE_MOST, WRITE_REST
from support.queries.care.profiles import readers
from support.rules.care.lifecycle import BROADCAST_LIFECYCLE
from support.services.care.profiles import opt_out_link
from support.services.knowledge import wording

KIND = "broadcast"
APPROVE, POST = "support.approve_broadcast_item", "support.post_broadcast"
WRITE = "support.write_broadcast"
TEXT = mark("%(title)s\n%(body)s\nNo more of these: %(link)s")


@dataclass(frozen=True)
class BroadcastText:
    """What is written, to whom, by what, and when it goes out."""

    segment_id: int
    channel: str
    kind: str
    title: str
    body: str
    send_at: datetime


@transaction.atomic(savepoint=False)
def write_broadcast(*, broadcast_id: int | None, text: BroadcastText, actor: Actor, now: datetime) -> Broadcast:
    """Write a broadcast, or a draft anew; somebody else approves it.

    Raises: NotFound (also for another shop's segment), Forbidden (also for another's draft), Invalid (approved already, words
    that are not for customers).
    SOP: S17
    """
    actor.require(WRITE)
    row = lock_one(Broadcast.objects.filter(pk=broadcast_id)) if broadcast_id else Broadcast()
    segment = Segment.objects.filter(pk=text.segment_id, shop__in=visible_to(actor)).select_related("shop").first()
    if segment is None or (broadcast_id and not visible_to(actor).filter(pk=row.segment.shop_id).exists()):
        raise NotFound()
    if broadcast_id and row.author_id != actor.staff_id:
        raise Forbidden(mark("A draft is changed by its author."))
    if row.state != BroadcastState.DRAFT:
        raise Invalid(mark("It is approved or over: write a new one."), code="not_a_draft")
    wording.check(f"{text.title}\n{text.body}", actor=actor, now=now)
    row.segment, row.channel, row.kind = segment, text.channel, text.kind
    row.title, row.body, row.send_at, row.author_id = text.title.strip(), text.body.strip(), text.send_at, actor.staff_id
    row.save()
    params = {"title": row.title}
    raise_item(Work(APPROVE, KIND, row.public_id, row.send_at, segment.shop_id, params=params), now=now)
    _record(row, "written", actor, now)
    return row


@transaction.atomic(savepoint=False)
def approve(*, broadcast_id: int, actor: Actor, now: datetime) -> Broadcast:
    """Let a broadcast go out; never one's own, superusers included. What goes to a social account is posted by hand.

    Raises: NotFound, Forbidden, IllegalTransition.
    SOP: S17
    """
    row = _enter(broadcast_id, "approve", actor)
    if actor.staff_id is None or actor.staff_id == row.author_id:
        raise Forbidden(mark("Somebody else approves what you wrote."))
    row.state, row.approver_id = BroadcastState.APPROVED, actor.staff_id
    row.save(update_fields=["state", "approver"])
    resolve(kind=APPROVE, subject_ids=[row.public_id], outcome="approved", actor=actor, now=now)
    if row.channel == BroadcastChannel.SOCIAL:
        params = {"title": row.title}
        raise_item(Work(POST, KIND, row.public_id, row.send_at, row.segment.shop_id, params=params), now=now)
    _record(row, "approved", actor, now)
    return row


@transaction.atomic(savepoint=False)
def posted(*, broadcast_id: int, link: str, actor: Actor, now: datetime) -> Broadcast:
    """It stands on the social account: here.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (it goes out by itself).
    SOP: S17
    """
    row = _enter(broadcast_id, "posted", actor)
    if row.channel != BroadcastChannel.SOCIAL:
        raise Invalid(mark("It goes out by itself."), code="not_social")
    row.state, row.link, row.sent_at = BroadcastState.SENT, link, now
    row.save(update_fields=["state", "link", "sent_at"])
    resolve(kind=POST, subject_ids=[row.public_id], outcome="posted", actor=actor, now=now)
    _record(row, "sent", actor, now)
    return row


@transaction.atomic(savepoint=False)
def cancel(*, broadcast_id: int, reason: str, actor: Actor, now: datetime) -> Broadcast:
    """It does not go out. Raises: NotFound, Forbidden, IllegalTransition, Invalid (no reason). SOP: S17"""
    row = _enter(broadcast_id, "cancel", actor)
    if not reason.strip():
        issue = Issue("/reason", "required", mark("A reason is required."))
        raise Invalid(issue.message, code=issue.code, issues=[issue])
    row.state = BroadcastState.CANCELLED
    row.save(update_fields=["state"])
    for kind in (APPROVE, POST):
        resolve(kind=kind, subject_ids=[row.public_id], outcome="cancelled", actor=actor, now=now)
    _record(row, "cancelled", actor, now, reason=reason.strip())
    return row


def send_due(*, now: datetime) -> int:
    """Send the approved broadcasts whose time has come; returns to how many. SOP: S17"""
    due = Broadcast.objects.filter(state=BroadcastState.APPROVED, send_at__lte=now).exclude(channel=BroadcastChannel.SOCIAL)
    count = 0
    for key in list(due.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            for row in lock_many(due.filter(pk=key).select_related("segment__shop")):
                count += _send(row, now)
    return count


def _send(row: Broadcast, now: datetime) -> int:
    found = list(readers(row.segment, row.channel, now, rest_since=now - value(WRITE_REST))[: value(WRITE_MOST)])
    BroadcastCopy.objects.bulk_create(
        [BroadcastCopy(broadcast=row, profile=one.profile, sent_at=now) for one in found], batch_size=1000
    )
    tell_customers((_telling(row, one) for one in found), now=now)
    row.state, row.sent_at, row.sent_to = BroadcastState.SENT, now, len(found)
    row.save(update_fields=["state", "sent_at", "sent_to"])
    _record(row, "sent", SYSTEM, now)
    return len(found)


def _telling(row: Broadcast, one: ProfileMember) -> CustomerTelling:
    params = {"title": row.title, "body": row.body, "link": opt_out_link(one.profile)}
    message = Message("support.broadcast", f"broadcast:{row.pk}:{one.profile_id}", TEXT, KIND, row.public_id, params)
    by_mail = row.channel == BroadcastChannel.EMAIL
    email, phone = (one.customer.email, "") if by_mail else ("", one.customer.phone)
    return CustomerTelling(message, email, phone, row.segment.shop_id)


def _enter(broadcast_id: int, step: str, actor: Actor) -> Broadcast:
    row = lock_one(Broadcast.objects.filter(pk=broadcast_id).select_related("segment__shop"))
    if not actor.sees_shop(row.segment.shop_id):
        raise NotFound()
    BROADCAST_LIFECYCLE.enter(step, row.state, actor)
    return row


def _record(row: Broadcast, what: str, actor: Actor, now: datetime, reason: str = "") -> None:
    after = {"state": row.state, "title": row.title, "count": row.sent_to}
    change = Change(f"support.broadcast_{what}", KIND, row.public_id, row.segment.shop.code, after=after, reason=reason)
    record(change, actor=actor, now=now)
