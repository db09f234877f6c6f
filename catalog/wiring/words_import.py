"""The import of banned words."""

from collections.abc import Mapping
from typing import Annotated

from catalog.enums.listings import Severity, WordKind
from catalog.services.word_import import WordLine, import_words
from opsdesk.common.text import mark
from opsdesk.doors.api.fields import Line
from opsdesk.doors.cells import Items, RowInput, named, reader
from opsdesk.imports.definitions import Column, Importer


class WordCells(RowInput):
    """One row of the table."""

    word: Annotated[str, Line(60)]
    kind: Annotated[WordKind, named(WordKind)] = WordKind.BANNED
    severity: Annotated[Severity, named(Severity)] = Severity.ERROR
    category: Annotated[str, Line(60)] | None = None
    allow_phrases: Annotated[list[Annotated[str, Line(60)]], Items] = []


_read = reader(WordCells)


def _parse(cells: Mapping[str, str]) -> WordLine:
    found = _read(cells)
    return WordLine(found.word, found.kind, found.severity, found.category, found.allow_phrases)


WORDS = Importer(
    code="catalog.words",
    title=mark("Banned words"),
    permission="catalog.add_bannedword",
    columns=(
        Column("word", mark("Word"), "最佳", ("违禁词", "敏感词", "词语"), required=True),
        Column("kind", mark("Kind"), "false_claim", ("类型",)),
        Column("severity", mark("Severity"), "error", ("级别",)),
        Column("category", mark("Category code"), "", ("类目编码", "类目")),
        Column("allow_phrases", mark("Allowed phrases"), "最佳搭档；最佳拍档", ("允许短语", "例外")),
    ),
    parse=_parse,
    run=import_words,
    sop="C13",
    key=("word",),
)
