"""Targets and frames as people write them."""

import pytest

from support.rules.sla.texts import Unreadable, duration, milliseconds, week, written


@pytest.mark.parametrize(
    ("text", "total", "said"),
    [
        ("10s", 10_000, "10s"),
        ("1500ms", 1500, "1s500ms"),
        (" 1h 30M ", 5_400_000, "1h30m"),
        ("48h", 172_800_000, "48h"),
        ("2d3h", 183_600_000, "51h"),
        ("1ms", 1, "1ms"),
        ("90m", 5_400_000, "1h30m"),
        ("2159h", 2159 * 3_600_000, "2159h"),
    ],
)
def test_a_target_is_read_and_written(text: str, total: int, said: str) -> None:
    assert (milliseconds(text), duration(total)) == (total, said)
    assert milliseconds(said) == total


@pytest.mark.parametrize("text", ["", " ", "10", "s", "0s", "-1s", "1.5h", "90d", "soon", "10s!"])
def test_what_is_no_target_is_told(text: str) -> None:
    with pytest.raises(Unreadable):
        milliseconds(text)


@pytest.mark.parametrize(
    ("text", "frames", "said"),
    [
        ("09:00-12:00 13:00-18:00", {"*": ((540, 720), (780, 1080))}, "09:00-12:00 13:00-18:00"),
        ("0:00-24:00", {"*": ((0, 1440),)}, "00:00-24:00"),
        ("09:00-18:00\nSat 10:00-16:00\nsun closed", {"*": ((540, 1080),), "5": ((600, 960),), "6": ()}, None),
        ("", {}, ""),
        ("closed", {"*": ()}, "closed"),
        ("mon", {"0": ()}, "mon closed"),
        ("09:00-12:00 12:00-13:00", {"*": ((540, 720), (720, 780))}, "09:00-12:00 12:00-13:00"),
    ],
)
def test_frames_are_read_and_written(text: str, frames: object, said: str | None) -> None:
    assert week(text) == frames
    assert written(week(text)) == (text.lower() if said is None else said)


@pytest.mark.parametrize(
    "text",
    [
        "9-12",
        "09:00-09:00",
        "10:00-09:00",
        "09:00-12:00 11:00-13:00",
        "09:00-24:01",
        "09:60-10:00",
        "09:00-10:60",
        "09:00-10:00\n11:00-12:00",
        "sat 9:00-10:00\nsat 11:00-12:00",
        "feiertag",
    ],
)
def test_what_are_no_frames_is_told(text: str) -> None:
    with pytest.raises(Unreadable):
        week(text)
