"""What stars say."""

import pytest

from support.enums.voice import SurveyState
from support.rules.voice.rating import Rating, state_of


def test_a_rating_is_counted() -> None:
    rating = Rating(8, (1, 0, 0, 1, 2))
    assert (rating.answered, rating.response, rating.mean, rating.content) == (4, 50.0, 3.75, 75.0)


def test_nothing_is_no_number() -> None:
    assert (Rating(0).response, Rating(0).mean, Rating(0).content, Rating(3).response) == (None, None, None, 0.0)


@pytest.mark.parametrize(("stars", "state"), [(1, "follow_up"), (2, "follow_up"), (3, "answered"), (5, "answered")])
def test_few_stars_are_followed_up(stars: int, state: str) -> None:
    assert state_of(stars, low=2) == SurveyState(state)
