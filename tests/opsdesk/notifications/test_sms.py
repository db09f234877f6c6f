"""Text messages through a gateway: signed, each once, tried again when nothing is known of them, given up when refused."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from opsdesk.notifications.models import Notice
from opsdesk.notifications.rules import masked, read_status
from opsdesk.notifications.services import claim_due, record_sent, send
from tests.builders import NOW, a_shipped_order, a_shop, a_sku
from tests.kit.browser import Staff, text_of
from tests.kit.rows import row_counts
from tests.kit.sms_gateway import SECRET, SmsGateway, sms_gateway

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def gateway(settings: Any) -> Iterator[SmsGateway]:
    with sms_gateway() as peer:
        settings.SMS_URL, settings.SMS_SECRET, settings.OUTBOUND_ALLOW_PRIVATE = peer.url, SECRET, True
        yield peer


@pytest.fixture
def agent(db: None) -> Staff:
    return Staff(Role.CUSTOMER_SERVICE)


@pytest.fixture
def told(agent: Staff) -> Notice:
    """What a buyer without an e-mail address is told of their shipped order."""
    a_sku(a_shop(), on_hand=9)
    order = a_shipped_order(customer={"external_id": "b-9", "name": "王小明", "phone": "13800000000"})
    return Notice.objects.get(subject_id=order.public_id, kind="orders.shipped")


def sweep(now: Any = NOW) -> int:
    notices = claim_due(now=now)
    for notice in notices:
        record_sent(notice=notice, outcome=send(notice, now=now), now=now)
    return len(notices)


@pytest.mark.sop("O13")
def test_a_buyer_without_an_address_gets_one_text(gateway: SmsGateway, told: Notice) -> None:
    sweep()
    sweep(NOW + timedelta(days=1))

    told.refresh_from_db()
    (text,) = gateway.texts.values()
    assert (told.channel, told.sent_at, gateway.calls) == ("sms", NOW, 1)
    assert (text["to"], text["kind"], text["params"]["number"] in text["text"]) == (told.address, "orders.shipped", True)


@pytest.mark.parametrize(("status", "attempts"), [(500, 8), (503, 8), (429, 8), (400, 1), (401, 1)])
def test_what_the_gateway_refuses_is_given_up_and_what_it_may_have_taken_is_tried_again(
    gateway: SmsGateway, told: Notice, status: int, attempts: int
) -> None:
    gateway.status, moment = status, NOW
    while sweep(moment):
        moment = Notice.objects.get(pk=told.pk).send_after

    told.refresh_from_db()
    assert (told.attempts, told.error, told.failed_at is not None) == (attempts, f"HTTP {status}", True)


def test_a_text_that_is_sent_twice_arrives_once(gateway: SmsGateway, told: Notice) -> None:
    for _ in range(2):
        assert send(told, now=NOW).error == ""
    assert (gateway.calls, len(gateway.texts)) == (2, 1)


def test_a_gateway_that_is_not_there_is_no_answer(settings: Any, told: Notice) -> None:
    settings.SMS_URL, settings.OUTBOUND_ALLOW_PRIVATE = "http://127.0.0.1:9/", True
    assert send(told, now=NOW).error == "unreachable"


@pytest.mark.sop("O13")
def test_customer_service_sends_a_lost_notice_again(gateway: SmsGateway, told: Notice, agent: Staff) -> None:
    gateway.status = 400
    sweep()
    page = text_of(agent.open("notifications_notice_changelist"))
    assert ("Given up" in page, "HTTP 400" in page, masked(told.address) in page, told.address in page) == (
        True,
        True,
        True,
        False,
    )
    gateway.status = 200

    assert agent.send("notifications_notice_command", told.pk, "resend", reason="the customer asks").status_code == 302
    sweep()

    assert [text["to"] for text in gateway.texts.values()] == [told.address]
    entry = AuditEntry.objects.get(action="notices.resent")
    assert (entry.subject_id, entry.reason, entry.before["error"]) == (told.public_id, "the customer asks", "HTTP 400")


@pytest.mark.sop("O13", refused=True)
def test_a_notice_that_waits_is_not_sent_again_nor_by_whoever_may_not(gateway: SmsGateway, told: Notice, agent: Staff) -> None:
    before = row_counts()
    waiting = agent.send("notifications_notice_command", told.pk, "resend", reason="x")
    assert (waiting.status_code, row_counts()) == (422, before)
    sweep()
    agent.send("notifications_notice_command", told.pk, "resend", reason="once more")
    before = row_counts()

    again = agent.send("notifications_notice_command", told.pk, "resend", reason="and again")

    assert (again.status_code, "being sent again already" in text_of(again), row_counts()) == (422, True, before)
    logistics = Staff(Role.LOGISTICS)
    assert logistics.send("notifications_notice_command", told.pk, "resend", reason="x").status_code == 403
    assert Staff(Role.MARKETING).open("notifications_notice_changelist").status_code == 403


def test_another_shops_notices_are_not_there(told: Notice) -> None:
    stranger = Staff(Role.CUSTOMER_SERVICE, shops=[a_shop("douyin-01")])
    assert masked(told.address) not in text_of(stranger.open("notifications_notice_changelist"))
    assert stranger.send("notifications_notice_command", told.pk, "resend", reason="x").status_code == 404


@pytest.mark.parametrize(
    ("status", "error", "final"),
    [(200, "", False), (204, "", False), (400, "HTTP 400", True), (429, "HTTP 429", False), (500, "HTTP 500", False)],
)
def test_what_an_answer_means(status: int, error: str, final: bool) -> None:
    assert (read_status(status).error, read_status(status).is_final) == (error, final)


@pytest.mark.parametrize(
    ("address", "shown"), [("+8613812345678", "+86*******5678"), ("anna@example.com", "a***@example.com"), ("1234", "****")]
)
def test_an_address_is_shown_so_that_nobody_can_use_it(address: str, shown: str) -> None:
    assert masked(address) == shown
