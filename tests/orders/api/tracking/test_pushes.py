"""Kdniao's pushes: signed, stored raw first, once each, in any order and any number of times."""

import json
import random
from datetime import timedelta
from typing import Any

import pytest

from opsdesk.common.actors import SYSTEM
from opsdesk.inbox.models import WorkItem
from orders.enums.tracking import FeedSource
from orders.models import CarrierMessage, RawReport, TrackingEvent, TrackingFeed
from orders.rules.tracking.readings import SHOP_TIME
from orders.services.tracking import feeds, messages
from tests.builders import NOW, a_shipped_order, a_shop, a_sku, parcel_of
from tests.kit.carriers import PUSH_KEY, push, push_body
from tests.kit.duties import run
from tests.kit.http import Api
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")
NUMBER = "SF000000000001"
T = "2026-06-11 08:{:02}:00"


@pytest.fixture
def parcel(db: None, settings: Any) -> Any:
    settings.KDNIAO_KEY, settings.KDNIAO_CUSTOMER = PUSH_KEY, "1"
    a_sku(a_shop(), on_hand=500)
    return parcel_of(a_shipped_order(tracking_no=NUMBER, now=NOW - timedelta(hours=5)))


@pytest.mark.sop("O14")
def test_a_push_is_kept_and_moves_its_parcel(parcel: Any) -> None:
    body = push_body(("SF", NUMBER, [(T.format(1), "1"), (T.format(9), "202")]))

    answer = push(body)

    assert (answer.status_code, json.loads(answer.content)["Success"]) == (200, True)
    kept = CarrierMessage.objects.get()
    assert (bytes(kept.body).decode(), kept.source, kept.state, kept.finding) == (
        body,
        "kdniao",
        "read",
        "new=2 refused=0 unknown=0 skipped=0",
    )
    parcel.refresh_from_db()
    assert parcel.state == "out_for_delivery"
    assert list(TrackingEvent.objects.order_by("id").values_list("code", "location")) == [
        ("in_transit", "深圳"),
        ("out_for_delivery", "深圳"),
    ]
    assert TrackingFeed.objects.get().last_ok_at == NOW


def test_the_same_push_again_changes_nothing(parcel: Any) -> None:
    body = push_body(("SF", NUMBER, [(T.format(1), "1")]))
    push(body)
    before = row_counts()

    assert push(body).status_code == 200

    assert row_counts() == before


@pytest.mark.sop("O14")
def test_an_unknown_code_is_kept_raw_and_shown_and_moves_nothing(api: Api, parcel: Any) -> None:
    push(push_body(("SF", NUMBER, [(T.format(1), "777")])))

    row = RawReport.objects.get()
    assert (row.shipment, row.code, row.description, row.source) == (parcel, "777", "走件 777", "kdniao")
    parcel.refresh_from_db()
    assert (parcel.state, parcel.last_event_at) == ("info_received", None)
    assert CarrierMessage.objects.get().finding == "new=0 refused=0 unknown=1 skipped=0"
    answer = json.loads(api.get(f"shipments/{parcel.public_id}/").content)
    assert [(one["source"], one["code"]) for one in answer["unknown_reports"]] == [("kdniao", "777")]
    assert answer["feed_failing_since"] is None


@pytest.mark.sop("O14", refused=True)
@pytest.mark.parametrize("key", ["guessed", ""])
def test_a_push_with_a_wrong_signature_is_refused_and_nothing_is_written(parcel: Any, key: str) -> None:
    before = row_counts()

    answer = push(push_body(("SF", NUMBER, [(T.format(1), "3")])), key=key)

    assert (answer.status_code, json.loads(answer.content)["code"]) == (401, "bad_signature")
    assert row_counts() == before


def test_without_a_secret_nobody_may_push(parcel: Any, settings: Any) -> None:
    settings.KDNIAO_KEY = ""

    assert push(push_body(), key="").status_code == 401


