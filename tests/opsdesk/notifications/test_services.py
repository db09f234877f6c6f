"""Notices: told once, sent after commit, tried again, and given up visibly."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils.translation import gettext, override

from opsdesk.accounts.models import User
from opsdesk.accounts.roles import Role
from opsdesk.common.text import inner, mark
from opsdesk.notifications.models import Notice
from opsdesk.notifications.services import (
    MAX_ATTEMPTS,
    CustomerTelling,
    Message,
    claim_due,
    mark_read,
    record_sent,
    send,
    tell_customers,
    tell_role,
)
from tests.builders import NOW, a_user

pytestmark = pytest.mark.django_db
MESSAGE = Message("tests.told", "occasion-1", mark("Not found."))


def sweep(now: object = NOW) -> int:
    notices = claim_due(now=now)  # type: ignore[arg-type]
    for notice in notices:
        record_sent(notice=notice, outcome=send(notice, now=NOW), now=NOW)
    return len(notices)


def test_a_role_is_told_in_the_app_and_by_mail_once() -> None:
    agent = a_user(Role.CUSTOMER_SERVICE)
    User.objects.filter(pk=agent.pk).update(email="agent@example.com", language="zh-hans")
    tell_role(MESSAGE, role=Role.CUSTOMER_SERVICE, shop_id=None, now=NOW)
    tell_role(MESSAGE, role=Role.CUSTOMER_SERVICE, shop_id=None, now=NOW)
    assert sorted(Notice.objects.values_list("channel", flat=True)) == ["email", "in_app"]

    assert sweep() == 1
    assert [message.to for message in mail.outbox] == [["agent@example.com"]]
    assert sweep(NOW + timedelta(days=1)) == 0
    assert mark_read(user=agent, now=NOW) == 1


def test_a_message_within_a_message_is_said_in_the_readers_language() -> None:
    reader = a_user(Role.CUSTOMER_SERVICE)
    User.objects.filter(pk=reader.pk).update(email="agent@example.com", language="zh-hans")
    overdue = Message("tests.told", "occasion-4", mark("Overdue: %(title)s"), params={"title": inner("Not found.")})
    tell_role(overdue, role=Role.CUSTOMER_SERVICE, shop_id=None, now=NOW)
    assert sweep() == 1
    with override("zh-hans"):
        assert (gettext("Not found."), mail.outbox[0].body) == (
            "未找到。",
            gettext("Overdue: %(title)s") % {"title": "未找到。"},
        )


def test_a_customer_is_told_by_mail_or_else_by_text_message() -> None:
    tell_customers([CustomerTelling(MESSAGE, "b@example.com", "+8613800000000")], now=NOW)
    tell_customers([CustomerTelling(Message("tests.told", "occasion-2", mark("Not found.")), "", "+8613800000000")], now=NOW)
    tell_customers([CustomerTelling(Message("tests.told", "occasion-3", mark("Not found.")), "", "")], now=NOW)
    assert sorted(Notice.objects.values_list("channel", "address")) == [("email", "b@example.com"), ("sms", "+8613800000000")]


def test_what_cannot_be_sent_is_tried_with_growing_pauses_and_given_up_visibly() -> None:
    tell_customers([CustomerTelling(MESSAGE, "", "+8613800000000")], now=NOW)
    moment, pauses = NOW, []
    for _ in range(MAX_ATTEMPTS):
        assert sweep(moment) == 1
        notice = Notice.objects.get()
        pauses.append(notice.send_after - moment)
        moment = notice.send_after
    assert pauses[:3] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert notice.failed_at == NOW
    assert notice.error == "No text message gateway is configured."
    assert sweep(moment + timedelta(days=9)) == 0
