"""What the checks of listings go by: the tree of categories and the words that may not be used."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from catalog.enums.listings import Severity, WordKind
from catalog.models import BannedWord, Category
from catalog.models.category import LEAF_LEVEL
from catalog.rules.first_words import FIRST_WORDS
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Invalid, Issue
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark


@dataclass(frozen=True)
class CategoryRules:
    """What a category is called, and its target margin in percent, None for that of the category above."""

    name: str
    target_margin: int | None = None


@dataclass(frozen=True)
class WordRules:
    """How a word is judged; without category it holds everywhere."""

    kind: WordKind
    severity: Severity
    category_id: int | None = None
    allow_phrases: Sequence[str] = ()
    is_active: bool = True
    may_override: bool = False


@transaction.atomic
def sync_words() -> int:
    """Make the words known that every shop starts with; what somebody has changed since stays. Returns how many were new.

    SOP: C13
    """
    known = set(BannedWord.objects.filter(word__in=[word.text for word in FIRST_WORDS]).values_list("word", flat=True))
    fresh = [
        BannedWord(word=word.text, kind=word.kind, severity=word.severity, allow_phrases=list(word.allowed_in))
        for word in FIRST_WORDS
        if word.text not in known
    ]
    BannedWord.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


@transaction.atomic
def add_category(*, code: str, parent_id: int | None, rules: CategoryRules, actor: Actor, now: datetime) -> Category:
    """Add a category below its parent, at most three levels deep.

    Raises: Forbidden, NotFound (no such parent), Invalid (too deep), Conflict (the code is taken).
    SOP: C7
    """
    actor.require("catalog.add_category")
    parent = lock_one(Category.objects.filter(pk=parent_id)) if parent_id else None
    if parent and parent.level >= LEAF_LEVEL:
        raise Invalid(issues=[Issue("/parent", "too_deep", mark("There are three levels; choose a parent above."))])
    if Category.objects.filter(code=code).exists():
        raise Conflict(issues=[Issue("/code", "taken", mark("There is a category of this code."))])
    category = Category.objects.create(
        code=code, parent=parent, level=parent.level + 1 if parent else 1, **_category_columns(rules)
    )
    after = {"level": category.level, **_category_columns(rules)}
    record(Change("catalog.category_created", "category", code, after=after), actor=actor, now=now)
    return category


@transaction.atomic
def change_category(*, category_id: int, rules: CategoryRules, actor: Actor, now: datetime) -> Category:
    """Rename a category or change its target margin; code and place stay.

    Raises: Forbidden, NotFound.
    SOP: C5, C7, C10
    """
    actor.require("catalog.change_category")
    category = lock_one(Category.objects.filter(pk=category_id))
    columns = _category_columns(rules)
    before = {name: getattr(category, name) for name in columns}
    Category.objects.filter(pk=category_id).update(**columns)
    change = Change("catalog.category_changed", "category", category.code, before=before, after=columns)
    record(change, actor=actor, now=now)
    category.refresh_from_db()
    return category


@transaction.atomic
def add_word(*, word: str, rules: WordRules, actor: Actor, now: datetime) -> BannedWord:
    """Forbid a word. Raises: Forbidden, Conflict (it is known already). SOP: C13"""
    actor.require("catalog.add_bannedword")
    if BannedWord.objects.filter(word=word).exists():
        raise Conflict(issues=[Issue("/word", "taken", mark("This word is known already."))])
    row = BannedWord.objects.create(word=word, **_word_columns(rules))
    record(Change("catalog.word_added", "banned_word", word[:40], after=_word_columns(rules)), actor=actor, now=now)
    return row


@transaction.atomic
def change_word(*, word_id: int, rules: WordRules, actor: Actor, now: datetime) -> BannedWord:
    """Judge a word otherwise, or put it out of force. Raises: Forbidden, NotFound. SOP: C13"""
    actor.require("catalog.change_bannedword")
    row = lock_one(BannedWord.objects.filter(pk=word_id))
    columns = _word_columns(rules)
    before = {name: getattr(row, name) for name in columns}
    BannedWord.objects.filter(pk=word_id).update(**columns)
    record(Change("catalog.word_changed", "banned_word", row.word[:40], before=before, after=columns), actor=actor, now=now)
    row.refresh_from_db()
    return row


def _category_columns(rules: CategoryRules) -> dict[str, object]:
    return {"name": rules.name, "target_margin": rules.target_margin}


def _word_columns(rules: WordRules) -> dict[str, object]:
    return {
        "kind": str(rules.kind),
        "severity": str(rules.severity),
        "category_id": rules.category_id,
        "allow_phrases": list(dict.fromkeys(rules.allow_phrases)),
        "is_active": rules.is_active,
        "may_override": rules.may_override,
    }
