"""Reading xlsx with openpyxl, after the guard has seen the whole of it."""

import warnings
from collections.abc import Iterator
from typing import Any, BinaryIO

from openpyxl import load_workbook

from opsdesk.common.errors import DomainError
from opsdesk.sheets.cells import Row, from_xlsx
from opsdesk.sheets.errors import DAMAGED, UnsupportedTable
from opsdesk.sheets.guard import inspect


def rows(file: BinaryIO) -> Iterator[Row]:
    """Every row of the first visible sheet that is not empty, the header among them.

    Raises: UnsupportedTable, TableTooLarge, UnsafeXml.
    """
    inspect(file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that are not read
            yield from _rows(file)
    except DomainError:
        raise
    except Exception as failure:  # what a damaged document does to its reader has no end of names
        raise UnsupportedTable(why=DAMAGED) from failure


def _rows(file: BinaryIO) -> Iterator[Row]:
    file.seek(0)
    book = load_workbook(file, read_only=True, keep_links=False)
    sheet: Any = next(sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
    sheet.reset_dimensions()  # what the file says of its size need not be true
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        found = [from_xlsx(column, cell.data_type, cell.value) for column, cell in enumerate(cells)]
        if any(text or issue for text, issue in found):
            yield Row(number, [text for text, _ in found], [issue for _, issue in found if issue])
