"""Addresses that cannot be guessed."""

import pytest

from opsdesk.common.ids import new_id
from support.rules.voice.token import survey_of, token_of

KEY = new_id("svy")


def test_a_token_names_its_survey() -> None:
    assert survey_of(token_of(KEY, "s"), "s") == KEY


@pytest.mark.parametrize(
    "wrong", ["", KEY, f"{KEY}-", token_of(KEY, "other"), token_of(KEY, "s") + "x", token_of(KEY, "s").lower(), "é" * 60]
)
def test_nothing_else_does(wrong: str) -> None:
    assert survey_of(wrong, "s") == ""
