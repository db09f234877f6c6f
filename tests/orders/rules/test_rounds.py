"""When a round is late, and what a decision needs."""

from datetime import timedelta

import pytest

from opsdesk.common.actors import SYSTEM
from opsdesk.common.errors import IllegalTransition
from orders.enums.rounds import RoundState
from orders.rules.rounds import CHECK_ROUND_LIFECYCLE, decision_refusal, is_late, opened_late, sign_by
from tests.builders.times import at

GRACE = timedelta(minutes=2)
SECOND = timedelta(seconds=1)
TARGETS = {
    ("open", "scheduled"): "open",
    ("turn_late", "open"): "late",
    ("decide", "open"): None,
    ("decide", "late"): None,
    ("sign", "open"): "signed_off",
    ("sign", "late"): "signed_off",
    ("miss", "scheduled"): "missed",
    ("miss", "open"): "missed",
    ("miss", "late"): "missed",
}


@pytest.mark.parametrize("step", CHECK_ROUND_LIFECYCLE.transitions)
@pytest.mark.parametrize("state", RoundState.values)
def test_every_step_from_every_state(step: str, state: str) -> None:
    if (step, state) in TARGETS:
        assert CHECK_ROUND_LIFECYCLE.enter(step, state, SYSTEM).target == TARGETS[step, state]
    else:
        with pytest.raises(IllegalTransition):
            CHECK_ROUND_LIFECYCLE.enter(step, state, SYSTEM)


def test_the_time_to_sign_runs_from_the_slot() -> None:
    assert sign_by(expected_at=at(9), span=timedelta(minutes=30)) == at(9, 30)


@pytest.mark.parametrize(("now", "late"), [(at(9), False), (at(9, 2), False), (at(9, 2) + SECOND, True)])
def test_a_round_is_caught_up_after_its_grace(now: object, late: bool) -> None:
    assert opened_late(expected_at=at(9), opened_at=now, grace=GRACE) is late  # type: ignore[arg-type]


@pytest.mark.parametrize(("now", "late"), [(at(9, 30) - SECOND, False), (at(9, 30), False), (at(9, 30) + SECOND, True)])
def test_a_signature_is_late_only_after_its_time(now: object, late: bool) -> None:
    assert is_late(sign_by=at(9, 30), now=now) is late  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("decision", "note", "code", "clean", "held", "refused"),
    [
        ("release", "", "", True, False, None),
        ("release", "", "", False, False, "/note"),
        ("release", "asked", "", False, False, None),
        ("hold", "", "risk", False, False, None),
        ("hold", "", "", False, False, "/hold_code"),
        ("hold", "", "mood", False, False, "/hold_code"),
        ("cancel", "", "", True, False, "/note"),
        ("cancel", "asked", "", True, False, None),
        ("later", "", "", False, True, None),
        ("later", "", "", True, False, "/note"),
        ("later", "asked", "", False, False, None),
        ("", "asked", "", True, False, "/decision"),
    ],
)
def test_what_a_decision_needs(decision: str, note: str, code: str, clean: bool, held: bool, refused: str | None) -> None:
    refusal = decision_refusal(decision=decision, note=note, hold_code=code, clean=clean, held=held)

    assert (refusal.issues[0].pointer if refusal else None) == refused
