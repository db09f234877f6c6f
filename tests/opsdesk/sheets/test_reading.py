"""What of an uploaded table is read, and what is refused."""

import io
import zipfile
from datetime import date, datetime

import pytest

from opsdesk.common.errors import DomainError, Invalid, Malformed, Unsupported
from opsdesk.sheets import limits
from opsdesk.sheets.table import Table, read_table
from tests.builders.tables import MAIN, csv, raw_xlsx, xlsx

PLAIN = csv(("sku", "name"), ("A-1", "最佳"))


def cells(table: Table) -> list[tuple[int, list[str]]]:
    return [(row.number, list(row.cells)) for row in table.rows]


def issues(table: Table) -> list[tuple[int, str, str]]:
    return [(row.number, issue.pointer, issue.code) for row in table.rows for issue in row.issues]


def refusal(data: bytes, name: str) -> tuple[type[DomainError], str]:
    with pytest.raises(DomainError) as caught:
        read_table(data, name)
    kind = next(kind for kind in (Unsupported, Malformed, Invalid) if isinstance(caught.value, kind))
    return kind, caught.value.error_code


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gbk", "gb18030"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16"),
    ],
)
def test_a_csv_in_every_encoding_of_the_trade(encoding: str, found: str) -> None:
    table = read_table("sku,name\r\nA-1,最佳\r\n".encode(encoding), "t.csv")
    assert (list(table.header), cells(table), table.encoding) == (["sku", "name"], [(2, ["A-1", "最佳"])], found)


def test_utf_16_of_either_end() -> None:
    for encoding, bom in (("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")):
        table = read_table(bom + "sku\tname\r\nA-1\t最佳\r\n".encode(encoding), "t.txt")
        assert cells(table) == [(2, ["A-1", "最佳"])]


@pytest.mark.parametrize(
    "data",
    [
        "sku,name\r\nA,é\r\n".encode("latin-1"),
        "sku,name\r\nA,最佳\r\n".encode("utf-16-le"),
        "sku,name\r\nA,最佳\r\n".encode("utf-32"),
        b"sku,name\r\nA,\xff\xff\r\n",
        b"sku,name\r\nA,\xaa\xa1\r\n",
        b"\xef\xbb\xbfsku,\xc4\xe3\r\n",
        b"\xff\xfes",
    ],
)
def test_characters_that_cannot_be_told_are_refused(data: bytes) -> None:
    assert refusal(data, "t.csv") == (Malformed, "unknown_encoding")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found_outside_quotation_marks(delimiter: str) -> None:
    text = delimiter.join(['"a,;,;\t\t\t"', "b", "c", "d"]) + "\n" + delimiter.join("1234")
    assert cells(read_table(text.encode(), "t.csv")) == [(2, ["1", "2", "3", "4"])]


def test_rows_keep_the_numbers_of_the_spreadsheet_and_empty_ones_are_left_out() -> None:
    table = read_table(b'a,b\n\n1,"two\nlines"\n,\n 3 , 4 \n', "t.csv")
    assert cells(table) == [(3, ["1", "two\nlines"]), (5, ["3", "4"])]
    book = read_table(xlsx(("a", "b"), (), ("1", "2"), ("", None), ("3", None)), "t.xlsx")
    assert cells(book) == [(3, ["1", "2"]), (5, ["3", ""])]


def test_our_own_protection_against_calculation_is_taken_off_and_platforms_long_numbers_are_texts() -> None:
    table = read_table(b"a,b,c\n'=1,''-2,=\"123456789012345678\"\n'x,-1,+86\n", "t.csv")
    assert cells(table) == [(2, ["=1", "'-2", "123456789012345678"]), (3, ["'x", "-1", "+86"])]
    assert issues(table) == []


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("1", [(2, "", "ragged_row")]),
        ("1,2,3", [(2, "", "ragged_row")]),
        ("1,2,", []),
        ("=1+1,2", [(2, "/0", "formula_not_allowed")]),
        ("1,＝1", [(2, "/1", "formula_not_allowed")]),
        ("1,1.23457E+17", [(2, "/1", "numeric_cell_precision")]),
        ("1,1E+11", [(2, "/1", "numeric_cell_precision")]),
        ("1,a\u202eb", [(2, "/1", "invalid_characters")]),
        ("1," + "x" * limits.MAX_CELL, []),
        ("1," + "x" * (limits.MAX_CELL + 1), [(2, "/1", "cell_too_large")]),
    ],
)
def test_a_cell_of_a_csv_that_cannot_be_taken_is_named(row: str, expected: list[tuple[int, str, str]]) -> None:
    assert issues(read_table(f"a,b\n{row}\n".encode(), "t.csv")) == expected


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'a,b\n1,"never closed\n2,3\n', "unclosed_quote"),
        (b'a,b\n1,"closed"too early\n', "unclosed_quote"),
        (b"a,b\n1," + b"x" * 10_000_000 + b"\n", "cell_too_large"),
        (b"a,b\n1,2," + b"x" * 10_000_000 + b"\n", "cell_too_large"),
    ],
)
def test_a_csv_without_end_is_refused(data: bytes, code: str) -> None:
    assert refusal(data, "t.csv") == (Malformed, code)


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("a,b,A", "duplicate_header"),
        ("a,,b", "missing_header"),
        (",".join(f"c{n}" for n in range(2000)), "too_many_columns"),
        (",".join(f"c{n}" for n in range(limits.MAX_COLUMNS + 1)), "too_many_columns"),
        ("", "empty_table"),
        ("=a,b", "formula_not_allowed"),
    ],
)
def test_a_header_that_does_not_name_every_column_once_is_refused(header: str, code: str) -> None:
    assert refusal(f"{header}\n".encode(), "t.csv") == (Invalid, code)


