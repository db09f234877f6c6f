"""Banned words from a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from catalog.enums.listings import Severity, WordKind
from catalog.models import BannedWord, Category
from opsdesk.audit.services import Change, record_many
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Issue
from opsdesk.common.locking import lock_many
from opsdesk.common.text import mark
from opsdesk.imports.definitions import ParsedRow, RowResult, refused
from opsdesk.imports.enums import Outcome


@dataclass(frozen=True)
class WordLine:
    """A word and how it is judged; `category` is a category's code, None for everywhere."""

    word: str
    kind: WordKind
    severity: Severity
    category: str | None
    allow_phrases: Sequence[str]


@transaction.atomic
def import_words(*, rows: Sequence[ParsedRow], write: bool, actor: Actor, now: datetime) -> Sequence[RowResult]:
    """Forbid many words, and judge known ones as the table says; whether a word is in force stays as it is.

    Raises: Forbidden.
    SOP: C13
    """
    actor.require("catalog.add_bannedword")
    actor.require("catalog.change_bannedword")
    lines: list[WordLine] = [row.data for row in rows]
    categories = dict(
        Category.objects.filter(code__in={line.category for line in lines if line.category}).values_list("code", "pk")
    )
    known = BannedWord.objects.filter(word__in=[line.word for line in lines])
    found = {row.word: row for row in (lock_many(known) if write else known)}
    plan = [_plan(row, found.get(row.data.word), categories) for row in rows]
    if write:
        _write(plan, actor, now)
    return [planned.result for planned in plan]


@dataclass(frozen=True)
class _Planned:
    """What becomes of one row."""

    result: RowResult
    word: BannedWord | None = None
    change: Change | None = None


def _plan(row: ParsedRow, known: BannedWord | None, categories: Mapping[str, int]) -> _Planned:
    line: WordLine = row.data
    if line.category and line.category not in categories:
        unknown = Issue("/category", "unknown_category", mark("There is no category of this code."))
        return _Planned(refused(row.number, line.word, unknown))
    after: dict[str, Any] = {
        "kind": str(line.kind),
        "severity": str(line.severity),
        "category_id": categories[line.category] if line.category else None,
        "allow_phrases": list(dict.fromkeys(line.allow_phrases)),
    }
    subject = line.word[:40]
    if known is None:
        added = Change("catalog.word_added", "banned_word", subject, after=after)
        return _Planned(RowResult(row.number, Outcome.CREATED, line.word), BannedWord(word=line.word, **after), added)
    before = {name: getattr(known, name) for name in after}
    if before == after:
        return _Planned(RowResult(row.number, Outcome.EXISTING, line.word))
    for name, value in after.items():
        setattr(known, name, value)
    changed = Change("catalog.word_changed", "banned_word", subject, before=before, after=after)
    return _Planned(RowResult(row.number, Outcome.UPDATED, line.word), known, changed)


def _write(plan: Sequence[_Planned], actor: Actor, now: datetime) -> None:
    words = {outcome: [p.word for p in plan if p.word and p.result.outcome == outcome] for outcome in Outcome}
    BannedWord.objects.bulk_create(words[Outcome.CREATED])
    BannedWord.objects.bulk_update(words[Outcome.UPDATED], ["kind", "severity", "category", "allow_phrases"])
    record_many([planned.change for planned in plan if planned.change], actor=actor, now=now)
