"""What listings are checked against: words, patterns, tags and commitments, and the form of a category."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from catalog.enums.entry import AttributeKind
from catalog.models import BannedWord, Category, CategoryAttribute, ClaimPattern, Commitment, Tag
from catalog.rules.entry.attributes import Attribute, prescribed
from catalog.rules.entry.claims import Claim
from catalog.rules.entry.labels import Labels
from catalog.rules.wording import Word

T = TypeVar("T", Word, Claim)


@dataclass(frozen=True)
class Vocabulary:
    """Everything in force, read once for many listings. A word's category is None where it holds everywhere."""

    words: Sequence[tuple[int | None, Word]]
    claims: Sequence[tuple[int | None, Claim]]
    labels: Labels

    def words_for(self, path: Iterable[Category]) -> list[Word]:
        """The words that hold for products of the category at the end of the path."""
        return _holding(self.words, path)

    def claims_for(self, path: Iterable[Category]) -> list[Claim]:
        """The patterns that hold for them."""
        return _holding(self.claims, path)


def read_vocabulary() -> Vocabulary:
    """The vocabulary as it is now, in four statements."""
    columns = ("severity", "kind", "allow_phrases", "may_override", "category_id")
    words = BannedWord.objects.filter(is_active=True).order_by("id").values_list("word", *columns)
    claims = ClaimPattern.objects.filter(is_active=True).order_by("id").values_list("pattern", *columns)
    return Vocabulary(
        [(category, Word(text, level, kind, tuple(fine), may)) for text, level, kind, fine, may, category in words],
        [(category, Claim(text, level, kind, tuple(fine), may)) for text, level, kind, fine, may, category in claims],
        read_labels(),
    )


def read_labels() -> Labels:
    """The tags and commitments in use, by code."""
    return Labels(
        dict(Tag.objects.filter(is_active=True).order_by("id").values_list("code", "label")),
        dict(Commitment.objects.filter(is_active=True).order_by("id").values_list("code", "label")),
    )


def form_of(path: Sequence[Category]) -> tuple[Attribute, ...]:
    """The form that products of the category at the end of the path fill in. SOP: C5, C7"""
    rows = CategoryAttribute.objects.filter(category__in=path, is_active=True).order_by("rank", "id")
    levels: dict[int, list[Attribute]] = {category.pk: [] for category in path}
    for row in rows:
        levels[row.category_id].append(_attribute(row))
    return prescribed(levels.values())


def fields_by_category(category: Category) -> list[CategoryAttribute]:
    """Every field that a category asks for or asked for, its own and those it inherits, top first. SOP: C5, C7"""
    path = path_of(category.code)
    rows = CategoryAttribute.objects.filter(category__in=path).select_related("category")
    return list(rows.order_by("category__level", "rank", "id"))


def path_of(code: str) -> list[Category]:
    """The category and all above it, top first; empty when there is none of that code."""
    category = Category.objects.select_related("parent__parent").filter(code=code).first()
    path: list[Category] = []
    while category is not None:
        path.insert(0, category)
        category = category.parent
    return path


def _attribute(row: CategoryAttribute) -> Attribute:
    return Attribute(row.name, AttributeKind(row.kind), row.unit, tuple(row.choices), row.is_required, row.help_text)


def _holding(found: Sequence[tuple[int | None, T]], path: Iterable[Category]) -> list[T]:
    places = {None, *(category.pk for category in path)}
    return [entry for category, entry in found if category in places]
