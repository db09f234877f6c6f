"""Asking kuaidi100 after parcels: once in a while, signed, and a dumb source is no silent parcel."""

from datetime import timedelta
from typing import Any

import pytest

from opsdesk.accounts.roles import Role
from opsdesk.inbox.kinds import REGISTER
from opsdesk.inbox.models import WorkItem
from orders.models import CarrierCase, CarrierMessage, ParcelFeed, RawReport, TrackingFeed
from tests.builders import NOW, a_report, a_shipped_order, a_shop, a_sku, parcel_of
from tests.kit.browser import Staff, text_of
from tests.kit.carriers import CUSTOMER, KEY, kuaidi100_server, track
from tests.kit.duties import run
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")
NUMBER, POLL = "SF000000000001", "orders.poll_parcels"
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def source(db: None, settings: Any) -> Any:
    with kuaidi100_server() as peer:
        settings.KUAIDI100_URL, settings.KUAIDI100_CUSTOMER, settings.KUAIDI100_KEY = peer.url, CUSTOMER, KEY
        settings.OUTBOUND_ALLOW_PRIVATE = True
        yield peer


@pytest.fixture
def parcel(source: Any) -> Any:
    a_sku(a_shop(), on_hand=500)
    return parcel_of(a_shipped_order(tracking_no=NUMBER))


def feed_of(parcel: Any) -> Any:
    return ParcelFeed.objects.get(shipment=parcel)


@pytest.mark.sop("O14")
def test_a_parcel_is_asked_after_and_moves(source: Any, parcel: Any) -> None:
    source.says[NUMBER] = track(("2026-06-11 12:00:00", "5"), ("2026-06-11 10:00:00", "1002"), ("2026-06-11 09:30:00", "999"))
    at = NOW + 4 * HOUR

    run(POLL, at)

    assert source.asked == [{"com": "shunfeng", "num": NUMBER, "resultv2": "4", "phone": "0000"}]
    parcel.refresh_from_db()
    assert parcel.state == "out_for_delivery"
    assert list(parcel.events.order_by("id").values_list("code", "location")) == [
        ("out_for_delivery", "广东,深圳市"),
        ("in_transit", "广东,深圳市"),
    ]
    assert RawReport.objects.get().code == "999"
    feed = feed_of(parcel)
    assert (feed.last_ok_at, feed.next_poll_at, feed.failing_since) == (at, at + 30 * MINUTE, None)
    assert CarrierMessage.objects.get().state == "read"


def test_nobody_asks_twice_in_half_an_hour_nor_keeps_the_same_answer_twice(source: Any, parcel: Any) -> None:
    for minutes in (0, 15, 30):
        run(POLL, NOW + minutes * MINUTE)

    assert len(source.asked) == 2
    assert CarrierMessage.objects.count() == 1


def test_nobody_asks_after_what_has_arrived(source: Any, parcel: Any) -> None:
    run(POLL, NOW)
    a_report(NUMBER, "delivered", NOW + HOUR)

    run(POLL, NOW + 2 * HOUR)

    assert (len(source.asked), feed_of(parcel).next_poll_at) == (1, None)


def test_without_an_account_nobody_is_asked(source: Any, parcel: Any, settings: Any) -> None:
    settings.KUAIDI100_KEY = ""

    run(POLL, NOW)

    assert (source.asked, ParcelFeed.objects.count()) == ([], 0)


