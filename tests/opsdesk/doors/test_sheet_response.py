"""A table to download."""

from typing import Any

import pytest
from django.http import Http404

from opsdesk.doors.admin.sheets import sheet_response
from opsdesk.sheets.table import read_table


def test_a_workbook_and_a_csv_have_the_same_cells() -> None:
    book: Any = sheet_response("库存", ["sku", "name"], [["A-1", "=1"]], "xlsx")
    text: Any = sheet_response("库存", ["sku", "name"], iter([["A-1", "=1"]]), "csv")

    rows = [read_table(book.content, "t.xlsx").rows, read_table(b"".join(text.streaming_content), "t.csv").rows]

    assert [[list(row.cells) for row in found] for found in rows] == [[["A-1", "=1"]]] * 2
    assert book["Content-Disposition"] == "attachment; filename*=utf-8''%E5%BA%93%E5%AD%98.xlsx"
    assert (text["Content-Type"], text["X-Content-Type-Options"]) == ("text/csv; charset=utf-8", "nosniff")


def test_there_are_no_other_formats() -> None:
    with pytest.raises(Http404):
        sheet_response("x", [], [], "html")