def test_a_header_of_the_greatest_width_is_taken() -> None:
    header = [f"c{n}" for n in range(limits.MAX_COLUMNS)]
    assert list(read_table(",".join(header).encode(), "t.csv").header) == header


def test_every_issue_of_a_header_is_told_with_its_column() -> None:
    with pytest.raises(Invalid) as caught:
        read_table(b"a,,a,b,b\n", "t.csv")
    assert [(issue.pointer, issue.code) for issue in caught.value.issues] == [
        ("/1", "missing_header"),
        ("/2", "duplicate_header"),
        ("/4", "duplicate_header"),
    ]


def test_more_rows_than_the_limit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("opsdesk.sheets.table.MAX_ROWS", 3)
    monkeypatch.setattr(limits, "MAX_ROWS", 3)
    assert len(read_table(b"a\n1\n2\n3\n", "t.csv").rows) == 3
    assert refusal(b"a\n1\n2\n3\n4\n", "t.csv") == (Invalid, "too_many_rows")
    assert len(read_table(xlsx("a", "1", "2", "3"), "t.xlsx").rows) == 3
    assert refusal(xlsx("a", "1", "2", "3", "4"), "t.xlsx") == (Invalid, "too_many_rows")


def test_the_cells_of_a_workbook_become_texts() -> None:
    row = ("A-1", 12, 19.99, 0.1 + 0.2, -5, True, date(2026, 3, 1), datetime(2026, 3, 1, 12, 30), 999_999_999_999_999, 1e-7)
    table = read_table(xlsx(tuple("abcdefghij"), row), "t.xlsx")
    expected = ["A-1", "12", "19.99", "0.3", "-5", "TRUE", "2026-03-01", "2026-03-01 12:30:00", "9" * 15, "0.0000001"]
    assert (cells(table), issues(table)) == ([(2, expected)], [])


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (123456789012345678, "numeric_cell_precision"),
        (1.234567890123457e17, "numeric_cell_precision"),
        (10**15, "numeric_cell_precision"),
        (-(10**15), "numeric_cell_precision"),
        ("=1+1", "formula_not_allowed"),
        ("=HYPERLINK(A1)", "formula_not_allowed"),
        ("#REF!", "error_cell"),
        ("a\u202eb", "invalid_characters"),
    ],
)
def test_a_cell_of_a_workbook_that_cannot_be_taken_is_named(value: object, code: str) -> None:
    assert issues(read_table(xlsx(("a", "b"), ("x", value)), "t.xlsx")) == [(2, "/1", code)]


def test_a_text_that_looks_like_a_formula_is_a_text() -> None:
    sheet = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>=1+1</t></is></c></row>'
    )
    table = read_table(raw_xlsx(sheet), "t.xlsx")
    assert (cells(table), issues(table)) == ([(2, ["=1+1"])], [])


def test_a_bomb_of_a_workbook_is_refused_before_it_unpacks() -> None:
    row = '<row><c t="inlineStr"><is><t>0000000000000000000000000000000000000</t></is></c></row>'
    small = raw_xlsx(row * 400_000)
    assert len(small) < 300_000
    assert refusal(small, "t.xlsx") == (Invalid, "file_too_large")


def test_a_workbook_that_unpacks_to_more_than_the_limit_is_refused_though_its_ratio_is_fine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plain = xlsx(("a",), ("1",))
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
    monkeypatch.setattr(limits, "MAX_UNPACKED", unpacked)
    assert cells(read_table(plain, "t.xlsx")) == [(2, ["1"])]
    monkeypatch.setattr(limits, "MAX_UNPACKED", unpacked - 1)
    assert refusal(plain, "t.xlsx") == (Invalid, "file_too_large")


