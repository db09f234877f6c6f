"""Reading csv: comma, semicolon or tab, in whatever encoding was found."""

import csv
import io
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

from opsdesk.common.errors import Malformed
from opsdesk.common.text import mark
from opsdesk.sheets.cells import Row, from_csv

_FIRST_LINE = 1 << 16  # characters looked at to find the delimiter
_DELIMITERS = ",\t;"


def rows(file: BinaryIO, encoding: str) -> Iterator[Row]:
    """Every row that is not empty, the header among them; cells are cut to size and never calculated.

    Raises: Malformed, for quotation marks that do not match and cells without end.
    """
    file.seek(0)
    text = io.TextIOWrapper(file, encoding, newline="")
    try:
        reader = csv.reader(_replay(text), delimiter=_delimiter(text), strict=True)
        number = 0
        while True:
            number += 1
            try:
                raw = next(reader)
            except StopIteration:
                return
            except csv.Error as failure:
                raise _unreadable(number, str(failure)) from failure
            found = [from_csv(column, cell) for column, cell in enumerate(raw)]
            if any(cell for cell, _ in found):
                yield Row(number, [cell for cell, _ in found], [issue for _, issue in found if issue])
    finally:
        with suppress(ValueError):  # closed already
            text.detach()


def _delimiter(text: io.TextIOWrapper) -> str:
    line = text.readline(_FIRST_LINE)
    text.seek(0)
    outside = "".join(line.split('"')[::2])
    return max(_DELIMITERS, key=outside.count)


def _replay(text: io.TextIOWrapper) -> Iterator[str]:
    # the csv module counts on whole lines; a line without end is cut, and so becomes a cell that is too large
    while line := text.readline(1 << 20):
        yield line


def _unreadable(number: int, why: str) -> Malformed:
    if "field limit" in why:
        too_large = mark("A cell of row %(row)s holds far too many characters; perhaps a quotation mark is not closed.")
        return Malformed(too_large, code="cell_too_large", row=number)
    return Malformed(mark("The quotation marks of row %(row)s do not match."), code="unclosed_quote", row=number)
