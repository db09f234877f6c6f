"""Lots, parcels, packing and the clocks of silence and confirmation."""

from datetime import timedelta

import pytest

from orders.rules.fulfilment.packing import Checklist, failed_points, mask_address, mask_name, mask_phone
from orders.rules.fulfilment.parcels import Parcel, Piece, cover
from orders.rules.fulfilment.picking import LotLeft, Pick, Want, plan_lots
from orders.rules.tracking.silence import Handover, confirm_by, is_silent, update_by
from tests.builders.times import NOW

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_the_oldest_lot_is_picked_first_and_what_lots_do_not_cover_has_none() -> None:
    lots = {7: [LotLeft(1, "OLD", 3), LotLeft(2, "OVERDRAWN", -1), LotLeft(3, "NEW", 1)]}

    assert plan_lots([Want(10, 7, 2), Want(11, 7, 3), Want(12, 8, 1)], lots) == [
        Pick(10, 7, 2, 1, "OLD"),
        Pick(11, 7, 1, 1, "OLD"),
        Pick(11, 7, 1, 3, "NEW"),
        Pick(11, 7, 1),
        Pick(12, 8, 1),
    ]


def test_parcels_share_lines_of_one_sku_first_line_first() -> None:
    pieces = [Piece(1, "A", 2), Piece(2, "B", 1), Piece(3, "A", 2)]
    parcels = [Parcel("sf", "1", (("A", 1), ("A", 2))), Parcel("sf", "2")]

    assert cover(pieces, parcels) == ([{1: 2, 3: 1}, {2: 1, 3: 1}], [])


@pytest.mark.parametrize(
    ("parcels", "issues"),
    [
        ([Parcel("sf", "1", (("A", 2),))], []),
        ([Parcel("sf", "1")], []),
        ([Parcel("sf", "1", (("A", 2),)), Parcel("sf", "2", None, ("ord_2",))], []),
        ([Parcel("sf", "1", (("A", 1),))], []),
        ([Parcel("sf", "1", (("A", 2),)), Parcel("sf", "2")], [("/parcels/1", "empty")]),
        ([Parcel("sf", "1"), Parcel("sf", "2")], [("/parcels/0/lines", "required"), ("/parcels/1/lines", "required")]),
        ([Parcel("sf", "1", (("B", 1),)), Parcel("sf", "2")], [("/parcels/0/lines/0/sku", "unknown_sku")]),
        ([Parcel("sf", "1", (("A", 3),)), Parcel("sf", "2")], [("/parcels/0/lines/0/quantity", "out_of_range")]),
    ],
)
def test_no_piece_lies_in_two_parcels(parcels: list[Parcel], issues: list[tuple[str, str]]) -> None:
    _, found = cover([Piece(1, "A", 2)], parcels)

    assert [(issue.pointer, issue.code) for issue in found] == issues


@pytest.mark.parametrize(
    ("checklist", "points"),
    [
        (Checklist(True, True), []),
        (Checklist(True, True, True, True, True), []),
        (Checklist(False, True), ["/checklist/appearance"]),
        (Checklist(True, False, False, None, False), ["/checklist/packing_list", "/checklist/gifts", "/checklist/warranty"]),
    ],
)
def test_a_point_that_is_not_fulfilled_keeps_the_parcel_open(checklist: Checklist, points: list[str]) -> None:
    assert [issue.pointer for issue in failed_points(checklist)] == points


@pytest.mark.parametrize(("name", "shown"), [("王小明", "王**"), ("王明", "王*"), ("王", "*"), ("", "")])
def test_a_name_hides_at_least_one_character(name: str, shown: str) -> None:
    assert mask_name(name) == shown


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("+8613800000000", "138******00"),
        ("13800000000", "138******00"),
        ("+14155550123", "+14*******23"),
        ("+8675512345", "********"),
        ("123", "******"),
        ("", ""),
    ],
)
def test_a_phone_number_hides_at_least_six_digits(phone: str, shown: str) -> None:
    assert mask_phone(phone) == shown


def test_an_address_ends_at_the_district() -> None:
    assert mask_address("广东省", "东莞市", "") == "广东省 东莞市 ***"


def test_silence_is_counted_from_the_last_report_or_the_hand_over() -> None:
    span = 48 * HOUR

    assert update_by(handed_over_at=NOW, last_event_at=None, span=span) == NOW + span
    assert update_by(handed_over_at=NOW, last_event_at=NOW + HOUR, span=span) == NOW + HOUR + span


@pytest.mark.parametrize(("seconds", "silent"), [(-1, False), (0, True), (1, True)])
def test_the_full_span_is_silence(seconds: int, silent: bool) -> None:
    assert is_silent(update_by=NOW, now=NOW + timedelta(seconds=seconds)) is silent


@pytest.mark.parametrize(
    ("parcels", "due"),
    [
        ([Handover(NOW)], NOW + 10 * DAY),
        ([Handover(NOW, NOW + DAY)], NOW + 8 * DAY),
        ([Handover(NOW, NOW + DAY), Handover(NOW)], NOW + 10 * DAY),
        ([Handover(NOW, NOW + 5 * DAY), Handover(NOW)], NOW + 12 * DAY),
    ],
)
def test_the_customer_has_seven_days_from_the_last_parcel(parcels: list[Handover], due: object) -> None:
    assert confirm_by(parcels, span=7 * DAY, allowance=3 * DAY) == due
