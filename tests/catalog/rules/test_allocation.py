"""From which warehouse an order is served."""

from hypothesis import given
from hypothesis import strategies as st

from catalog.rules.allocation import Demand, Take, allocate

A, B = 1, 2
SZ, HZ = 10, 20


def test_the_first_warehouse_that_has_everything_serves_the_whole_order() -> None:
    plan = allocate([Demand("o1", {A: 2, B: 1}, [SZ, HZ])], {(A, SZ): 5, (A, HZ): 5, (B, HZ): 5})

    assert plan.takes == [Take("o1", A, HZ, 2), Take("o1", B, HZ, 1)]


def test_only_what_no_warehouse_has_alone_is_split_in_their_order() -> None:
    plan = allocate([Demand("o1", {A: 4}, [SZ, HZ])], {(A, SZ): 3, (A, HZ): 3})

    assert plan.takes == [Take("o1", A, SZ, 3), Take("o1", A, HZ, 1)]


def test_an_order_is_served_wholly_or_not_at_all_and_says_what_is_there() -> None:
    plan = allocate([Demand("o1", {A: 1, B: 3}, [SZ, HZ])], {(A, SZ): 1, (B, SZ): 1, (B, HZ): 1})

    assert plan.takes == []
    assert plan.short == {"o1": {B: 2}}


def test_a_refused_order_leaves_the_pieces_to_the_next() -> None:
    plan = allocate([Demand("big", {A: 5}, [SZ]), Demand("small", {A: 2}, [SZ])], {(A, SZ): 2})

    assert plan.takes == [Take("small", A, SZ, 2)]
    assert plan.short == {"big": {A: 2}}


@given(st.lists(st.integers(1, 9), max_size=30), st.integers(0, 40), st.integers(0, 40))
def test_never_more_is_taken_than_there_is(wanted: list[int], here: int, there: int) -> None:
    demands = [Demand(f"o{n}", {A: quantity}, [SZ, HZ]) for n, quantity in enumerate(wanted)]

    plan = allocate(demands, {(A, SZ): here, (A, HZ): there})

    taken = {place: sum(take.quantity for take in plan.takes if take.warehouse == place) for place in (SZ, HZ)}
    assert taken[SZ] <= here
    assert taken[HZ] <= there
    served = sum(quantity for n, quantity in enumerate(wanted) if f"o{n}" not in plan.short)
    assert sum(taken.values()) == served
