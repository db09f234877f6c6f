"""What is left of personal data on a screen."""

import pytest

from orders.rules.masking import mask_address, mask_name, mask_phone


@pytest.mark.parametrize(("name", "masked"), [("王小明", "王*"), ("王", "王*"), ("Ann Lee", "A*"), ("", "")])
def test_a_name_keeps_its_first_character(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("+8613800000000", "138****0000"),
        ("+85291234567", "+85****4567"),
        ("1234567890", "****90"),
        ("12345678901", "123****8901"),
        ("1", "****1"),
        ("", ""),
    ],
)
def test_a_phone_keeps_its_ends(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


def test_an_address_is_shown_down_to_its_district() -> None:
    place = {"province": "广东省", "city": "深圳市", "district": "南山区"}

    assert mask_address(**place, street="科技园路1号") == "广东省深圳市南山区***"
    assert mask_address(**place, street="") == "广东省深圳市南山区"
