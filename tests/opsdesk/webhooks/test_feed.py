"""GET events/: every event once, in order, from where one stopped, and none of a transaction in flight."""

import json
from threading import Event as Signal
from threading import Thread
from typing import Any

import pytest
from django.db import connection, transaction

from opsdesk.webhooks.services import News, emit, emit_many
from tests.builders import NOW, a_client, a_shop
from tests.kit.http import Api, problem

NEWS = News("test.happened", "test", "t_1", None, {"n": 1})


def feed(api: Api, **params: Any) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(api.get("events/", **params).content)
    return body


@pytest.mark.serial  # a transaction anywhere in the cluster holds the feed back
@pytest.mark.django_db(transaction=True)
def test_the_feed_goes_on_from_its_cursor() -> None:
    api = Api(a_client("events:read"))
    emit_many([NEWS, NEWS, News("test.other", "test", "t_2", None, {})], now=NOW)
    first = feed(api, limit=2)
    assert [(event["type"], event["sequence"]) for event in first["results"]] == [("test.happened", 1), ("test.happened", 2)]

    second = feed(api, after=first["cursor"])
    assert [(event["type"], event["sequence"]) for event in second["results"]] == [("test.other", 1)]
    assert feed(api, after=second["cursor"]) == {"results": [], "cursor": second["cursor"]}

    emit(NEWS, now=NOW)
    assert [event["sequence"] for event in feed(api, after=second["cursor"])["results"]] == [3]


@pytest.mark.serial  # a transaction anywhere in the cluster holds the feed back
@pytest.mark.django_db(transaction=True)
def test_what_commits_late_is_not_skipped() -> None:
    api = Api(a_client("events:read"))
    written, go_on = Signal(), Signal()

    def slow() -> None:
        with transaction.atomic():
            emit(News("test.slow", "test", "t_slow", None, {}), now=NOW)
            written.set()
            go_on.wait(10)
        connection.close()

    thread = Thread(target=slow)
    thread.start()
    written.wait(10)
    emit(News("test.fast", "test", "t_fast", None, {}), now=NOW)
    early = feed(api)
    go_on.set()
    thread.join()

    assert early["results"] == []
    assert [event["type"] for event in feed(api)["results"]] == ["test.slow", "test.fast"]


@pytest.mark.serial  # a transaction anywhere in the cluster holds the feed back
@pytest.mark.django_db(transaction=True)
def test_a_client_sees_its_own_shops_events() -> None:
    here, there = a_shop("here"), a_shop("there")
    emit_many([News("test.a", "test", "a", here.pk, {}), News("test.b", "test", "b", there.pk, {})], now=NOW)
    assert [event["type"] for event in feed(Api(a_client("events:read", shops=["here"])))["results"]] == ["test.a"]


@pytest.mark.django_db
@pytest.mark.parametrize("query", [{"after": "x"}, {"limit": 0}, {"type": "order.created"}])
def test_wrong_parameters_are_refused(query: dict[str, Any]) -> None:
    assert problem(Api(a_client("events:read")).get("events/", **query))[0] == 400


@pytest.mark.django_db
def test_the_feed_needs_its_scope() -> None:
    assert problem(Api(a_client("orders:read")).get("events/"))[0:2] == (403, "permission_denied")
