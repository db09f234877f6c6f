"""What a customer has to show, and which policy holds."""

from dataclasses import dataclass

import pytest

from orders.rules.returns.evidence import missing, still_asked
from orders.rules.returns.policy import applicable


@pytest.mark.parametrize(
    ("reasons", "shown", "expected"),
    [
        (["no_reason"], [], []),
        (["damaged"], [], ["damage", "package"]),
        (["damaged"], ["package", "other"], ["damage"]),
        (["quality", "wrong_item"], [], ["fault", "label", "item"]),
        (["quality", "wrong_item"], ["fault", "label", "item"], []),
    ],
)
def test_each_reason_demands_its_evidence_once(reasons: list[str], shown: list[str], expected: list[str]) -> None:
    assert missing(reasons=reasons, shown=shown) == expected


@dataclass(frozen=True)
class Version:
    category_id: int | None


@pytest.mark.parametrize(
    ("written", "chain", "expected"),
    [([1, 2, None], (1, 2, 3), 1), ([2, None], (1, 2, 3), 2), ([None], (1, 2, 3), None), ([None, 9], (), None)],
)
def test_the_nearest_policy_holds(written: list[int | None], chain: tuple[int, ...], expected: int | None) -> None:
    found = applicable({key: Version(key) for key in written}, chain)
    assert found == Version(expected)


def test_without_any_policy_nothing_is_promised() -> None:
    assert applicable({9: Version(9)}, (1, 2, 3)) is None


@pytest.mark.parametrize(
    ("asked", "shows", "left"),
    [
        (["damage", "package"], "damage", ["package"]),
        (["package"], "package", []),
        (["package"], "other", ["package"]),
        ([], "other", []),
    ],
)
def test_only_what_was_asked_for_answers(asked: list[str], shows: str, left: list[str]) -> None:
    assert still_asked(asked, shows=shows) == left
