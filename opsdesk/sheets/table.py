"""A table that somebody uploaded: its header and its rows as text."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import BinaryIO

from opsdesk.common.errors import Invalid, Issue
from opsdesk.common.text import mark
from opsdesk.sheets import csvfile, workbook
from opsdesk.sheets.cells import Row, issue
from opsdesk.sheets.errors import NOT_A_TEXT, NOT_A_WORKBOOK, OLD_OR_LOCKED, OTHER_NAME, UnsupportedTable
from opsdesk.sheets.guard import too_many_columns, too_many_rows
from opsdesk.sheets.limits import MAX_COLUMNS, MAX_ROWS
from opsdesk.sheets.text import encoding_of

XLSX = "xlsx"
_TEXT_NAMES = (".csv", ".txt", ".tsv")
_OLD = b"\xd0\xcf\x11\xe0"  # .xls, and workbooks with a password
_ZIP = b"PK"
_MARKUP = (b"<", b"\xef\xbb\xbf<")  # HTML that shops' software saves under the name of a workbook


@dataclass(frozen=True)
class OpenTable:
    """A table of which only the header has been read; `rows` come one after the other and only once.

    `encoding` is what was found: ``utf-8``, ``utf-8-sig``, ``utf-16``, ``gb18030``, or ``xlsx``.
    """

    header: Sequence[str]
    encoding: str
    rows: Iterator[Row]


@dataclass(frozen=True)
class Table:
    """A table in memory."""

    header: Sequence[str]
    encoding: str
    rows: Sequence[Row]


def read_table(data: bytes | BinaryIO, name: str) -> Table:
    """The whole table; row numbers are those that a spreadsheet program shows. `name` is the file's name.

    Raises: UnsupportedTable, UnknownEncoding, TableTooLarge, UnsafeXml, Malformed, Invalid.
    """
    table = open_table(data, name)
    return Table(table.header, table.encoding, list(table.rows))


def open_table(data: bytes | BinaryIO, name: str) -> OpenTable:
    """As `read_table`, but row by row, so that the size of the file does not matter. Raises: as `read_table`."""
    file = io.BytesIO(data) if isinstance(data, bytes) else data
    file.seek(0)
    start, ending = file.read(64).lstrip(), PurePath(name).suffix.lower()
    if start.startswith(_OLD):
        raise UnsupportedTable(why=OLD_OR_LOCKED)
    if ending == ".xlsx":
        if not start.startswith(_ZIP):
            raise UnsupportedTable(why=NOT_A_WORKBOOK)
        encoding, rows = XLSX, workbook.rows(file)
    elif ending in _TEXT_NAMES:
        if start.startswith((_ZIP, *_MARKUP)):
            raise UnsupportedTable(why=NOT_A_TEXT)
        encoding = encoding_of(file)
        rows = csvfile.rows(file, encoding)
    else:
        raise UnsupportedTable(why=OTHER_NAME)
    header = _header(next(rows, None))
    return OpenTable(header, encoding, _even(rows, header, exact=encoding != XLSX))


def _header(row: Row | None) -> Sequence[str]:
    """Raises: Invalid, for an empty table, doubled and missing headers."""
    if row is None:
        raise Invalid(mark("The table is empty."), code="empty_table")
    header = list(row.cells)
    while header and not header[-1]:
        header.pop()
    if len(header) > MAX_COLUMNS:
        raise too_many_columns()
    issues = list(row.issues)
    seen: dict[str, int] = {}
    for column, title in enumerate(header):
        known = title.casefold()
        if not title:
            issues.append(issue(column, "missing_header", mark("Column %(column)s has no header."), column=column + 1))
        elif known in seen:
            twice = mark("The header %(title)s stands above two columns.")
            issues.append(issue(column, "duplicate_header", twice, title=title[:60]))
        seen.setdefault(known, column)
    if issues:
        raise Invalid(issues[0].message, code=issues[0].code, issues=issues, **issues[0].params)
    return header


def _even(rows: Iterator[Row], header: Sequence[str], *, exact: bool) -> Iterator[Row]:
    """Rows as wide as the header; a row that is not is told so. A workbook leaves out what is empty, a csv does not."""
    width = len(header)
    for count, row in enumerate(rows, start=1):
        if count > MAX_ROWS:
            raise too_many_rows()
        cells, issues = list(row.cells), list(row.issues)
        beyond = any(cells[width:])
        if beyond or (exact and len(cells) < width):
            uneven = mark("The row has %(found)s cells, the header has %(expected)s.")
            issues.append(Issue("", "ragged_row", uneven, {"found": len(cells), "expected": width}))
        yield replace(row, cells=(cells + [""] * width)[:width], issues=issues)
