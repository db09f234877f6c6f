"""What a review is about."""

import pytest

from catalog.enums.quality import FeedbackReason as R
from support.rules.reviews.reading import reason_of
from support.rules.surveys.answers import stars_of, state_after


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("尺码偏小", R.SIZE),
        ("有色差", R.COLOUR),
        ("收到就碎了", R.DAMAGED),
        ("和图片不一样", R.NOT_AS_DESCRIBED),
        ("没有说明书", R.USAGE),
        ("质量差", R.QUALITY),
        ("Too SMALL", R.SIZE),
        ("很喜欢", R.OTHER),
        ("", R.OTHER),
    ],
)
def test_the_first_word_names_the_reason(text: str, reason: R) -> None:
    assert reason_of(text) is reason


@pytest.mark.parametrize(
    ("text", "stars"),
    [("5", 5), (" 4 星 ", 4), ("３分！", 3), ("1 star", 1), ("6", None), ("55", None), ("5 days late", None), ("", None)],
)
def test_a_number_alone_is_an_answer(text: str, stars: int | None) -> None:
    assert stars_of(text) == stars


def test_few_stars_want_a_talk() -> None:
    assert [state_after(stars, 2).value for stars in (1, 2, 3)] == ["follow_up", "follow_up", "answered"]
