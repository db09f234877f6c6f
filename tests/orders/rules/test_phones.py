"""Reading telephone numbers."""

import pytest

from orders.rules.phones import e164


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("13800000000", "+8613800000000"),
        ("+86 138 0000 0000", "+8613800000000"),
        ("+852 9123 4567", "+85291234567"),
        ("", ""),
        ("12345", None),
        ("call me", None),
        ("１３８００００００００", "+8613800000000"),
        ("＋８６　１３８００００００００", "+8613800000000"),
        ("0086 138-0000-0000", "+8613800000000"),
        ("008613800000000", "+8613800000000"),
        ("138\u0663\u0660000000", None),
    ],
)
def test_a_number_without_country_is_chinese(text: str, number: str | None) -> None:
    assert e164(text) == number
