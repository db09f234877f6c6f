"""Which problem a ticket has, the Pareto, and the judgement by the rate."""

import pytest

from support.rules.voice.problems import Frequency, Watched, judged, pareto, problem_of, words_of

SLOW, SIZE = Watched(1, "Slow", ("late", "物流慢")), Watched(2, "Size", ("size", "尺码"))


def test_words_are_one_a_line() -> None:
    assert words_of(" Late \n\n物流慢\nlate") == ("late", "物流慢")


@pytest.mark.parametrize(
    ("text", "found"), [("It is LATE, wrong size", 1), ("尺码不符", 2), ("wrong SIZE", 2), ("Where is it?", None)]
)
def test_the_first_problem_that_fits_is_the_tickets(text: str, found: int | None) -> None:
    assert problem_of(text, [SLOW, SIZE]) == found


def test_a_pareto_goes_down_and_marks_the_vital_few() -> None:
    bars = pareto([{"n": "a", "count": 1}, {"n": "b", "count": 6}, {"n": "c", "count": 2}, {"n": "d", "count": 1}], vital=80)
    assert [(bar.line["n"], bar.share, bar.together, bar.vital) for bar in bars] == [
        ("b", 60.0, 60.0, True),
        ("c", 20.0, 80.0, True),
        ("a", 10.0, 90.0, False),
        ("d", 10.0, 100.0, False),
    ]
    assert pareto([], vital=80) == []
    assert [bar.share for bar in pareto([{"count": 0}], vital=80)] == [0.0]


def test_a_rate_needs_orders() -> None:
    assert (Frequency(3, 200).per_hundred, Frequency(3, 0).per_hundred) == (1.5, None)


@pytest.mark.parametrize(
    ("before", "after", "state"),
    [
        (Frequency(10, 100), Frequency(7, 100), "improved"),
        (Frequency(10, 100), Frequency(8, 100), "not_improved"),
        (Frequency(10, 100), Frequency(14, 200), "improved"),
        (Frequency(10, 100), Frequency(15, 200), "not_improved"),
        (Frequency(10, 100), Frequency(0, 0), None),
        (Frequency(10, 0), Frequency(7, 5), "improved"),
        (Frequency(10, 0), Frequency(8, 5), "not_improved"),
    ],
)
def test_only_the_rate_judges(before: Frequency, after: Frequency, state: str | None) -> None:
    assert judged(before, after, drop=30) == state
