"""How good carriers were."""

from decimal import Decimal

import pytest

from orders.rules.carriers.rating import Figures, Shares, cost_per_parcel, days, percent, points

SHARES = Shares(on_time=50, stall=30, loss=20)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        (Figures(parcels=20, due=20, on_time=20), 100),
        (Figures(parcels=20, due=20, on_time=10), 75),
        (Figures(parcels=20, due=20, on_time=20, stalled=10), 85),
        (Figures(parcels=20, due=20, on_time=20, trouble=10), 90),
        (Figures(parcels=20, due=20, on_time=0, stalled=20, trouble=20), 0),
    ],
)
def test_points_go_by_time_news_and_intact_parcels(figures: Figures, expected: int) -> None:
    assert points(figures, SHARES, minimum=20) == expected


def test_too_few_parcels_are_not_rated() -> None:
    few = Figures(parcels=30, due=19, on_time=19)
    assert points(few, SHARES, minimum=20) is None
    assert points(few, SHARES, minimum=19) == 100
    assert points(Figures(), SHARES, minimum=0) is None
    assert points(few, Shares(0, 0, 0), minimum=1) is None


def test_shares_and_averages_of_nothing_are_not_told() -> None:
    assert (percent(1, 3), percent(0, 0)) == (33, None)
    assert (days(Figures(delivered=2, hours=60)), days(Figures())) == (Decimal("1.2"), None)
    assert (cost_per_parcel(Figures(costed=3, cost=Decimal(10))), cost_per_parcel(Figures())) == (Decimal("3.33"), None)
