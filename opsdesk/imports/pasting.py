"""Rows that were copied out of a spreadsheet and pasted, as the table that would have been uploaded."""

import csv
import io

from django.core.files.uploadedfile import SimpleUploadedFile

from opsdesk.common.errors import Invalid
from opsdesk.common.text import mark
from opsdesk.imports.definitions import Importer
from opsdesk.imports.headers import named, template_header

LONGEST = 500_000  # characters; more than that comes as a file
NAME = "pasted.csv"


def as_table(importer: Importer, text: str) -> SimpleUploadedFile:
    """The pasted rows as a csv; without a heading row of their own the cells are the importer's columns in their order.

    Raises: Invalid, when rows without a heading have more cells than there are columns, or do not read as a table.
    Ours: 0013
    """
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True) if any(row)]
    except csv.Error:
        raise Invalid(mark("The pasted rows do not read as a table; copy whole cells."), code="not_a_table") from None
    if rows and not named(importer, rows[0]):
        if max(map(len, rows)) > len(importer.columns):
            message = mark("A row has more cells than there are columns; paste the heading row as well.")
            raise Invalid(message, code="too_many_cells")
        rows.insert(0, template_header(importer.columns))
    stream = io.StringIO(newline="")
    width = len(rows[0]) if rows else 0  # empty cells at the end of a row are often not copied
    csv.writer(stream).writerows([*row, *[""] * (width - len(row))] for row in rows)
    return SimpleUploadedFile(NAME, stream.getvalue().encode(), "text/csv")
