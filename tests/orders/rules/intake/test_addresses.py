"""Addresses in one form."""

from dataclasses import replace

import pytest

from orders.rules.intake.addresses import as_written, full_province, is_province, normalise
from orders.rules.intake.draft import DraftAddress

PLAIN = DraftAddress("王小明", "+8613800000000", "广东省", "深圳市", "南山区", "科技园路1号", "518000")


@pytest.mark.parametrize(
    ("part", "written", "kept"),
    [
        ("province", "广东", "广东省"),
        ("province", " 广东省 ", "广东省"),
        ("province", "Guangdong", "Guangdong"),
        ("city", "深 圳　市", "深圳市"),
        ("street", "广东省深圳市南山区科技园路1号", "科技园路1号"),
        ("street", "广东省", "广东省"),
        ("street", "科技园路１号　Ａ座", "科技园路1号 A座"),
        ("street", "㍿路", "㍿路"),
        ("recipient", "王　小明", "王 小明"),
        ("postal_code", "５１８０００", "518000"),
    ],
)
def test_an_address_is_kept_in_one_form_and_as_it_was_written(part: str, written: str, kept: str) -> None:
    given = replace(PLAIN, **{part: written})

    found = normalise(given)

    assert found == replace(PLAIN, **{part: kept})
    assert as_written(given, found) == ({part: written} if written != kept else {})


@pytest.mark.parametrize("city", ["", "市辖区", "北京", "北京市"])
def test_a_municipality_is_its_own_city(city: str) -> None:
    found = normalise(replace(PLAIN, province="北京", city=city))

    assert (found.province, found.city) == ("北京市", "北京市")


def test_another_city_of_a_municipality_stays() -> None:
    assert normalise(replace(PLAIN, province="北京市", city="通州")).city == "通州"


def test_the_phone_is_kept_as_it_was_written() -> None:
    given = replace(PLAIN, phone_written="138-0000-0000")

    assert as_written(given, normalise(given)) == {"phone": "138-0000-0000"}
    assert as_written(replace(PLAIN, phone_written="13800000000"), PLAIN) == {}


@pytest.mark.parametrize(
    ("name", "full"),
    [("内蒙古", "内蒙古自治区"), ("上海", "上海市"), ("台湾", "台湾省"), ("西藏自治区", "西藏自治区"), ("加州", "加州")],
)
def test_a_province_has_one_name(name: str, full: str) -> None:
    assert (full_province(name), is_province(full)) == (full, full != "加州")
