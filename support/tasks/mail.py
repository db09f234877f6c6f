"""Fetching mail and sending replies: claimed by a service, done without a transaction, recorded by a service."""

import logging
from datetime import datetime

from opsdesk.common.actors import SYSTEM
from support.gateways import mail as gateway
from support.gateways.mail import MailServerDown
from support.services.tickets import mail as service

_log = logging.getLogger(__name__)


def poll_mail(*, now: datetime) -> int:
    """Fetch what came into the mailbox; each mail is kept before the server is told that it was read. Returns how many are
    new.

    SOP: S1
    """
    new = 0
    try:
        if gateway.is_set_up():
            with gateway.mailbox() as box:
                for one in box.unread(largest=service.LARGEST):
                    new += service.keep_mail(raw=one.raw, shop=box.shop, too_large=one.too_large, actor=SYSTEM, now=now)[1]
                    box.read(one.uid)
    except MailServerDown as failure:
        _log.warning("the mailbox was not read: %s", failure)
    service.take_waiting(actor=SYSTEM, now=now)
    return new


def send_replies(*, now: datetime) -> int:
    """Send what agents answered by e-mail; returns how many left. SOP: S1"""
    sent = 0
    for one in service.claim_replies(now=now):
        error = (
            "no address"
            if not one.to
            else gateway.send_reply(
                to=one.to,
                subject=one.subject,
                body=one.body,
                message_id=one.external_id,
                references=one.references,
                files=one.files,
            )
        )
        service.record_reply(message_id=one.message_id, error=error, final=not one.to, now=now)
        sent += not error
    return sent
