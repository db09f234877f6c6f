"""Cells of platform exports: what they wrap numbers in, what they hide, what they leave out. SOP: O1"""

import re
import unicodedata
from datetime import datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from opsdesk.common.errors import Malformed
from opsdesk.common.text import mark

CHINA = ZoneInfo("Asia/Shanghai")  # the platforms' clocks
NOTHING = frozenset({"", "-", "--", "—", "无", "null", "NULL", "None"})
SHORTENED = mark("A number this long has lost its last digits. Export the file again and do not save it in a spreadsheet.")
NOT_AN_AMOUNT = mark("This is not an amount.")
NOT_A_COUNT = mark("This is not a number of pieces.")
NOT_A_TIME = mark("This is not a date and time.")
_SHORTENED = re.compile(r"[+-]?\d+(\.\d+)?[eE]\+?\d+", re.ASCII)
_WRAPPED = re.compile(r'="(.*)"', re.DOTALL)
_AMOUNT = re.compile(r"-?\d{1,10}(\.\d+)?", re.ASCII)
_COUNT = re.compile(r"\d{1,6}(\.0+)?", re.ASCII)
_MOMENT = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?", re.ASCII)
_HIDDEN = re.compile(r"[*＊]|##|\$\$")
_EXTENSION = re.compile(r"[-转,，_](\d{1,6})$", re.ASCII)
CENT = Decimal("0.01")


def clean(cell: str) -> str:
    """The text that the platform meant: without tabs, leading apostrophe and ="...", empty when it says there is none.

    Raises: Malformed, for a number that a spreadsheet program has shortened.
    """
    text = cell.strip()
    if found := _WRAPPED.fullmatch(text):
        text = found[1].strip()
    text = text.lstrip("'‘’`").strip() if text.startswith(("'", "‘", "’", "`")) else text
    if _SHORTENED.fullmatch(text):
        raise Malformed(SHORTENED, code="numeric_cell_precision")
    return "" if text in NOTHING else text


def is_hidden(text: str) -> bool:
    """True when the platform has masked or enciphered it: it must not be taken for what it stands for. SOP: O1, O5"""
    return bool(_HIDDEN.search(text))


def shown(text: str) -> str:
    """The text, empty when it is hidden."""
    return "" if is_hidden(text) else text


def amount(text: str) -> Decimal:
    """Yuan and fen, however they are written. Raises: Malformed."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "").removesuffix("元").strip("¥￥ ")
    try:
        found = Decimal(plain) if _AMOUNT.fullmatch(plain) else None
    except InvalidOperation:  # pragma: no cover - the pattern admits numbers only
        found = None
    if found is None or found != found.quantize(CENT) or found < 0:
        raise Malformed(NOT_AN_AMOUNT, code="invalid_amount")
    return found.quantize(CENT)


def count(text: str) -> int:
    """Whole pieces, at least one. Raises: Malformed."""
    if not _COUNT.fullmatch(text) or int(Decimal(text)) < 1:
        raise Malformed(NOT_A_COUNT, code="invalid_quantity")
    return int(Decimal(text))


def moment(text: str) -> datetime:
    """A time on the platform's clock, as ``2016/5/23 22:02`` or in ISO form. Raises: Malformed."""
    found = _MOMENT.fullmatch(text)
    try:
        if not found:
            raise ValueError
        numbers = [int(part or 0) for part in found.groups()]
        return datetime(*numbers[:6], tzinfo=CHINA)  # type: ignore[arg-type,misc]
    except ValueError:
        raise Malformed(NOT_A_TIME, code="invalid_date") from None


def telephone(text: str) -> tuple[str, str]:
    """The number, and the extension that a platform's stand-in number has behind it."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _EXTENSION.search(plain)
    if found and len(re.sub(r"\D", "", plain[: found.start()])) >= 11:  # a full number stands before it
        return plain[: found.start()], found[1]
    return plain, ""
