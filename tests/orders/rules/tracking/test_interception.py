"""Which side of the hand-over an order is on."""

import pytest

from orders.rules.tracking.feeds import feed_state
from orders.rules.tracking.interception import Side, side, ways
from tests.builders import NOW


@pytest.mark.parametrize(
    ("status", "parcels", "expected"),
    [
        ("pending", [], "before_hand_over"),
        ("processing", [], "before_hand_over"),
        ("ready_to_ship", [], "before_hand_over"),
        ("shipped", ["info_received"], "after_hand_over"),
        ("shipped", ["delivered", "exception"], "after_hand_over"),
        ("shipped", ["delivered", "returned", "voided"], "closed"),
        ("completed", ["in_transit"], "closed"),
        ("cancelled", [], "closed"),
    ],
)
def test_the_hand_over_is_the_point_of_no_return(status: str, parcels: list[str], expected: str) -> None:
    assert side(status=status, parcels=parcels) == expected


def test_each_side_has_its_calls() -> None:
    assert [ways(found) for found in Side] == [["cancel", "change-address"], ["intercept"], []]


def test_a_source_fails_from_its_first_failure_on() -> None:
    assert (feed_state(None), feed_state(NOW)) == ("answers", "failing")
