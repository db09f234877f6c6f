"""Tax ids of companies."""

import pytest

from orders.rules.invoices.tax_ids import check_character, is_valid, plain


@pytest.mark.parametrize(
    ("tax_id", "valid"),
    [
        ("91350100M000100Y43", True),
        ("91350100M000100Y44", False),
        ("91350100M000100Y4", False),
        ("91350100M000100Y433", False),
        ("91350100I000100Y43", False),
        ("440300123456789", True),
        ("44030012345678X", False),
        ("\uff14\uff1440300123456789"[:15], False),
        ("", False),
    ],
)
def test_the_last_character_fits_the_others(tax_id: str, valid: bool) -> None:
    assert is_valid(tax_id) is valid


def test_every_check_character_can_be_had() -> None:
    found = {check_character(f"9135010000000{number:04}") for number in range(200)}

    assert len(found) == 31


def test_how_it_is_kept() -> None:
    assert plain(" 9135-0100 m000100y43\n") == "91350100M000100Y43"
