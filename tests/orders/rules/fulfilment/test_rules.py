"""Choosing warehouses, earning gifts, reading answers, judging scans: without a database."""

from datetime import timedelta
from decimal import Decimal

import pytest

from opsdesk.outbound.signing import signature
from orders.enums.fulfilment import PushState, ScanResult, Verdict
from orders.rules.fulfilment.allocation import Look, Need, Rule, choose, only_place, plain_province, serves
from orders.rules.fulfilment.gifts import Basket, Offer, earned
from orders.rules.fulfilment.packing import Checklist, failed_points
from orders.rules.fulfilment.pushes import Reply, next_try, read_answer
from orders.rules.fulfilment.scanning import Judged, Wanted, judge, share_short
from tests.builders.times import NOW

HOUR = timedelta(hours=1)


def a_need(number: int = 1, **fields: object) -> Need:
    facts: dict[str, object] = {
        "shop": 1, "province": "广东省", "pieces": {7: 2}, "held": {(7, 10): 2}, "places": (10, 20)
    }  # fmt: skip
    return Need(number, **(facts | fields))  # type: ignore[arg-type]


def test_the_first_rule_whose_warehouse_can_serves_and_the_others_say_why_not() -> None:
    rules = [
        Rule(1, "elsewhere", 30),
        Rule(2, "north", 20, provinces=("北京",)),
        Rule(3, "by ems", 20, carriers=("ems",)),
        Rule(4, "short", 20),
        Rule(5, "other shop", 10, shop=2),
        Rule(6, "home", 10, carriers=("ems", "sf")),
    ]
    left = {(7, 20): 1}

    [choice] = choose([a_need()], rules, left, carriers_in_use={"sf"})

    assert (choice.outcome, choice.warehouse, choice.rule_id, choice.carrier) == ("rule", 10, 6, "sf")
    assert choice.looks == (
        Look(30, "elsewhere", Verdict.SHOP),
        Look(20, "north", Verdict.REGION),
        Look(20, "by ems", Verdict.CARRIER),
        Look(20, "short", Verdict.STOCK, {7: 1}),
        Look(10, "home", Verdict.WON),
    )


def test_what_one_order_takes_the_next_does_not_have() -> None:
    rules = [Rule(1, "far", 20)]
    left = {(7, 20): 3, (7, 10): 0}

    choices = choose([a_need(1), a_need(2)], rules, left, carriers_in_use=())

    assert [(one.outcome, one.warehouse) for one in choices] == [("rule", 20), ("none", None)]
    assert left == {(7, 20): 1, (7, 10): 2}


def test_without_a_rule_of_its_shop_an_order_stays() -> None:
    split = a_need(held={(7, 10): 1, (7, 20): 1})

    choices = choose([a_need(), split], [Rule(1, "x", 10, shop=2)], {}, carriers_in_use=())

    assert [(one.outcome, one.warehouse) for one in choices] == [("kept", 10), ("kept", None)]
    assert (only_place(a_need()), only_place(split)) == (10, None)


@pytest.mark.parametrize(
    ("named", "province", "served"),
    [
        ((), "广东省", True),
        (("广东",), "广东省", True),
        (("内蒙古自治区",), "内蒙古", True),
        ((" 上海市 ",), "上海", True),
        (("广东",), "广西壮族自治区", False),
        (("广东",), "", False),
    ],
)
def test_a_province_is_the_same_with_or_without_its_ending(named: tuple[str, ...], province: str, served: bool) -> None:
    assert serves(named, province) is served
    assert plain_province("省") == "省"


@pytest.mark.parametrize(
    ("change", "gets"),
    [
        ({}, True),
        ({"spent": Decimal("99.99")}, False),
        ({"shop": 2}, False),
        ({"skus": {5}}, False),
        ({"placed_at": NOW - timedelta(microseconds=1)}, False),
        ({"placed_at": NOW + HOUR}, False),
        ({"placed_at": NOW + HOUR - timedelta(microseconds=1)}, True),
    ],
)
def test_a_gift_is_earned_when_every_condition_holds(change: dict[str, object], gets: bool) -> None:
    offer = Offer(1, 1, Decimal("100.00"), 7, 9, 1, NOW, NOW + HOUR)
    basket: dict[str, object] = {"shop": 1, "spent": Decimal("100.00"), "skus": {7}, "placed_at": NOW}

    assert bool(earned(Basket(**(basket | change)), [offer])) is gets  # type: ignore[arg-type]


