"""From a cell to plain text, and what may be wrong with it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from opsdesk.common.characters import is_plain
from opsdesk.common.errors import Issue
from opsdesk.common.text import mark
from opsdesk.sheets.limits import MAX_CELL, MAX_EXACT

TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # what makes a spreadsheet program calculate
_SHOWN_SHORT = re.compile(r"\d(\.\d+)?E\+\d{2,}", re.ASCII)  # a long number as Excel saves it to csv
_KEPT_AS_TEXT = re.compile(r'="([^"]*)"')  # how exports of selling platforms keep long numbers in a csv


@dataclass(frozen=True)
class Row:
    """One row of a table. `number` is the one that a spreadsheet program shows; a pointer of an issue is ``/column``,
    counted from 0.
    """

    number: int
    cells: Sequence[str]
    issues: Sequence[Issue] = field(default_factory=tuple)


def issue(index: int, code: str, message: str, **params: Any) -> Issue:
    """What is wrong with the cell of a column, counted from 0."""
    return Issue(f"/{index}", code, message, params)


def _precision(column: int) -> Issue:
    return issue(
        column, "numeric_cell_precision", mark("A number this long has lost its last digits. Format the column as text.")
    )


def _formula(column: int) -> Issue:
    return issue(column, "formula_not_allowed", mark("A formula is not allowed. Paste the value instead."))


def from_csv(column: int, raw: str) -> tuple[str, Issue | None]:
    """The text of a csv cell; the mark that keeps our own exports from being calculated is taken off again."""
    text = raw.replace("\r\n", "\n").strip()
    if text.startswith("'") and text.lstrip("'").startswith(TRIGGERS):
        return checked(column, text[1:])
    if kept := _KEPT_AS_TEXT.fullmatch(text):
        return checked(column, kept[1])
    if text.startswith(("=", "＝")):
        return text, _formula(column)
    if _SHOWN_SHORT.fullmatch(text):
        return text, _precision(column)
    return checked(column, text)


def from_xlsx(column: int, kind: str, value: Any) -> tuple[str, Issue | None]:
    """The text of a workbook's cell: numbers as they are shown, dates in ISO form."""
    if value is None:
        return "", None
    if kind == "f":
        return "", _formula(column)
    if kind == "e":
        return str(value), issue(column, "error_cell", mark("The cell shows an error of the spreadsheet."))
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), None
    if isinstance(value, (int, float)):
        if not abs(value) < MAX_EXACT:
            return str(value), _precision(column)
        return format(Decimal(format(value, ".15g")), "f"), None
    if isinstance(value, (datetime, date, time)):
        return _iso(value), None
    return checked(column, str(value).replace("\r\n", "\n").replace("_x000D_\n", "\n").strip())


def checked(column: int, text: str) -> tuple[str, Issue | None]:
    """A text, with what is wrong with it."""
    if len(text) > MAX_CELL:
        too_long = mark("The cell holds more than %(limit)s characters.")
        return text[:MAX_CELL], issue(column, "cell_too_large", too_long, limit=MAX_CELL)
    if not is_plain(text):
        return text, issue(column, "invalid_characters", mark("It contains a character that is not allowed."))
    return text, None


def _iso(value: date | time) -> str:
    if isinstance(value, datetime):
        at_midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date().isoformat() if at_midnight else value.isoformat(sep=" ", timespec="seconds")
    return value.isoformat(timespec="seconds") if isinstance(value, time) else value.isoformat()
