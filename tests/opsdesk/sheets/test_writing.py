"""What is downloaded: numbers stay numbers, texts are never calculated."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from opsdesk.sheets.limits import MAX_CELL
from opsdesk.sheets.table import read_table
from opsdesk.sheets.writing import write_csv, write_xlsx

DANGEROUS = ["=1", "==1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠x", "'=1", '=HYPERLINK("http://x")']


def csv_text(header: list[Any], rows: list[list[Any]]) -> str:
    return b"".join(write_csv(header, rows)).decode()


def cells(header: list[Any], rows: list[list[Any]]) -> list[list[tuple[str, Any]]]:
    sheet = load_workbook(io.BytesIO(write_xlsx(header, rows))).active
    assert sheet is not None
    return [[(cell.data_type, cell.value) for cell in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_text_that_would_be_calculated_is_a_text_in_both(text: str) -> None:
    line = csv_text(["a", "b"], [[text, "x"]])
    assert list(csv.reader(io.StringIO(line.removeprefix("\ufeff"), newline="")))[1] == [f"'{text}", "x"]
    (written,) = cells(["a"], [[text]])[1]
    assert (written[0], written[1].replace("\r", "\n")) == ("s", text.replace("\r", "\n"))


@pytest.mark.parametrize("text", [text for text in DANGEROUS if text == text.strip()])
def test_what_was_downloaded_is_the_same_when_it_is_uploaded(text: str) -> None:
    for name, data in (("t.csv", b"".join(write_csv(["a"], [[text]]))), ("t.xlsx", write_xlsx(["a"], [[text]]))):
        (row,) = read_table(data, name).rows
        assert (list(row.cells), list(row.issues)) == ([text], [])


def test_a_dangerous_header_is_a_text_as_well() -> None:
    assert csv_text(["=1"], []) == "\ufeff'=1\r\n"
    assert cells(["=1"], []) == [[("s", "=1")]]


def test_a_csv_is_utf_8_with_its_mark_and_numbers_stay_numbers() -> None:
    when = datetime(2026, 3, 1, 4, 30, tzinfo=UTC)
    row = ["最佳", -5, Decimal("-1.50"), None, True, date(2026, 3, 1), when, 'a,"b"', 123456789012345678]
    expected = '最佳,-5,-1.50,,True,2026-03-01,2026-03-01 12:30:00,"a,""b""",123456789012345678\r\n'
    assert csv_text(list("abcdefghi"), [row]) == "\ufeffa,b,c,d,e,f,g,h,i\r\n" + expected


def test_a_workbook_keeps_the_types() -> None:
    when = datetime(2026, 3, 1, 4, 30, tzinfo=UTC)
    row = ["最佳", -5, Decimal("-1.50"), None, True, when, 123456789012345678, "a\x00b", "x" * (MAX_CELL + 9)]
    assert cells(list("abcdefghi"), [row])[1] == [
        ("s", "最佳"),
        ("n", -5),
        ("n", -1.5),
        ("n", None),
        ("b", True),
        ("d", datetime(2026, 3, 1, 12, 30)),
        ("s", "123456789012345678"),
        ("s", "ab"),
        ("s", "x" * MAX_CELL),
    ]
