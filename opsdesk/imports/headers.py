"""Which column of an uploaded table is which field."""

import re
import unicodedata
from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext, gettext_lazy, override

from opsdesk.common.errors import Invalid, Issue
from opsdesk.common.text import mark
from opsdesk.imports.definitions import Column, Importer

ERRORS = mark("Errors")  # header of the last column of a sheet of failed rows
REQUIRED = "*"  # stands behind the header of a column that must be filled
_FURTHER = ":"  # stands for the label of further columns
_ASIDE = re.compile(r"[\s*_]+")


def template_header(columns: Sequence[Column]) -> list[str]:
    """The headers in the reader's language."""
    return [_header(column) + REQUIRED * column.required for column in columns]


def match(importer: Importer, header: Sequence[str]) -> list[str]:
    """The field of each column, empty for a column that is not used.

    Raises: Invalid, when a required column is missing, two columns mean the same, or a further one is unknown.
    """
    known, labels = _known(importer), _labels(importer)
    fields: list[str] = []
    issues = []
    for index, title in enumerate(header):
        field = known.get(_key(title, labels), "")
        if not field and _key(title, labels).startswith(_FURTHER):
            unknown = mark("There is no such column: %(title)s")
            issues.append(Issue(f"/{index}", "unknown_column", unknown, {"title": title[:60]}))
        if field and field in fields:
            twice = mark("The header %(title)s stands above two columns.")
            issues.append(Issue(f"/{index}", "duplicate_header", twice, {"title": title[:60]}))
        fields.append(field)
    for column in importer.columns:
        if column.required and column.field not in fields:
            missing = mark("The column %(column)s is missing.")
            issues.append(Issue(f"/{column.field}", "missing_header", missing, {"column": gettext_lazy(column.label)}))
    if issues:
        raise Invalid(mark("The headers of the table do not fit."), code=issues[0].code, issues=issues)
    return fields


def named(importer: Importer, cells: Sequence[str]) -> bool:
    """Whether the cells are headers: one of them at least is one of ours."""
    known, labels = _known(importer), _labels(importer)
    return any(_key(cell, labels) in known for cell in cells if cell)


def without_errors(header: Sequence[str]) -> int:
    """How many columns stand before that of the errors, if the table is a corrected sheet of failed rows."""
    return len(header) - bool(header and _plain(header[-1]) in _in_all_languages(ERRORS))


def unused(importer: Importer, header: Sequence[str]) -> list[str]:
    """The headers of columns that are not used, that of the errors aside."""
    ours, labels = {*_known(importer)} | _in_all_languages(ERRORS), _labels(importer)
    return [title for title in header if _key(title, labels) not in ours]


def _header(column: Column) -> str:
    return f"{gettext(column.label)}: {column.name}" if column.name else gettext(column.label)


def _known(importer: Importer) -> dict[str, str]:
    """The field of every header; a further column that is called as a fixed one must have its label."""
    further = {_plain(name): field for name, field in (importer.further.known() if importer.further else {}).items()}
    fixed = {name: column.field for column in importer.columns for name in _names(column)}
    return further | fixed | {_FURTHER + name: field for name, field in further.items()}


def _labels(importer: Importer) -> set[str]:
    if importer.further is None:
        return set()
    return {*map(_plain, importer.further.aliases)} | _in_all_languages(importer.further.label)


def _key(title: str, labels: set[str]) -> str:
    """The header as it is looked up: the label of further columns is the same in every language."""
    label, colon, name = _plain(title).partition(":")
    return _FURTHER + name if colon and label in labels else _plain(title)


def _names(column: Column) -> set[str]:
    return {_plain(column.field), *map(_plain, column.aliases)} | _in_all_languages(column.label)


def _in_all_languages(message: str) -> set[str]:
    found = {_plain(message)}
    for code, _ in settings.LANGUAGES:
        with override(code):
            found.add(_plain(gettext(message)))
    return found


def _plain(title: str) -> str:
    return _ASIDE.sub("", unicodedata.normalize("NFKC", title)).casefold()
