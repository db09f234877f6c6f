"""Comparing an order field by field."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from orders.enums.intake import ComparedField
from orders.rules.intake.comparing import Place, Side, comparison_refusal, differing

PRICE = Decimal("99.00")
SAME = Side("A", "T-shirt", {"colour": "red"}, 2, PRICE, "T-shirt", {"colour": "red"}, [PRICE], "T-shirt", PRICE, 2)
HERE = Place([], new_address=False, new_phone=False)
ALL = ComparedField.values


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({}, None),
        ({"listed_title": None}, "product"),
        ({"seen_title": "Shirt"}, "product"),
        ({"seen_title": "", "seen_price": None}, None),
        ({"listed_options": {}}, "specification"),
        ({"usual_quantity": 1}, "quantity"),
        ({"usual_quantity": 0}, None),
        ({"listed_prices": []}, "price"),
        ({"seen_price": Decimal("98.00")}, "price"),
    ],
)
def test_a_line_differs_where_it_is_not_what_the_listing_says(change: dict[str, Any], field: str | None) -> None:
    assert differing([replace(SAME, **change)], HERE, {}) == ([field] if field else [])


@pytest.mark.parametrize(
    ("place", "checks", "field"),
    [
        (replace(HERE, new_address=True), {}, "address"),
        (replace(HERE, new_phone=True), {}, "contact"),
        (replace(HERE, written=["street"]), {}, "address"),
        (replace(HERE, written=["phone"]), {}, "contact"),
        (HERE, {"address": ("doubtful", {})}, "address"),
        (HERE, {"contact": ("failed", {})}, "contact"),
        (HERE, {"price": ("doubtful", {})}, "price"),
        (HERE, {"risk": ("doubtful", {"reasons": [{"code": "odd_price"}]})}, "price"),
        (HERE, {"risk": ("doubtful", {"reasons": [{"code": "duplicate"}]}), "price": ("ok", {})}, None),
    ],
)
def test_address_contact_and_price_differ_by_what_is_known(place: Place, checks: Any, field: str | None) -> None:
    assert differing([SAME], place, checks) == ([field] if field else [])


@pytest.mark.parametrize(
    ("result", "fields", "odd", "note", "code"),
    [
        ("checked", ALL, [], "", None),
        ("checked", ALL[1:], [], "", "incomplete"),
        ("checked", ALL, ["price"], " ", "required"),
        ("checked", ALL, ["price"], "asked", None),
        ("held", [], ["price"], "", None),
    ],
)
def test_checked_means_all_fields_and_a_word_on_what_differs(
    result: str, fields: list[str], odd: list[str], note: str, code: str | None
) -> None:
    refusal = comparison_refusal(result=result, fields=fields, differing=odd, note=note)

    assert (refusal.issues[0].code if refusal else None) == code