def test_a_workbook_of_many_parts_is_refused() -> None:
    parts = [(f"docProps/{n}.txt", bytes([n])) for n in range(196)]
    assert refusal(raw_xlsx("", extra=[*parts, ("docProps/x.txt", b"x")]), "t.xlsx") == (Invalid, "file_too_large")
    assert refusal(raw_xlsx("", extra=parts), "t.xlsx") == (Invalid, "empty_table")


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        ('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "too_many_rows"),
        ('<row r="100002"><c r="A100002"><v>1</v></c></row>', "too_many_rows"),
        ('<row r="1"><c r="XFD1"><v>1</v></c></row>', "too_many_columns"),
        ("<row>" + "<c/>" * 201 + "</row>", "too_many_columns"),
        ('<row><c t="inlineStr"><is>' + "<r><t>x</t></r>" * 10_001 + "</is></c></row>", "file_too_large"),
        ("<x>" * 40 + "</x>" * 40, "file_too_large"),
        ("<x/>" * 200_001, "file_too_large"),
    ],
)
def test_a_sheet_that_takes_too_much_to_read_is_refused(sheet: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_RATIO", 10_000)
    assert refusal(raw_xlsx(sheet), "t.xlsx") == (Invalid, code)


def test_a_workbook_that_lies_about_its_size_is_read_by_what_is_in_it() -> None:
    plain = '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row><row r="3"><c r="A3"><v>7</v></c></row>'
    for size in ("A1:A1", "A1:XFD1048576", "C5:D6"):
        data = raw_xlsx(plain, dimension=size)
        assert cells(read_table(data, "t.xlsx")) == [(3, ["7"])]


ENTITY = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>'


def test_document_types_and_entities_are_refused() -> None:
    assert refusal(raw_xlsx("<row/>", before=ENTITY), "t.xlsx") == (Invalid, "unsafe_xml")
    hidden = ("xl/sharedStrings.xml", f"{ENTITY}<sst {MAIN}><si><t>&a;</t></si></sst>".encode())
    assert refusal(raw_xlsx("<row/>", extra=[hidden]), "t.xlsx") == (Invalid, "unsafe_xml")
    outside = ("xl/theme/theme1.xml", b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>')
    assert refusal(raw_xlsx("<row/>", extra=[outside]), "t.xlsx") == (Invalid, "unsafe_xml")


def _encrypted() -> bytes:
    data = bytearray(xlsx(("a",)))
    for sign, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(sign)
        while start >= 0:
            data[start + flags] |= 1
            start = data.find(sign, start + 4)
    return bytes(data)


def _zip(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        ("locked.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        ("locked.xlsx", _encrypted()),
        ("macros.xlsm", xlsx(("a",))),
        ("macros.xlsx", raw_xlsx("<row/>", extra=[("xl/vbaProject.bin", b"x")])),
        ("macros.xlsx", raw_xlsx("<row/>", extra=[("xl/macrosheets/sheet1.xml", b"<x/>")])),
        ("nested.xlsx", raw_xlsx("<row/>", extra=[("xl/embeddings/a.bin", b"x")])),
        ("nested.xlsx", raw_xlsx("<row/>", extra=[("a.zip", _zip("b"))])),
        ("nested.xlsx", raw_xlsx("<row/>", extra=[("xl/media/image1.png", _zip("b"))])),
        ("nested.xlsx", raw_xlsx("<row/>", extra=[("xl/media/image1.png", b"\xd0\xcf\x11\xe0")])),
        ("path.xlsx", raw_xlsx("<row/>", extra=[("../evil.xml", b"<x/>")])),
        ("path.xlsx", raw_xlsx("<row/>", extra=[("/etc/evil.xml", b"<x/>")])),
        ("path.xlsx", raw_xlsx("<row/>", extra=[("xl\\evil.xml", b"<x/>")])),
        ("zip.xlsx", _zip("a.txt")),
        ("broken.xlsx", b"PK\x03\x04 and no more"),
        ("broken.xlsx", xlsx(("a",))[:-200]),
        ("broken.xlsx", raw_xlsx("<row><c>")),
        ("broken.xlsx", raw_xlsx('<row r="x"/>')),
        ("broken.xlsx", raw_xlsx('<row r="5"/><row r="3"/>')),
        ("broken.xlsx", raw_xlsx('<row><c t="s"><v>7</v></c></row>')),
        ("page.xlsx", b"<html><table><tr><td>1</td></tr></table></html>"),
        ("text.xlsx", PLAIN),
        ("page.csv", b"  <html><table><tr><td>1</td></tr></table></html>"),
        ("page.csv", b"\xef\xbb\xbf<html>"),
        ("book.csv", xlsx(("a",))),
        ("table.html", PLAIN),
        ("table", PLAIN),
    ],
)
def test_what_is_no_table_is_refused(name: str, data: bytes) -> None:
    assert refusal(data, name) == (Unsupported, "unsupported_file")


def test_only_the_first_sheet_that_can_be_seen_is_read() -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["hidden"])  # type: ignore[union-attr]
    book.active.sheet_state = "hidden"  # type: ignore[union-attr]
    book.create_sheet("b").append(["seen"])
    book.create_sheet("c").append(["later"])
    stream = io.BytesIO()
    book.save(stream)
    assert list(read_table(stream, "T.XLSX").header) == ["seen"]
