"""Every pair of state and step of a listing's revision."""

import pytest

from catalog.enums.listings import CheckState, RevisionState
from catalog.rules.listing_lifecycle import CHECK_LIFECYCLE, LISTING_LIFECYCLE
from opsdesk.common.actors import SYSTEM, Actor, ActorKind
from opsdesk.common.errors import Forbidden, IllegalTransition

EXPECTED = {
    ("draft", "edit"): "draft",
    ("changes_requested", "edit"): "draft",
    ("material_review", "edit"): "draft",
    ("final_review", "edit"): "draft",
    ("approved", "edit"): "draft",
    ("draft", "submit"): "material_review",
    ("changes_requested", "submit"): "material_review",
    ("material_review", "withdraw"): "draft",
    ("final_review", "withdraw"): "draft",
    ("approved", "withdraw"): "draft",
    ("draft", "waive_margin"): None,
    ("changes_requested", "waive_margin"): None,
    ("draft", "waive_finding"): None,
    ("changes_requested", "waive_finding"): None,
    ("material_review", "waive_finding"): None,
    ("final_review", "waive_finding"): None,
    ("material_review", "pass_material"): "final_review",
    ("material_review", "return_material"): "changes_requested",
    ("material_review", "reject_material"): "rejected",
    ("final_review", "release"): "approved",
    ("final_review", "return_final"): "changes_requested",
    ("final_review", "reject_final"): "rejected",
    ("approved", "schedule"): None,
    ("approved", "publish"): "listed",
    ("listed", "delist"): "delisted",
    ("delisted", "relist"): "listed",
    ("draft", "replace_draft"): "archived",
    ("changes_requested", "replace_draft"): "archived",
    ("material_review", "replace_draft"): "archived",
    ("final_review", "replace_draft"): "archived",
    ("approved", "replace_draft"): "archived",
    ("listed", "replace_live"): "archived",
    ("delisted", "replace_live"): "archived",
}
NOBODY = Actor(kind=ActorKind.STAFF, label="nobody", id=1)


@pytest.mark.parametrize("state", RevisionState.values)
@pytest.mark.parametrize("step", list(LISTING_LIFECYCLE.transitions))
def test_every_step_leaves_from_its_states_only(state: str, step: str) -> None:
    if (state, step) in EXPECTED:
        assert LISTING_LIFECYCLE.enter(step, state, SYSTEM).target == EXPECTED[state, step]
    else:
        with pytest.raises(IllegalTransition):
            LISTING_LIFECYCLE.enter(step, state, SYSTEM)
    with pytest.raises(Forbidden):
        LISTING_LIFECYCLE.enter(step, state, NOBODY)


@pytest.mark.parametrize(
    ("state", "possible"),
    [(CheckState.PENDING, True), (CheckState.FAILED, True), (CheckState.PASSED, False), (CheckState.CANCELLED, False)],
)
def test_a_check_is_recorded_until_it_passes(state: str, possible: bool) -> None:
    assert CHECK_LIFECYCLE.available(state, SYSTEM) == (["record", "probe"] if possible else [])
