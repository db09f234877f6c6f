"""From the cells of a row to what a service takes."""

from decimal import Decimal
from typing import Annotated, Any

import pytest

from catalog.enums.listings import Severity
from opsdesk.common.errors import Malformed
from opsdesk.doors.api.fields import Amount, Line
from opsdesk.doors.cells import Items, RowInput, Truth, Whole, named, reader


class Cells(RowInput):
    name: Annotated[str, Line(5)]
    pieces: Whole = 0
    price: Amount = Decimal(0)
    severity: Annotated[Severity, named(Severity)] = Severity.ERROR
    tags: Annotated[list[Annotated[str, Line(5)]], Items] = []
    on_sale: Truth = False


PARSE = reader(Cells)


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("pieces", "12", 12),
        ("pieces", "-3", -3),
        ("pieces", "12.00", 12),
        ("price", "9.5", Decimal("9.5")),
        ("severity", "warning", Severity.WARNING),
        ("severity", "WARNING", Severity.WARNING),
        ("severity", "警告", Severity.WARNING),
        ("tags", "a；b;c、d\ne;", ["a", "b", "c", "d", "e"]),
        ("on_sale", "是", True),
        ("on_sale", "Yes", True),
        ("on_sale", "FALSE", False),
    ],
)
def test_a_cell_is_read_as_its_field(field: str, cell: str, value: object) -> None:
    assert getattr(PARSE({"name": "x", field: cell}), field) == value


def test_what_is_empty_is_the_default() -> None:
    assert PARSE({"name": "x"}) == Cells(name="x")


@pytest.mark.parametrize(
    ("cells", "issues"),
    [
        ({}, [("/name", "required")]),
        ({"name": "x" * 6}, [("/name", "text_too_long")]),
        ({"name": "x", "pieces": "1.5"}, [("/pieces", "invalid_number")]),
        ({"name": "x", "pieces": "１２"}, [("/pieces", "invalid_number")]),
        ({"name": "x", "price": "1.234"}, [("/price", "invalid_amount")]),
        ({"name": "x", "price": "-1"}, [("/price", "out_of_range")]),
        ({"name": "x", "severity": "grave"}, [("/severity", "invalid_choice")]),
        ({"name": "x", "tags": "a;bbbbbb"}, [("/tags/1", "text_too_long")]),
        ({"name": "x", "on_sale": "maybe"}, [("/on_sale", "invalid_type")]),
        (
            {"pieces": "x", "on_sale": "y?"},
            [("/name", "required"), ("/pieces", "invalid_number"), ("/on_sale", "invalid_type")],
        ),
    ],
)
def test_every_wrong_cell_is_told(cells: dict[str, Any], issues: list[tuple[str, str]]) -> None:
    with pytest.raises(Malformed) as caught:
        PARSE(cells)
    assert [(issue.pointer, issue.code) for issue in caught.value.issues] == issues
