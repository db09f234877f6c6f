"""Who is asked, and what an answer leads to."""

from itertools import product

import pytest

from opsdesk.common.actors import SYSTEM
from opsdesk.common.errors import IllegalTransition
from orders.enums.completion import SatisfactionState
from orders.rules.completion.aftercare import SATISFACTION_LIFECYCLE, is_sampled, state_after

STEPS = {"record": ("open", None), "remedy": ("follow_up", "closed")}


@pytest.mark.parametrize(("state", "step"), product(SatisfactionState.values, STEPS))
def test_every_step_from_every_state(state: str, step: str) -> None:
    source, target = STEPS[step]
    assert set(SATISFACTION_LIFECYCLE.transitions) == set(STEPS)
    if state == source:
        assert SATISFACTION_LIFECYCLE.enter(step, state, SYSTEM).target == target
    else:
        with pytest.raises(IllegalTransition):
            SATISFACTION_LIFECYCLE.enter(step, state, SYSTEM)


def test_the_sample_is_as_large_as_the_share_and_never_changes() -> None:
    keys = [f"ord_{number}" for number in range(10_000)]
    found = [key for key in keys if is_sampled(key, 10)]
    assert 900 < len(found) < 1100
    assert found == [key for key in keys if is_sampled(key, 10)]
    assert not any(is_sampled(key, 0) for key in keys)
    assert all(is_sampled(key, 100) for key in keys)


@pytest.mark.parametrize(
    ("outcome", "stars", "attempts", "state"),
    [
        ("satisfied", 5, 1, "closed"),
        ("satisfied", 4, 1, "closed"),
        ("satisfied", 3, 1, "follow_up"),
        ("complaint", 5, 1, "follow_up"),
        ("not_reached", None, 1, "open"),
        ("not_reached", None, 2, "closed"),
        ("satisfied", None, 1, "closed"),
    ],
)
def test_what_an_answer_leads_to(outcome: str, stars: int | None, attempts: int, state: str) -> None:
    assert state_after(outcome, stars=stars, attempts=attempts, most=2, bad=3) == state
