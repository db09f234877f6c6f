"""The form of a category: inheritance, numbers, choices, what it does not ask for."""

import pytest

from catalog.enums.entry import AttributeKind
from catalog.rules.entry.attributes import Attribute, attribute_problems, is_number, prescribed

CAPACITY = Attribute("容量", AttributeKind.NUMBER, unit="ml", required=True)
WEIGHT = Attribute("净重", AttributeKind.NUMBER)
COLOUR = Attribute("色/系", AttributeKind.CHOICE, choices=("冷", "暖"))
FORM = (CAPACITY, WEIGHT, COLOUR)


def test_what_stands_below_replaces_what_it_inherits_in_its_place() -> None:
    below = Attribute("容量", AttributeKind.TEXT)

    assert prescribed([[CAPACITY, WEIGHT], [], [below, COLOUR]]) == (below, WEIGHT, COLOUR)
    assert prescribed([]) == ()


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ({"容量": "500", "净重": "0.5", "色/系": "冷"}, []),
        ({}, [("missing_attribute", "/spec/容量", True)]),
        ({"容量": "大"}, [("not_a_number", "/spec/容量", True)]),
        ({"容量": "1", "净重": "1kg"}, [("not_a_number", "/spec/净重", True)]),
        ({"容量": "1", "色/系": "灰"}, [("not_a_choice", "/spec/色~1系", True)]),
        ({"容量": "1", "产地": "浙江"}, [("unknown_attribute", "/spec/产地", False)]),
    ],
)
def test_a_specification_fits_its_form(spec: dict[str, str], expected: object) -> None:
    assert [(f.code, f.pointer, f.blocks) for f in attribute_problems(spec, FORM)] == expected


def test_a_category_without_a_form_takes_anything() -> None:
    assert list(attribute_problems({"产地": "浙江"}, ())) == []


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("500", "ml", True),
        ("500 ML", "ml", True),
        ("５００ｍｌ", "ml", True),
        ("-0.5", "", True),
        ("1.1234567", "", False),
        ("1,000", "", False),
        ("500ml", "", False),
        ("五百", "ml", False),
        ("ml", "ml", False),
        ("1e9", "", False),
    ],
)
def test_a_number_may_carry_its_unit(text: str, unit: str, expected: bool) -> None:
    assert is_number(text, unit=unit) is expected
