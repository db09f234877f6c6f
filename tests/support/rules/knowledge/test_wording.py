"""What agents do not say, what is scored, and who is there."""

from datetime import UTC, datetime, timedelta

import pytest

from support.enums.knowledge import PresenceState, ToneState
from support.rules.knowledge.wording import Rule, is_drawn, presence, said, state_after

RULES = [Rule("不知道", "我帮您查一下"), Rule("No Idea", "")]
NOW = datetime(2026, 6, 11, 1, tzinfo=UTC)
MS = timedelta(milliseconds=1)


@pytest.mark.parametrize(
    ("body", "phrases"),
    [("这个不知道哦", ["不知道"]), ("不 知\n道", ["不知道"]), ("no idea, 不知道", ["不知道", "No Idea"]), ("知道了", [])],
)
def test_a_phrase_is_found_whatever_stands_between(body: str, phrases: list[str]) -> None:
    assert [rule.phrase for rule in said(body, RULES)] == phrases


@pytest.mark.parametrize(("points", "state"), [((3, 5, 5), ToneState.DONE), ((2, 5, 5), ToneState.COACHING)])
def test_one_low_point_is_talked_over(points: tuple[int, ...], state: ToneState) -> None:
    assert state_after(points, 3) is state


def test_the_share_is_drawn_once_and_for_all() -> None:
    keys = [f"tic_{number}" for number in range(2000)]
    assert not any(is_drawn(key, 0) for key in keys)
    assert all(is_drawn(key, 100) for key in keys)
    drawn = [key for key in keys if is_drawn(key, 5)]
    assert 60 < len(drawn) < 140
    assert drawn == [key for key in keys if is_drawn(key, 5)]


def test_without_a_sign_of_life_nobody_is_there() -> None:
    away = timedelta(minutes=5)
    assert presence("online", NOW - away + MS, NOW, away) is PresenceState.ONLINE
    assert presence("online", NOW - away, NOW, away) is PresenceState.OFFLINE
