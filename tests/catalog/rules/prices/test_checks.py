"""New prices: what is wrong with them, and which changes collide."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from catalog.rules.prices.checks import PricedLine, Prices, Stretch, collide, line_problems
from catalog.rules.prices.forecast import Planned, prices_at

D, T = Decimal, datetime(2026, 6, 11, tzinfo=UTC)
H = timedelta(hours=1)


def found(new: Prices, *, old: str = "100", waived: bool = False, competitor: str | None = None) -> list[tuple[str, str, str]]:
    line = PricedLine("A", Prices(D(old)), new, 20, D(competitor) if competitor else None)
    problems = line_problems([line], large_percent=20, waived=waived)
    return [(one.code, one.pointer, str(one.severity)) for one in problems]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (Prices(D(100), cost=D(80)), []),
        (Prices(D(100), cost=D("80.01")), [("margin_below_target", "/lines/0/price", "error")]),
        (Prices(D(100), D(99), cost=D(80)), [("margin_below_target", "/lines/0/price", "error")]),
        (Prices(D(100), D("100.01")), [("above_price", "/lines/0/discount_price", "error")]),
        (Prices(D(100), member_price=D(0)), [
            ("price_not_positive", "/lines/0/member_price", "error"), ("large_change", "/lines/0/price", "warning")]),
        (Prices(D(100), cost=D(100)), [("margin_below_target", "/lines/0/price", "error")]),
        (Prices(D(100), cost=D("100.01")), [
            ("below_cost", "/lines/0/price", "error"), ("margin_below_target", "/lines/0/price", "error")]),
        (Prices(D(80)), []),
        (Prices(D("79.99")), [("large_change", "/lines/0/price", "warning")]),
        (Prices(D(120)), []),
        (Prices(D("120.01")), [("large_change", "/lines/0/price", "warning")]),
    ],
)  # fmt: skip
def test_what_is_wrong(new: Prices, expected: list[Any]) -> None:
    assert found(new) == expected


def test_a_waiver_excuses_the_margin_but_no_price_below_cost() -> None:
    assert found(Prices(D(100), cost=D(90)), waived=True) == [("margin_below_target", "/lines/0/price", "warning")]
    assert ("below_cost", "/lines/0/price", "error") in found(Prices(D(100), cost=D(101)), waived=True)


def test_a_competitor_and_a_free_price_are_no_obstacle() -> None:
    assert found(Prices(D(100)), competitor="99.99") == [("above_competitor", "/lines/0/price", "warning")]
    assert found(Prices(D(100)), competitor="100") == []
    assert found(Prices(D(100)), old="0") == []


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Stretch(T, None), Stretch(T, None), True),
        (Stretch(T, None), Stretch(T + H, None), False),
        (Stretch(T, None), Stretch(T, T + H), True),
        (Stretch(T + H, None), Stretch(T, T + H), False),
        (Stretch(T - H, None), Stretch(T, T + H), False),
        (Stretch(T, T + H), Stretch(T + H, T + 2 * H), False),
        (Stretch(T, T + 2 * H), Stretch(T + H, T + 3 * H), True),
    ],
)
def test_which_changes_collide(one: Stretch, other: Stretch, expected: bool) -> None:
    assert collide(one, other) is expected
    assert collide(other, one) is expected


def test_prices_ahead() -> None:
    now, lasting, limited, running = (Prices(D(amount)) for amount in (10, 20, 5, 7))
    plan = [Planned(Stretch(T + H, None), lasting), Planned(Stretch(T + 2 * H, T + 3 * H), limited)]
    assert [prices_at(now, plan, T + step * H) for step in (0, 1, 2, 3)] == [now, lasting, limited, lasting]
    held = [Planned(Stretch(T - H, T + H), running, before=now)]
    assert [prices_at(running, held, T), prices_at(running, held, T + H)] == [running, now]