@pytest.mark.sop("O14", refused=True)
@pytest.mark.parametrize(
    ("trouble", "reason"),
    [("status", "HTTP 502"), ("json", "json"), ("key", "503 验证签名失败"), ("away", "unreachable"), ("empty", "status")],
)
def test_a_dumb_source_is_no_silent_parcel(source: Any, parcel: Any, settings: Any, trouble: str, reason: str) -> None:
    if trouble == "status":
        source.status = 502
    elif trouble == "key":
        settings.KUAIDI100_KEY = "stolen"
    elif trouble == "away":
        settings.KUAIDI100_URL = "http://127.0.0.1:1/"
    else:
        source.says[NUMBER] = b"<html>" if trouble == "json" else b"{}"
    at = NOW + 48 * HOUR

    run(POLL, at)
    run("orders.scan_stalled_shipments", at)

    feed = feed_of(parcel)
    assert (feed.failing_since, feed.last_error, feed.last_ok_at) == (at, reason, None)
    parcel.refresh_from_db()
    assert (CarrierCase.objects.count(), parcel.stalled_at, parcel.events.count()) == (0, None, 0)
    whole = TrackingFeed.objects.get()
    assert (whole.failing_since, whole.alarm_by, whole.last_error) == (at, at + HOUR, reason)


def test_once_the_source_speaks_again_the_silence_counts(source: Any, parcel: Any) -> None:
    source.status, at = 502, NOW + 48 * HOUR
    run(POLL, at)
    source.status = 200

    run(POLL, at + HOUR)
    run("orders.scan_stalled_shipments", at + HOUR)

    assert (feed_of(parcel).failing_since, TrackingFeed.objects.get().failing_since) == (None, None)
    assert CarrierCase.objects.get().shipment == parcel


def test_a_refusal_that_concerns_one_parcel_is_no_failure_of_the_source(source: Any, parcel: Any) -> None:
    source.says[NUMBER] = {"result": False, "returnCode": "408", "message": "验证码错误"}
    at = NOW + 48 * HOUR

    run(POLL, at)
    run("orders.scan_stalled_shipments", at)

    assert (feed_of(parcel).failing_since, feed_of(parcel).last_error) == (None, "408 验证码错误")
    assert (TrackingFeed.objects.get().failing_since, CarrierCase.objects.count()) == (None, 1)


@pytest.mark.sop("O14")
def test_a_source_that_fails_for_an_hour_is_technical_supports_work(source: Any, parcel: Any) -> None:
    source.status = 502
    technician = Staff(Role.TECHNICAL)
    for minutes in (0, 30, 59):
        run(POLL, NOW + minutes * MINUTE)
    assert WorkItem.objects.count() == 0

    run(POLL, NOW + HOUR)

    item, feed = WorkItem.objects.get(), TrackingFeed.objects.get()
    assert (item.kind, item.role, item.subject_id, item.due_at) == (
        "orders.feed_failing",
        "technical",
        feed.public_id,
        NOW + 5 * HOUR,
    )
    assert "Repaired, try again" in text_of(technician.client.get(REGISTER[item.kind].url(item.subject_id)))
    answer = technician.send("orders_trackingfeed_command", feed.pk, "retry", note="new key")
    item.refresh_from_db()
    assert (answer.status_code, item.outcome, feed_of(parcel).next_poll_at) == (302, "retried", NOW)


def test_the_alarm_ends_by_itself(source: Any, parcel: Any) -> None:
    source.status = 502
    run(POLL, NOW)
    run(POLL, NOW + HOUR)
    source.status = 200

    run(POLL, NOW + 2 * HOUR)

    assert WorkItem.objects.get().outcome == "answered"


def test_only_a_failing_source_is_tried_again_and_only_by_technical_support(source: Any, parcel: Any) -> None:
    run(POLL, NOW)
    feed = TrackingFeed.objects.get()
    technician, reader = Staff(Role.TECHNICAL), Staff(Role.LOGISTICS)
    before = row_counts()

    assert technician.send("orders_trackingfeed_command", feed.pk, "retry", note="x").status_code == 422
    assert reader.send("orders_trackingfeed_command", feed.pk, "retry", note="x").status_code == 403

    assert row_counts() == before
    message = CarrierMessage.objects.get()
    assert "查询无结果" in text_of(technician.open("orders_carriermessage_change", message.pk)) or "returnCode" in text_of(
        technician.open("orders_carriermessage_change", message.pk)
    )
    assert "Kuaidi100" in text_of(technician.open("orders_trackingfeed_changelist"))
