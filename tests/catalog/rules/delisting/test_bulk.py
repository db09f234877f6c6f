"""Why a listing is refused, and what a look is known by."""

from catalog.rules.delisting.bulk import Refusal, Row, refusals, token_of
from opsdesk.common.errors import Forbidden, IllegalTransition, Invalid, Issue

WRONG = IllegalTransition(action="delist", state="x")


def test_a_step_that_is_not_possible_is_told_by_the_state() -> None:
    assert refusals(WRONG, "delisted") == (Refusal("It is not on sale."),)
    assert refusals(WRONG, "listed") == (Refusal("It is on sale already."),)
    assert refusals(WRONG, "archived") == (Refusal(WRONG.message_id, {"action": "delist", "state": "x"}),)
    assert refusals(Forbidden(), "listed") == (Refusal(Forbidden.message),)


def test_three_findings_are_told_at_most() -> None:
    issues = [Issue("/x", "x", f"wrong {number}", {"n": number}) for number in range(4)]
    said = refusals(Invalid("all of it", issues=issues), "delisted")
    assert [one.message for one in said] == ["all of it", "wrong 0", "wrong 1", "wrong 2"]
    assert said[1].params == {"n": 0}


def test_any_difference_is_another_token() -> None:
    order, row = {"action": "delist", "codes": ("A",)}, Row("A", 1, 1)
    tokens = [
        token_of(order, [row]),
        token_of(order, [row, Row("B")]),
        token_of(order, [Row("A", 2, 1)]),
        token_of(order, [Row("A", 1, 2)]),
        token_of(order, [Row("A", 1, 1, refused=(Refusal("no"),))]),
        token_of({**order, "action": "relist"}, [row]),
    ]
    assert len(set(tokens)) == 6
    assert token_of(dict(order), [Row("A", 1, 1)]) == tokens[0]
