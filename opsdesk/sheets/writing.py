"""Writing tables so that what people typed stays text: no spreadsheet program calculates it."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from typing import Any

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter

from opsdesk.sheets.cells import TRIGGERS
from opsdesk.sheets.limits import MAX_CELL, MAX_EXACT

_BOM = "\ufeff"  # without it Excel takes UTF-8 for the machine's own encoding
_TITLE_WIDTH = (10, 40)  # characters, the narrowest and the widest column


def write_xlsx(header: Sequence[Any], rows: Iterable[Sequence[Any]]) -> bytes:
    """A workbook of one sheet. Texts are text cells, whatever they begin with; times are the shop's local time."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Sheet1")
    sheet.freeze_panes = "A2"
    narrow, wide = _TITLE_WIDTH
    for column, title in enumerate(header):
        letter = get_column_letter(column + 1)
        sheet.column_dimensions[letter].width = min(max(2 * len(str(title)) + 2, narrow), wide)
    for row in chain([header], rows):
        sheet.append([_cell(sheet, value) for value in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def write_csv(header: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """The lines of a csv in UTF-8 with its mark; texts that would be calculated get a leading apostrophe."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    buffer.write(_BOM)
    for row in chain([header], rows):
        writer.writerow([_field(value) for value in row])
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()


def _plain(value: Any) -> Any:
    """A number, a date, a truth, or a text."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value).replace(tzinfo=None)
    if isinstance(value, (bool, date)):
        return value
    if isinstance(value, (int, float, Decimal)) and -MAX_EXACT < value < MAX_EXACT:
        return value
    return "" if value is None else str(value)


def _cell(sheet: Any, value: Any) -> Any:
    plain = _plain(value)
    if plain == "":
        return None
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", plain)[:MAX_CELL] if isinstance(plain, str) else plain)
    if isinstance(plain, str):
        cell.data_type = "s"  # openpyxl takes what begins with = for a formula
    return cell


def _field(value: Any) -> Any:
    plain = _plain(value)
    if isinstance(plain, datetime):
        return plain.isoformat(sep=" ", timespec="seconds")
    if isinstance(plain, str) and plain.lstrip("'").startswith(TRIGGERS):
        return f"'{plain}"
    return plain
