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
_ASIDE = re.compile(r"[\s*_]+")


def template_header(importer: Importer) -> list[str]:
    """The headers in the reader's language."""
    return [gettext(column.label) + REQUIRED * column.required for column in importer.columns]


def match(importer: Importer, header: Sequence[str]) -> list[str]:
    """The field of each column, empty for a column that is not used.

    Raises: Invalid, when a required column is missing or two columns mean the same.
    """
    known = {name: column for column in importer.columns for name in _names(column)}
    fields: list[str] = []
    issues = []
    for index, title in enumerate(header):
        column = known.get(_plain(title))
        if column and column.field in fields:
            twice = mark("The header %(title)s stands above two columns.")
            issues.append(Issue(f"/{index}", "duplicate_header", twice, {"title": title[:60]}))
        fields.append(column.field if column else "")
    for column in importer.columns:
        if column.required and column.field not in fields:
            missing = mark("The column %(column)s is missing.")
            issues.append(Issue(f"/{column.field}", "missing_header", missing, {"column": gettext_lazy(column.label)}))
    if issues:
        raise Invalid(mark("The headers of the table do not fit."), code=issues[0].code, issues=issues)
    return fields


def without_errors(header: Sequence[str]) -> int:
    """How many columns stand before that of the errors, if the table is a corrected sheet of failed rows."""
    return len(header) - bool(header and _plain(header[-1]) in _in_all_languages(ERRORS))


def unused(importer: Importer, header: Sequence[str]) -> list[str]:
    """The headers of columns that are not used, that of the errors aside."""
    ours = {name for column in importer.columns for name in _names(column)} | _in_all_languages(ERRORS)
    return [title for title in header if _plain(title) not in ours]


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
