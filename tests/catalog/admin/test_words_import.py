"""Banned words by the table, from the upload in the browser to the database."""

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from catalog.models import BannedWord
from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from opsdesk.imports.models import ImportFile, ImportRow
from opsdesk.sheets.table import read_table
from tests.builders import a_category, a_user
from tests.builders.tables import csv, uploaded, xlsx
from tests.support.browser import signed_in, text_of
from tests.support.rows import row_counts

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
    assert text_of(other.get(reverse("admin:imports"))).count("There is nothing that you may import.") == 1
    assert (row_counts(), words()) == (before, [])


def test_the_template_is_in_the_readers_language_and_can_be_uploaded_as_it_is(supervisor: Client) -> None:
    content = supervisor.get(reverse("admin:import_template", args=["catalog.words", "xlsx"])).content  # type: ignore[attr-defined]
    table = read_table(io.BytesIO(content), "t.xlsx")
    assert list(table.header) == ["Word*", "Kind", "Severity", "Category code", "Allowed phrases"]

    upload(supervisor, "t.xlsx", content)
    apply(supervisor)

    assert words() == WRITTEN[:1]
