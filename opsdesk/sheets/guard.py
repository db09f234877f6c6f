"""Looks through an xlsx before anything is built from it: bombs, entities, macros and sheets without end are refused."""

import zipfile
from pathlib import PurePosixPath
from typing import IO, BinaryIO
from xml.parsers import expat

from opsdesk.common.errors import Invalid
from opsdesk.common.text import mark
from opsdesk.sheets import limits
from opsdesk.sheets.errors import (
    DAMAGED,
    MACROS,
    NESTED,
    NOT_A_WORKBOOK,
    OLD_OR_LOCKED,
    TableTooLarge,
    UnsafeXml,
    UnsupportedTable,
)

_ENCRYPTED = 0x1  # flag of an entry
_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_NEEDED = {"[Content_Types].xml", "xl/workbook.xml"}
_XML = (".xml", ".rels", ".vml")
_HELD = ("row", "si")  # elements that the reader keeps whole


def too_many_rows() -> Invalid:
    """More rows than are read at once."""
    many = mark("The sheet has more than %(limit)s rows. Split it, and delete empty rows below the data.")
    return Invalid(many, code="too_many_rows", limit=limits.MAX_ROWS)


def too_many_columns() -> Invalid:
    """More columns than any table of ours has."""
    many = mark("The sheet has more than %(limit)s columns. Delete the columns beside the data.")
    return Invalid(many, code="too_many_columns", limit=limits.MAX_COLUMNS)


def inspect(file: BinaryIO) -> None:
    """Read the whole document without keeping any of it.

    Raises: UnsupportedTable, TableTooLarge, UnsafeXml, Invalid (too many rows or columns).
    """
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            _entries(archive)
            for entry in archive.infolist():
                with archive.open(entry) as part:
                    if entry.filename.lower().endswith(_XML):
                        _Part().read(part)
                    elif part.read(4).startswith(_ARCHIVES):
                        raise UnsupportedTable(why=NESTED)
    except (zipfile.BadZipFile, expat.ExpatError, NotImplementedError, EOFError, OSError, ValueError) as failure:
        raise UnsupportedTable(why=DAMAGED) from failure


def _entries(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    unpacked, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
    if len(entries) > limits.MAX_ENTRIES or unpacked > limits.MAX_UNPACKED or unpacked > limits.MAX_RATIO * max(packed, 1):
        raise TableTooLarge()
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise UnsupportedTable(why=OLD_OR_LOCKED)
    if any(name.startswith("/") or "\\" in name or ".." in PurePosixPath(name).parts for name in names):
        raise UnsupportedTable(why=DAMAGED)
    if any("vbaproject" in name.lower() or "macrosheets/" in name.lower() for name in names):
        raise UnsupportedTable(why=MACROS)
    if any("embeddings/" in name.lower() or name.lower().endswith((".zip", ".xlsx", ".xlsm", ".xls")) for name in names):
        raise UnsupportedTable(why=NESTED)
    if not set(names) >= _NEEDED or len(set(names)) != len(names):
        raise UnsupportedTable(why=NOT_A_WORKBOOK)


class _Part:
    """One XML part: counts what a reader would have to keep."""

    def __init__(self) -> None:
        self.depth = self.loose = self.held = self.cells = self.last_row = 0
        self.inside = ""

    def read(self, part: IO[bytes]) -> None:
        """Raises: UnsafeXml, TableTooLarge, Invalid, ExpatError."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._definition
        parser.EntityDeclHandler = self._definition
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.ParseFile(part)

    def _definition(self, *_: object) -> None:
        raise UnsafeXml()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        self.depth += 1
        if self.inside:
            self.held += 1
            if tag == "c" and self.inside == "row":
                self._cell(attributes.get("r", ""))
        else:
            self.loose += tag not in _HELD
            if tag in _HELD:
                self.inside, self.held, self.cells = tag, 0, 0
            if tag == "row":
                self._row(attributes.get("r", ""))
        if self.depth > limits.MAX_DEPTH or self.held > limits.MAX_HELD or self.loose > limits.MAX_LOOSE:
            raise TableTooLarge()

    def _end(self, name: str) -> None:
        self.depth -= 1
        if self.inside and name.rpartition(" ")[2] == self.inside:
            self.inside = ""

    def _row(self, number: str) -> None:
        row = int(number) if number else self.last_row + 1
        if row <= self.last_row:
            raise UnsupportedTable(why=DAMAGED)  # the reader would leave such rows out without a word
        if row > limits.MAX_ROWS + 1:
            raise too_many_rows()
        self.last_row = row

    def _cell(self, place: str) -> None:
        self.cells += 1
        column = 0
        for letter in place.rstrip("0123456789"):
            column = column * 26 + ord(letter) - 64
        if max(self.cells, column) > limits.MAX_COLUMNS:
            raise too_many_columns()