def test_a_gift_for_everybody_has_no_condition_but_the_time() -> None:
    offer = Offer(1, None, None, 7, 9, 1, NOW, NOW + HOUR)

    assert earned(Basket(3, Decimal(0), {7}, NOW), [offer]) == [offer]


@pytest.mark.parametrize(
    ("status", "body", "reply"),
    [
        (200, b'{"status": "accepted", "reference": "W1"}', Reply(PushState.CONFIRMED, "W1")),
        (204, b"", Reply(PushState.CONFIRMED)),
        (200, b'{"status": "rejected", "reason": "no SKU"}', Reply(PushState.REJECTED, reason="no SKU")),
        (200, b'{"status": "rejected"}', Reply(PushState.REJECTED, reason="rejected")),
        (422, b"[]", Reply(PushState.REJECTED, reason="HTTP 422")),
        (400, b'{"reason": "bad"}', Reply(PushState.REJECTED, reason="bad")),
        (429, b"", Reply(PushState.WAITING, reason="HTTP 429")),
        (302, b"", Reply(PushState.WAITING, reason="HTTP 302")),
        (503, b"", Reply(PushState.WAITING, reason="HTTP 503")),
    ],
)
def test_what_the_warehouse_system_says_is_read(status: int, body: bytes, reply: Reply) -> None:
    assert read_answer(status, body) == reply


def test_each_wait_is_twice_the_one_before_and_the_last_attempt_is_the_last() -> None:
    waits = [next_try(attempts=number, most=4, first_wait=HOUR, now=NOW) for number in (1, 2, 3, 4)]

    assert waits == [NOW + HOUR, NOW + 2 * HOUR, NOW + 4 * HOUR, None]


def test_the_signature_is_over_time_and_body() -> None:
    assert signature(b"{}", timestamp="1", secret="s") != signature(b"{}", timestamp="2", secret="s")


LINES = [Wanted(1, 7, "B-2", "690", 2, "OLD"), Wanted(2, 7, "B-2", "690", 1, "NEW"), Wanted(3, 8, "A-1", "A-1", 0)]
LOTS = {"OLD": {7}, "NEW": {7, 8}, "LATER": {7}, "FOREIGN": {9}}


@pytest.mark.parametrize(
    ("code", "lot", "judged"),
    [
        ("B-2", "", Judged(ScanResult.PIECE, 1, 7, "B-2", "OLD")),
        ("690", "NEW", Judged(ScanResult.PIECE, 2, 7, "B-2", "NEW")),
        ("B-2", "LATER", Judged(ScanResult.WRONG_LOT, None, 7, "B-2", "OLD")),
        ("B-2", "FOREIGN", Judged(ScanResult.PIECE, 1, 7, "B-2", "OLD")),
        ("A-1", "", Judged(ScanResult.TOO_MANY, None, 8, "A-1")),
        ("OLD", "", Judged(ScanResult.LOT, 1, 7, "B-2", "OLD")),
        ("LATER", "", Judged(ScanResult.WRONG_LOT, None, 7, "B-2", "OLD")),
        ("FOREIGN", "", Judged(ScanResult.WRONG_SKU)),
        ("X", "", Judged(ScanResult.WRONG_SKU)),
    ],
)
def test_a_scan_is_judged(code: str, lot: str, judged: Judged) -> None:
    assert judge(code, LINES, lot=lot, lots=LOTS) == judged


def test_a_lot_counts_for_the_sku_that_was_taken_from_it_alone() -> None:
    assert judge("B-2", LINES, lot="LATER", lot_for=8, lots=LOTS).result == ScanResult.PIECE
    assert judge("B-2", LINES, lot="LATER", lot_for=7, lots=LOTS).result == ScanResult.WRONG_LOT


def test_without_lots_any_piece_of_the_sku_will_do() -> None:
    assert judge("A", [Wanted(1, 7, "A", "A", 1)], lot="L", lots={"L": {7}}).result == ScanResult.PIECE
    assert judge("A", [Wanted(1, 7, "A", "A", 1)]).result == ScanResult.PIECE


def test_the_last_orders_go_without() -> None:
    lines = [Wanted(1, 7, "A", "A", 2), Wanted(2, 7, "A", "A", 0), Wanted(3, 7, "A", "A", 2)]

    assert share_short(lines, 3) == [(3, 2), (1, 1)]


def test_what_is_needed_must_have_been_looked_at() -> None:
    found = failed_points(Checklist(True, True, gifts=None, manual=True), needed={"gifts", "manual"})

    assert [issue.pointer for issue in found] == ["/checklist/gifts"]
