"""The comparison of a page with what it must show."""

from decimal import Decimal
from typing import Any

import pytest

from catalog.rules.quality.page import Expected, PageFacts, differences

EXPECTED = Expected(
    category=("家居", "水具", "保温杯"),
    title="晨光 保温杯",
    prices={"A": Decimal("99.00"), "B": Decimal("89.50")},
    commitments=("包邮", "7天无理由退换"),
    images=("https://img.example.com/1.JPG?x=1",),
    available={"A": True, "B": False},
)
ALONE = Expected(category=("a",), title="t", prices={"A": Decimal(1)}, available={"A": True})


def wrong(expected: Expected = EXPECTED, **page: Any) -> list[tuple[str, str, str]]:
    found = differences(expected, PageFacts(**page), with_stock=True)
    return [(one.field.value, one.sku, one.seen) for one in found]


@pytest.mark.parametrize(
    "seen",
    [
        ["家居", "水具", "保温杯"],
        ["首页", "家居", "水具", "保温杯"],
        ["家居", "水具", "保温杯", "晨光 保温杯"],
        ["保温杯"],
        [" 水具 ", "保温杯"],
    ],
)
def test_the_category_is_right_from_its_end(seen: list[str]) -> None:
    assert wrong(category=seen) == []


@pytest.mark.parametrize("seen", [["家居", "水具"], ["家居", "收纳", "保温杯"], [], [""], ["保温杯", "马克杯"]])
def test_another_category_is_wrong(seen: list[str]) -> None:
    assert wrong(category=seen) == [("category", "", " / ".join(seen))]


@pytest.mark.parametrize(("seen", "found"), [("晨光　保温杯", []), ("晨光保温杯", []), ("马克杯", [("title", "", "马克杯")])])
def test_the_title_is_compared_without_spaces_and_widths(seen: str, found: list[Any]) -> None:
    assert wrong(title=seen) == found


def test_every_price_is_compared_to_the_cent() -> None:
    right = {"A": Decimal("99"), "B": Decimal("89.50"), "C": Decimal(1)}

    assert wrong(prices=right) == []
    assert wrong(prices=right | {"A": Decimal("99.01")}) == [("price", "A", "99.01")]
    assert wrong(prices={"A": Decimal("99")}) == [("price", "B", "")]
    assert wrong(prices={"": Decimal("99")}) == [("price", "A", ""), ("price", "B", "")]
    assert wrong(ALONE, prices={"": Decimal(1)}) == []
    assert wrong(ALONE, prices={"": Decimal(2)}) == [("price", "A", "2.00")]


def test_commitments_and_images_must_be_there_others_may() -> None:
    assert wrong(commitments=["包邮 ·7天无理由退换", "其他"]) == []
    assert wrong(commitments=["包邮"]) == [("commitments", "", "")]
    assert wrong(images=["//cdn.example.com/x/1.jpg!800", "//cdn.example.com/x/1.jpg"]) == []
    assert wrong(images=["//cdn.example.com/2.jpg"]) == [("images", "", "")]


def test_stock_is_compared_where_the_page_speaks_of_it() -> None:
    assert wrong(available={"A": True, "B": False}) == []
    assert wrong(available={"A": False}) == [("stock", "A", "out of stock")]
    assert wrong(available={"B": True}) == [("stock", "B", "in stock")]
    assert differences(EXPECTED, PageFacts(available={"A": False})) == []


def test_what_nobody_told_the_place_of_is_not_compared() -> None:
    assert wrong() == []


def test_a_difference_is_kept_as_json() -> None:
    [found] = differences(ALONE, PageFacts(title="x"))

    assert found.as_json() == {"field": "title", "sku": "", "expected": "t", "seen": "x"}
