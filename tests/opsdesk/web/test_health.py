"""Health: alive, ready, and whether the schedule stands still."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from opsdesk.duties.services import tick
from tests.builders import NOW

pytestmark = pytest.mark.django_db


def test_live_and_ready_answer(client: Client) -> None:
    assert client.get("/health/live/").json() == {"status": "ok"}
    assert client.get("/health/ready/").json() == {"status": "ok"}


def test_status_is_red_until_the_schedule_ticks_and_when_it_stops(client: Client, clock: Any) -> None:
    assert client.get("/health/status/").status_code == 503
    tick(now=NOW)
    answer = client.get("/health/status/")
    assert (answer.status_code, answer.json()["status"]) == (200, "green")
    clock.move_to(NOW + timedelta(minutes=11))
    answer = client.get("/health/status/")
    assert (answer.status_code, json.loads(answer.content)["status"]) == (503, "red")
