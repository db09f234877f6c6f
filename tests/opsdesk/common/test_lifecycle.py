"""The table of steps: who may leave, from where, and what the refusals are."""

import pytest

from opsdesk.common.actors import SYSTEM, Actor, ActorKind
from opsdesk.common.errors import Forbidden, IllegalTransition
from opsdesk.common.lifecycle import Lifecycle, Transition

TABLE = Lifecycle(
    Transition("open", {"new"}, "open", permission="x.open", sop="O1"),
    Transition("note", {"new", "open"}, None, permission="x.note", sop="O1"),
)
NOBODY = Actor(kind=ActorKind.STAFF, label="nobody", id=1)
OPENER = Actor(kind=ActorKind.STAFF, label="opener", id=2, permissions=frozenset({"x.open"}))


def test_a_step_leaves_from_its_states_for_who_may_take_it() -> None:
    assert TABLE.enter("open", "new", OPENER).target == "open"


def test_the_wrong_state_is_a_conflict_that_names_both_ends() -> None:
    with pytest.raises(IllegalTransition) as refusal:
        TABLE.enter("open", "open", OPENER)
    assert refusal.value.extra == {"from": "open", "to": "open", "action": "open"}
    assert str(refusal.value) == "open is not possible in state open."


def test_the_wrong_person_is_forbidden_whatever_the_state() -> None:
    for state in ("new", "open", "elsewhere"):
        with pytest.raises(Forbidden):
            TABLE.enter("open", state, NOBODY)


def test_only_the_steps_that_are_possible_are_offered() -> None:
    assert TABLE.available("new", SYSTEM) == ["open", "note"]
    assert TABLE.available("open", SYSTEM) == ["note"]
    assert TABLE.available("new", OPENER) == ["open"]
    assert TABLE.available("new", NOBODY) == []
