"""What a warehouse's figure does to a balance."""

import pytest

from catalog.errors import BelowReserved, InsufficientStock
from catalog.rules.levels import Absolute, Balance, Delta, add, is_jump, take_over


def absolute(quantity: int, sync_seq: int) -> Absolute:
    return Absolute("TS", "sz-01", quantity, sync_seq)


@pytest.mark.parametrize(("sync_seq", "change"), [(4, None), (5, None), (6, 3)])
def test_only_a_newer_figure_is_taken_over(sync_seq: int, change: int | None) -> None:
    balance = Balance(on_hand=7, reserved=2, sync_seq=5)

    assert take_over(absolute(10, sync_seq), balance) == change
    assert balance.on_hand == (7 if change is None else 10)


def test_a_figure_may_reach_what_is_reserved_but_not_go_below() -> None:
    balance = Balance(on_hand=7, reserved=2, sync_seq=0)

    assert take_over(absolute(2, 1), balance) == -5
    with pytest.raises(BelowReserved):
        take_over(absolute(1, 2), balance)
    assert balance == Balance(on_hand=2, reserved=2, sync_seq=1)


def test_a_change_may_use_up_what_is_available_but_no_more() -> None:
    balance = Balance(on_hand=7, reserved=2, sync_seq=0)

    with pytest.raises(InsufficientStock):
        add(Delta("TS", "sz-01", -6, "k"), balance)
    assert add(Delta("TS", "sz-01", -5, "k"), balance) == -5
    assert balance.on_hand == 2


@pytest.mark.parametrize(("changes", "expected"), [([100], False), ([101], True), ([-101], True), ([200, -150], False)])
def test_a_jump_is_more_than_the_limit_in_sum(changes: list[int], expected: bool) -> None:
    assert is_jump(changes, limit=100) is expected
