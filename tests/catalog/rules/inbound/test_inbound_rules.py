"""Rules of purchasing, write-offs, locations and age."""

from datetime import date
from decimal import Decimal

import pytest

from catalog.enums.inbound import AdjustmentReason
from catalog.rules.inbound.adjustments import MOVEMENT, direction, needs_second_person
from catalog.rules.inbound.locations import expand
from catalog.rules.inbound.replenishment import is_complete, needs_approval, proposed_quantity
from catalog.rules.stock import is_expired
from opsdesk.common.errors import Invalid


@pytest.mark.parametrize(
    ("sold", "available", "on_order", "pieces"),
    [
        (0, 0, 0, 13),  # what does not sell is filled up until its alert ends: above 10 + 2
        (60, 9, 0, 61),
        (61, 9, 0, 62),
        (60, 9, 61, 0),
        (60, 9, 500, 0),
        (60, -3, 0, 73),
    ],
)
def test_the_proposal_covers_sales_and_counts_what_is_there_and_coming(
    sold: int, available: int, on_order: int, pieces: int
) -> None:
    assert (
        proposed_quantity(
            sold=sold, sold_in_days=30, cover_days=30, threshold=10, hysteresis=2, available=available, on_order=on_order
        )
        == pieces
    )


def test_a_started_piece_counts_whole() -> None:
    facts = {"threshold": 10, "hysteresis": 2, "available": 10, "on_order": 0}
    assert proposed_quantity(sold=10, sold_in_days=30, cover_days=45, **facts) == 15
    assert proposed_quantity(sold=10, sold_in_days=30, cover_days=46, **facts) == 16


def test_above_the_limit_two_people_buy() -> None:
    assert [needs_approval(amount=amount, limit=20_000) for amount in (20_000, 20_001)] == [False, True]


def test_an_order_is_complete_when_nothing_is_outstanding() -> None:
    assert [is_complete(pieces) for pieces in ({}, {1: 0, 2: 0}, {1: 0, 2: 1})] == [True, True, False]


@pytest.mark.parametrize(
    ("pieces", "amount", "second"), [(50, "5000.00", False), (51, "0.00", True), (1, "5000.01", True), (51, "9000.00", True)]
)
def test_a_write_off_above_either_limit_needs_a_second_person(pieces: int, amount: str, second: bool) -> None:
    assert needs_second_person(pieces=pieces, amount=Decimal(amount), max_pieces=50, max_amount=5000) is second


def test_only_finds_come_in() -> None:
    assert {reason: direction(reason) for reason in AdjustmentReason} == dict.fromkeys(AdjustmentReason, -1) | {
        AdjustmentReason.FOUND: 1
    }
    assert set(MOVEMENT) == set(AdjustmentReason)


@pytest.mark.parametrize(("day", "expired"), [(9, True), (10, True), (11, False), (12, False)])
def test_on_its_last_day_a_lot_may_be_sold(day: int, expired: bool) -> None:
    assert is_expired(expires_on=date(2026, 6, day), today=date(2026, 6, 11)) is expired
    assert not is_expired(expires_on=None, today=date(2026, 6, 11))


@pytest.mark.parametrize(
    ("pattern", "codes"),
    [
        ("A-01-03", ["A-01-03"]),
        ("A-{01-03}", ["A-01", "A-02", "A-03"]),
        ("A-{1-2}-{8-10}", ["A-1-8", "A-1-9", "A-1-10", "A-2-8", "A-2-9", "A-2-10"]),
    ],
)
def test_a_pattern_stands_for_its_codes(pattern: str, codes: list[str]) -> None:
    assert expand(pattern) == codes


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("a-1", "invalid"),
        ("A 1", "invalid"),
        ("A-{1-}", "invalid"),
        ("A-{3-1}", "invalid_period"),
        ("A-{1-50}-{1-41}", "too_many_items"),
        ("", "out_of_range"),
        ("A" * 41, "out_of_range"),
    ],
)
def test_a_pattern_that_means_nothing_is_refused(pattern: str, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        expand(pattern)
    assert refusal.value.error_code == code
