"""Banned words by the table, from the upload in the browser to the database."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from catalog.models import BannedWord
from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from opsdesk.imports.models import ImportFile, ImportRow
from opsdesk.sheets.table import read_table
from tests.builders import a_category, a_user
from tests.builders.tables import csv, inline, raw_xlsx, uploaded, xlsx
from tests.kit.browser import signed_in, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "db")
HEADER = ("违禁词", "类型", "级别", "类目编码", "允许短语")
GOOD = (
    HEADER,
    ("最佳", "虚假宣传", "error", "", "最佳搭档；最佳拍档"),
    ("第一", "banned_word", "warning", "t-shirts", ""),
)


@pytest.fixture
def supervisor(db: None) -> Client:
    a_category()
    return signed_in(a_user(Role.PRODUCT_SUPERVISOR))


def upload(client: Client, name: str, content: bytes) -> Any:
    return client.post(reverse("admin:import_new", args=["catalog.words"]), {"file": uploaded(name, content)})


def apply(client: Client, policy: str = "all") -> Any:
    return client.post(reverse("admin:import", args=[ImportFile.objects.latest("pk").public_id]), {"policy": policy})


def words() -> list[tuple[Any, ...]]:
    return list(BannedWord.objects.order_by("pk").values_list("word", "kind", "severity", "category__code", "allow_phrases"))


WRITTEN = [
    ("最佳", "false_claim", "error", None, ["最佳搭档", "最佳拍档"]),
    ("第一", "banned_word", "warning", "t-shirts", []),
]


@pytest.mark.sop("C13")
@pytest.mark.parametrize(
    ("name", "content", "encoding"),
    [
        ("words.csv", csv(*GOOD), "utf-8"),
        ("words.csv", csv(*GOOD, encoding="utf-8-sig"), "utf-8-sig"),
        ("words.csv", csv(*GOOD, encoding="gbk"), "gb18030"),
        ("words.csv", csv(*GOOD, encoding="utf-16"), "utf-16"),
        ("words.txt", csv(*GOOD, encoding="utf-16").decode("utf-16").replace(",", "\t").encode("utf-16"), "utf-16"),
        ("words.xlsx", xlsx(*GOOD), "xlsx"),
    ],
)
def test_a_table_is_checked_and_then_written(supervisor: Client, name: str, content: bytes, encoding: str) -> None:
    page = upload(supervisor, name, content)

    work = ImportFile.objects.get()
    assert (page.status_code, page.url) == (302, f"/admin/imports/{work.public_id}/")
    assert (work.state, work.encoding, work.created, work.refused, words()) == ("previewed", encoding, 2, 0, [])
    assert [(row.number, row.label, row.outcome) for row in work.rows.order_by("number")] == [
        (2, "最佳", "created"),
        (3, "第一", "created"),
    ]

    assert apply(supervisor).status_code == 302

    work.refresh_from_db()
    assert (work.state, work.created, work.updated, work.existing, work.refused) == ("applied", 2, 0, 0, 0)
    assert words() == WRITTEN
    assert AuditEntry.objects.filter(action="catalog.word_added").count() == 2
    assert AuditEntry.objects.filter(action="imports.applied", subject_id=work.public_id).count() == 1


def test_the_same_table_again_changes_nothing(supervisor: Client) -> None:
    for _ in range(2):
        upload(supervisor, "words.xlsx", xlsx(*GOOD))
        apply(supervisor)

    again = ImportFile.objects.latest("pk")
    assert (again.state, again.created, again.updated, again.existing, again.refused) == ("applied", 0, 0, 2, 0)
    assert words() == WRITTEN
    assert AuditEntry.objects.filter(action__startswith="catalog.word").count() == 2


BAD = (
    HEADER,
    ("最佳", "虚假宣传", "error", "", ""),
    ("", "banned_word", "error", "", ""),
    ("第一", "nonsense", "error", "no-such", ""),
    ("顶级", "banned_word", "error", "no-such", ""),
    ("最佳", "banned_word", "error", "", ""),
)
ERRORS = {
    3: ["违禁词: This field is required."],
    4: ["类型: It must be one of: Banned word, False claim"],
    5: ["类目编码: There is no category of this code."],
    6: ["违禁词: It stands in row 2 already."],
}


@pytest.mark.sop("C13", refused=True)
def test_one_refused_row_keeps_all_others_out(supervisor: Client) -> None:
    upload(supervisor, "words.csv", csv(*BAD))
    work = ImportFile.objects.get()
    assert (work.state, work.created, work.refused) == ("previewed", 1, 4)
    before = row_counts()

    refusal = apply(supervisor)

    assert refusal.status_code == 409
    assert "Rows are refused, so nothing was written." in text_of(refusal)
    assert (row_counts(), words()) == (before, [])
    rows = {item["row"].number: item["errors"] for item in refusal.context["rows"] if item["errors"]}
    assert rows == ERRORS


def test_only_the_good_rows_are_written_and_the_others_come_back_to_be_corrected(supervisor: Client) -> None:
    upload(supervisor, "words.csv", csv(*BAD))
    assert apply(supervisor, "good_rows").status_code == 302

    work = ImportFile.objects.get()
    assert (work.state, work.created, work.refused) == ("applied", 1, 4)
    assert words() == [("最佳", "false_claim", "error", None, [])]
    download = supervisor.get(reverse("admin:import_failed", args=[work.public_id, "xlsx"]))
    table = read_table(download.content, "failed.xlsx")  # type: ignore[attr-defined]
    assert list(table.header) == [*HEADER, "Errors"]
    assert [(row.cells[0], row.cells[5]) for row in table.rows] == [
        ("", ERRORS[3][0]),
        ("第一", ERRORS[4][0]),
        ("顶级", ERRORS[5][0]),
        ("最佳", ERRORS[6][0]),
    ]

    corrected = (table.header, ["第一", "banned_word", "error", "t-shirts", "", "was wrong"])
    upload(supervisor, "corrected.xlsx", xlsx(*corrected))
    apply(supervisor)

    assert words()[1:] == [("第一", "banned_word", "error", "t-shirts", [])]
    assert ImportRow.objects.filter(import_file=ImportFile.objects.latest("pk"), outcome="refused").count() == 0


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PRODUCT_SUPERVISOR])
def test_nobody_else_imports_words_or_sees_their_imports(supervisor: Client, role: Role) -> None:
    upload(supervisor, "words.csv", csv(*GOOD))
    work = ImportFile.objects.get()
    other = signed_in(a_user(role))
    before = row_counts()

    answers = [
        other.get(reverse("admin:import_new", args=["catalog.words"])),
        upload(other, "words.csv", csv(*GOOD)),
        other.get(reverse("admin:import_template", args=["catalog.words", "xlsx"])),
        other.get(reverse("admin:import", args=[work.public_id])),
        apply(other),
        other.get(reverse("admin:import_failed", args=[work.public_id, "csv"])),
        other.get(reverse("admin:file", args=[work.file.public_id])),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403, 404, 404, 404, 404]
    assert text_of(other.get(reverse("admin:imports"))).count("catalog.words") == 0
    assert (row_counts(), words()) == (before, [])


def test_the_template_is_in_the_readers_language_and_can_be_uploaded_as_it_is(supervisor: Client) -> None:
    content = supervisor.get(reverse("admin:import_template", args=["catalog.words", "xlsx"])).content  # type: ignore[attr-defined]
    table = read_table(io.BytesIO(content), "t.xlsx")
    assert list(table.header) == ["Word*", "Kind", "Severity", "Category code", "Allowed phrases"]

    upload(supervisor, "t.xlsx", content)
    apply(supervisor)

    assert words() == WRITTEN[:1]


def bomb() -> bytes:
    """300 KB that unpack to 35 MB."""
    return raw_xlsx('<row><c t="inlineStr"><is><t>0000000000000000000000000000000000000</t></is></c></row>' * 400_000)


def nested() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("inner.txt", "x")
    return raw_xlsx("<row/>", extra=[("xl/media/image1.png", stream.getvalue())])


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>'
FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
QUOTE = '违禁词\n"最佳\n'.encode()


@pytest.mark.parametrize(
    ("name", "content", "status", "told"),
    [
        ("bomb.xlsx", bomb, 422, "The workbook unpacks to more than can be read."),
        ("far.xlsx", lambda: raw_xlsx(FAR), 422, "The sheet has more than 100000 rows."),
        ("dtd.xlsx", lambda: raw_xlsx("<row/>", before=ENTITIES), 422, "contains definitions that are not allowed"),
        ("nested.xlsx", nested, 415, "it contains other files."),
        ("path.xlsx", lambda: raw_xlsx("<row/>", extra=[("../x.xml", b"<x/>")]), 415, "it is damaged."),
        ("old.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 415, "an old .xls workbook, or protected by a password."),
        ("macros.xlsm", lambda: xlsx(HEADER), 415, "its name must end in .xlsx or .csv."),
        ("macros.xlsx", lambda: raw_xlsx("<row/>", extra=[("xl/vbaProject.bin", b"x")]), 415, "it contains macros."),
        ("page.xlsx", lambda: b"<html><table></table></html>", 415, "its content is not a workbook."),
        ("latin.csv", lambda: "违禁词\né,\n".encode("utf-16-le"), 400, "The characters cannot be read."),
        ("quote.csv", lambda: QUOTE, 400, "The quotation marks of row 2 do not match."),
        ("cell.csv", lambda: QUOTE + b"x" * 10_000_000, 400, "A cell of row 2 holds far too many characters"),
        ("wide.csv", lambda: csv([f"c{n}" for n in range(2000)]), 422, "The sheet has more than 200 columns."),
        ("twice.csv", lambda: csv(("违禁词", "违禁词"), ("a", "b")), 422, "stands above two columns."),
        ("without.csv", lambda: csv(("类型",), ("banned_word",)), 422, "The column Word is missing."),
        ("empty.csv", lambda: csv(HEADER), 422, "The table has no rows below its header."),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason_and_leaves_nothing(
    supervisor: Client, name: str, content: Callable[[], bytes], status: int, told: str
) -> None:
    before = row_counts()

    answer = upload(supervisor, name, content())

    assert (answer.status_code, told in text_of(answer), row_counts()) == (status, True, before)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("n.xlsx", xlsx(("word",), (123456789012345678,)), "word: A number this long has lost its last digits."),
        ("f.xlsx", xlsx(("word",), ("=1+1",)), "word: A formula is not allowed."),
        ("f.csv", csv(("word",), ("=1+1",)), "word: A formula is not allowed."),
        ("n.csv", csv(("word",), ("1.23457E+17",)), "word: A number this long has lost its last digits."),
        ("r.csv", csv(("word", "kind"), ("最佳",)), "The row has 1 cells, the header has 2."),
        ("c.csv", csv(("word",), ("最\u202e佳",)), "word: It contains a character that is not allowed."),
        ("l.csv", csv(("word",), ("最" * 61,)), "word: At most 60 characters."),
    ],
)
def test_a_cell_that_cannot_be_taken_is_told_by_row_and_column(
    supervisor: Client, name: str, content: bytes, told: str
) -> None:
    upload(supervisor, name, content)

    work = ImportFile.objects.get()
    page: Any = supervisor.get(reverse("admin:import", args=[work.public_id]))

    assert (work.state, work.refused, words()) == ("previewed", 1, [])
    assert [(item["row"].number, item["errors"][0].startswith(told)) for item in page.context["rows"]] == [(2, True)]
    assert apply(supervisor).status_code == 409


@pytest.mark.parametrize("text", ["=1", "==1", "+1", "-1", "@x", "＝1", "＋1", "－1", "＠x"])
def test_refused_rows_come_back_as_texts_that_nothing_calculates(supervisor: Client, text: str) -> None:
    upload(supervisor, "w.xlsx", raw_xlsx(inline(("word", "kind")) + inline((text, "nonsense"))))
    url = reverse("admin:import_failed", args=[ImportFile.objects.get().public_id, "x"])[: -len("x")]

    book = load_workbook(io.BytesIO(supervisor.get(f"{url}xlsx").content))  # type: ignore[attr-defined]
    line = b"".join(supervisor.get(f"{url}csv").streaming_content).decode().splitlines()[1]  # type: ignore[attr-defined]

    cell = book.worksheets[0]["A2"]
    assert (cell.data_type, cell.value, line.startswith(f"'{text},nonsense,")) == ("s", text, True)