@pytest.mark.parametrize("body", ["no json", "[]", '{"Data": 7}'])
def test_what_cannot_be_read_is_kept_and_refused(parcel: Any, body: str) -> None:
    answer = push(body)

    assert (answer.status_code, json.loads(answer.content)["code"]) == (400, "invalid")
    kept = CarrierMessage.objects.get()
    assert (bytes(kept.body).decode(), kept.state) == (body, "unreadable")


def test_unknown_parcels_and_carriers_are_counted_and_the_others_read(parcel: Any) -> None:
    traces = [(T.format(1), "1"), ("yesterday", "1")]

    push(push_body(("SF", "SF999999999999", traces), ("XX", NUMBER, [(T.format(1), "777")]), ("SF", NUMBER, traces)))

    assert CarrierMessage.objects.get().finding == "new=1 refused=1 unknown=0 skipped=2"
    parcel.refresh_from_db()
    assert parcel.state == "in_transit"


def test_what_was_stored_but_not_read_is_read_by_the_duty(parcel: Any) -> None:
    body = push_body(("SF", NUMBER, [(T.format(1), "3")])).encode()
    messages.keep_message(source=FeedSource.KDNIAO, key="k1", body=body, now=NOW)

    run("orders.read_carrier_messages", NOW)

    parcel.refresh_from_db()
    assert (parcel.state, CarrierMessage.objects.get().state) == ("delivered", "read")
    assert messages.read_kept(actor=SYSTEM, now=NOW) == 0


@pytest.mark.parametrize("seed", range(4))
def test_pushes_in_any_order_and_doubled_end_in_the_same_state(parcel: Any, seed: int) -> None:
    way = ["1", "2", "201", "777", "202", "405", "202", "301", "2"]
    one_each = [push_body(("SF", NUMBER, [(T.format(minute), action)])) for minute, action in enumerate(way)]
    all_at_once = push_body(("SF", NUMBER, [(T.format(minute), action) for minute, action in enumerate(way)]))
    pushes = [*one_each, *one_each, all_at_once]
    random.Random(seed).shuffle(pushes)

    assert {push(body).status_code for body in pushes} == {200}

    parcel.refresh_from_db()
    end = NOW.astimezone(SHOP_TIME).replace(hour=8, minute=7, second=0, microsecond=0)
    assert (parcel.state, parcel.finished_at, parcel.last_event_at, parcel.update_by) == (
        "delivered",
        end,
        end + timedelta(minutes=1),
        None,
    )
    assert (TrackingEvent.objects.count(), RawReport.objects.count()) == (len(way) - 1, 1)


@pytest.mark.usefixtures("parcel")
def test_a_source_that_falls_silent_while_parcels_are_under_way_is_an_alarm_once() -> None:
    push(push_body(("SF", NUMBER, [(T.format(1), "1")])))
    heard = TrackingFeed.objects.get()

    assert feeds.raise_alarms(now=NOW + timedelta(hours=12, seconds=-1)) == 0
    assert feeds.raise_alarms(now=NOW + timedelta(hours=12)) == 1

    silent = TrackingFeed.objects.get()
    assert (silent.failing_since, silent.last_error) == (NOW + timedelta(hours=12), "nothing has come for too long")
    alarm = WorkItem.objects.get(kind=feeds.ALARM)
    assert (alarm.subject_id, alarm.params["error"]) == (
        heard.public_id,
        {"message": "nothing has come for too long", "params": {}},
    )
    feeds.raise_alarms(now=NOW + timedelta(hours=13))
    assert WorkItem.objects.filter(kind=feeds.ALARM).count() == 1

    push(push_body(("SF", NUMBER, [(T.format(9), "202")])))
    alarm.refresh_from_db()
    assert alarm.outcome == "answered"


def test_silence_is_no_alarm_when_nothing_is_under_way(parcel: Any) -> None:
    push(push_body(("SF", NUMBER, [(T.format(1), "1"), (T.format(9), "3")])))
    parcel.refresh_from_db()
    assert parcel.state == "delivered"
    assert feeds.raise_alarms(now=NOW + timedelta(days=9)) == 0
