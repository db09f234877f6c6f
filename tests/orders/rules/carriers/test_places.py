"""Where carriers deliver."""

import pytest

from orders.rules.carriers.places import Area, Place, area_of, short_place, short_province

SHENZHEN = Place("广东", "深圳", "南山区")
COUNTRY = Area(Place("", "", ""), True)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("广东省", "广东"),
        (" 广东 ", "广东"),
        ("北京市", "北京"),
        ("内蒙古自治区", "内蒙古"),
        ("新疆维吾尔自治区", "新疆"),
        ("广西壮族自治区", "广西"),
        ("香港特别行政区", "香港"),
        ("沙市", "沙市"),
        ("", ""),
    ],
)
def test_provinces_have_one_short_name(name: str, short: str) -> None:
    assert short_province(name) == short


def test_a_place_is_short_in_province_and_city() -> None:
    assert short_place("广东省", "深圳市", "南山区") == SHENZHEN
    assert short_place("西藏自治区", "阿里地区") == Place("西藏", "阿里", "")


def test_the_narrowest_row_decides() -> None:
    province, city = Area(Place("广东", "", ""), False), Area(Place("广东", "深圳", ""), True)
    district = Area(Place("广东", "深圳", "南山区"), False)
    assert area_of([district, COUNTRY, city, province], SHENZHEN) == district
    assert area_of([COUNTRY, city, province], SHENZHEN) == city
    assert area_of([province, COUNTRY], SHENZHEN) == province
    assert area_of([COUNTRY], SHENZHEN) == COUNTRY


def test_rows_of_other_places_say_nothing() -> None:
    elsewhere = [
        Area(Place("江苏", "", ""), True),
        Area(Place("广东", "广州", ""), True),
        Area(Place("广东", "深圳", "龙岗区"), True),
    ]
    assert area_of(elsewhere, SHENZHEN) is None
    assert area_of([], SHENZHEN) is None
