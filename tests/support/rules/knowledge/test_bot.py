"""What the bot makes of a customer's words."""

import pytest

from support.enums.knowledge import HandOver
from support.rules.knowledge.bot import Verdict, Wording, reading, verdict

NOTHING = Wording(wants_person=False, complains=False, asks_where=False)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("转人工", Wording(wants_person=True, complains=False, asks_where=False)),
        ("I want a human", Wording(wants_person=True, complains=False, asks_where=False)),
        ("我要投诉", Wording(wants_person=False, complains=True, asks_where=False)),
        ("我的快递到哪了", Wording(wants_person=False, complains=False, asks_where=True)),
        ("Where is my order?", Wording(wants_person=False, complains=False, asks_where=True)),
        ("杯子多大", NOTHING),
    ],
)
def test_words_are_read(text: str, said: Wording) -> None:
    assert reading(text) == said


@pytest.mark.parametrize(
    ("said", "known", "best", "answered", "found"),
    [
        (Wording(True, True, True), True, 100, 0, Verdict(hand_over=HandOver.ASKED)),
        (Wording(False, True, True), True, 100, 0, Verdict(hand_over=HandOver.COMPLAINT)),
        (Wording(False, False, True), True, 0, 0, Verdict(answer_from="order")),
        (Wording(False, False, True), False, 0, 0, Verdict(hand_over=HandOver.UNKNOWN)),
        (NOTHING, True, 35, 2, Verdict(answer_from="article")),
        (NOTHING, True, 34, 2, Verdict(hand_over=HandOver.UNKNOWN)),
        (NOTHING, True, 100, 3, Verdict(hand_over=HandOver.TIRED)),
    ],
)
def test_an_answer_or_a_person(said: Wording, *, known: bool, best: int, answered: int, found: Verdict) -> None:
    assert verdict(said, knows_order=known, best=best, likeness=35, answered=answered, most=3) == found
