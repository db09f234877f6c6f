"""How an order is shared out over warehouses, and what may share a parcel."""

from orders.rules.grouping.groups import same_place
from orders.rules.grouping.splits import Part, parts_of


def test_the_first_warehouse_gives_what_it_has_and_the_rest_waits() -> None:
    left = {"A": {"sz": 2, "hz": 5}, "B": {"sz": -1}}

    assert parts_of([("A", 3), ("B", 1), ("A", 5)], left, ["sz", "hz"]) == [
        Part("A", "sz", 2),
        Part("A", "hz", 1),
        Part("B", "", 1),
        Part("A", "hz", 4),
        Part("A", "", 1),
    ]
    assert left == {"A": {"sz": 2, "hz": 5}, "B": {"sz": -1}}


def test_one_warehouse_or_none() -> None:
    assert same_place({}, [1, 2])
    assert same_place({1: {7}, 2: {7}}, [1, 2])
    assert same_place({1: {7}, 2: {8}}, [1])
    assert not same_place({1: {7}, 2: {8}}, [1, 2])
    assert not same_place({1: {7, 8}}, [1])
