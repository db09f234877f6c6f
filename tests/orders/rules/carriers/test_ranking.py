"""Which carrier takes a parcel, and what stands against the others."""

from decimal import Decimal
from typing import Any

import pytest

from orders.rules.carriers.loads import Load, Tariff
from orders.rules.carriers.places import Area, Place
from orders.rules.carriers.ranking import (
    CHEAPEST,
    DEARER,
    EXCLUDED,
    NO_PRICE,
    NO_PROVINCE,
    NOT_COVERED,
    NOT_FRAGILE,
    TOO_HEAVY,
    UNRATED,
    UNWEIGHED,
    Offer,
    Reason,
    Verdict,
    Weighing,
    rank,
)

HERE = Place("广东", "深圳", "南山区")
WEIGHING = Weighing(trust=50, unrated=80)
LIGHT = Load(1000)


def offer(code: str, first: str = "10.00", **changes: Any) -> Offer:
    tariff = Tariff("全国", frozenset(), 1000, Decimal(first), 500, Decimal("2.00"))
    given: dict[str, Any] = {"areas": [Area(Place("", "", ""), True)], "tariffs": [tariff], "score": 100}
    return Offer(len(code), code, code.upper(), **given | changes)


def refusals(one: Offer, load: Load = LIGHT, place: Place = HERE) -> tuple[Reason, ...]:
    [found] = rank([one], place, load, WEIGHING)
    assert (found.verdict, found.price, found.compared) == (Verdict.REFUSED, None, None)
    return found.reasons


def test_the_cheapest_is_chosen_and_the_others_say_by_how_much() -> None:
    found = rank([offer("b", "12.00"), offer("a", "10.00")], HERE, LIGHT, WEIGHING)

    assert [(one.offer.code, one.verdict, one.price) for one in found] == [
        ("a", Verdict.CHOSEN, Decimal("10.00")),
        ("b", Verdict.POSSIBLE, Decimal("12.00")),
    ]
    said = {"score": 100, "compared": "10.00", "best": "10.00"}
    assert found[0].reasons == (Reason(CHEAPEST, said),)
    assert found[1].reasons == (Reason(DEARER, {**said, "compared": "12.00"}),)


def test_a_bad_rating_makes_a_carrier_dearer() -> None:
    found = rank([offer("a", "10.00", score=40), offer("b", "12.00")], HERE, LIGHT, WEIGHING)
    assert [(one.offer.code, one.compared) for one in found] == [("b", Decimal("12.00")), ("a", Decimal("13.00"))]
    assert rank([offer("a", "10.00", score=40), offer("b", "12.00")], HERE, LIGHT, Weighing(0, 80))[0].offer.code == "a"


def test_a_carrier_without_a_rating_says_so() -> None:
    [found] = rank([offer("a", score=None)], HERE, LIGHT, WEIGHING)
    assert (found.compared, found.reasons[1:]) == (Decimal("11.00"), (Reason(UNRATED, {"score": 80}),))


def test_equal_ones_go_by_price_rating_and_code() -> None:
    found = rank([offer("d"), offer("c"), offer("b", score=None), offer("a", "9.00", score=None)], HERE, LIGHT, Weighing(0, 80))
    assert [one.offer.code for one in found] == ["a", "c", "d", "b"]


def test_an_unknown_weight_is_said_and_has_no_price() -> None:
    [found] = rank([offer("a", max_grams=1)], HERE, Load(None, unweighed=("X",)), WEIGHING)
    assert (found.verdict, found.price, found.compared) == (Verdict.CHOSEN, None, Decimal("10.00"))
    assert found.reasons[1:] == (Reason(UNWEIGHED),)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"areas": []}, Reason(NOT_COVERED, {"place": "广东深圳南山区"})),
        ({"areas": [Area(Place("广东", "", ""), False)]}, Reason(EXCLUDED, {"place": "广东深圳南山区"})),
        ({"tariffs": []}, Reason(NO_PRICE, {"place": "广东"})),
        ({"max_grams": 999}, Reason(TOO_HEAVY, {"grams": 1000, "limit": 999})),
    ],
)
def test_what_stands_against_a_carrier(changes: dict[str, Any], reason: Reason) -> None:
    assert refusals(offer("a", **changes)) == (reason,)


def test_a_parcel_at_the_limit_is_taken() -> None:
    assert rank([offer("a", max_grams=1000)], HERE, LIGHT, WEIGHING)[0].verdict is Verdict.CHOSEN


def test_fragile_goods_go_with_those_who_take_them() -> None:
    assert refusals(offer("a"), Load(1000, fragile=True)) == (Reason(NOT_FRAGILE),)
    assert rank([offer("a", takes_fragile=True)], HERE, Load(1000, fragile=True), WEIGHING)[0].verdict is Verdict.CHOSEN


def test_an_address_without_a_province_has_no_carrier() -> None:
    assert refusals(offer("a"), place=Place("", "", "")) == (Reason(NO_PROVINCE),)


def test_every_reason_is_named_and_refused_ones_come_last_by_code() -> None:
    found = rank(
        [offer("c", areas=[]), offer("b", areas=[], max_grams=1), offer("a")], HERE, Load(1000, fragile=True), WEIGHING
    )
    assert [(one.offer.code, len(one.reasons)) for one in found] == [("a", 1), ("b", 3), ("c", 2)]
