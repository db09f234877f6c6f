"""What is pasted is cut into numbers."""

from orders.rules.finding import MOST, answers, asked


def test_numbers_are_cut_at_spaces_lines_and_commas_each_once() -> None:
    found = asked(" 20260611000001\nTM-1，TM-2；1234 TM-1、\t99")
    assert (found.numbers, found.left_out) == (["20260611000001", "TM-1", "TM-2", "1234", "99"], 0)
    assert found.tails == ["1234"]
    assert asked("１２３４").tails == []


def test_what_is_beyond_the_limit_is_told() -> None:
    text = "\n".join(str(number) for number in range(MOST + 3))
    assert (len(asked(text).numbers), asked(text).left_out) == (MOST, 3)


def test_each_number_has_its_answer() -> None:
    assert answers(["a", "b"], {"a": {1, 3}}) == [("a", [3, 1]), ("b", [])]
