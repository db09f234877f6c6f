"""What the checks of a listing have to know beside its content."""

from collections.abc import Collection, Sequence

from catalog.models import Category, Product
from catalog.parameters.listings import TARGET_MARGIN
from catalog.queries.entry import likeness
from catalog.queries.entry.vocabulary import Vocabulary, form_of, path_of, read_vocabulary
from catalog.queries.media.standards import image_facts
from catalog.rules.completeness import CategoryFacts, Elsewhere
from catalog.rules.content import ListingContent
from catalog.rules.entry.progress import Completeness, completeness
from catalog.rules.entry.waivers import WaiverKey
from catalog.rules.listing_checks import Facts
from opsdesk.parameters.queries import value

__all__ = ["completeness_of", "facts_for", "path_of", "resolve_category"]


def resolve_category(parts: Sequence[str]) -> str:
    """The code of the category that a path of codes or of names ends in; the last part as it is when there is none."""
    if not parts:
        return ""
    rows = Category.objects.select_related("parent__parent")
    candidates = rows.filter(code=parts[-1]) | rows.filter(name=parts[-1])
    for category in sorted(candidates, key=lambda found: (found.code != parts[-1], found.pk)):
        if _matches(category, parts):
            return category.code
    return parts[-1]


def facts_for(
    content: ListingContent,
    *,
    product: Product | None,
    waived: bool,
    settled: Collection[WaiverKey] = (),
    vocabulary: Vocabulary | None = None,
) -> Facts:
    """The facts of one content of one product (None: not made yet); `settled` are the findings waived for it."""
    path, vocabulary = path_of(content.category), vocabulary or read_vocabulary()
    margins = [category.target_margin for category in path if category.target_margin is not None]
    return Facts(
        category=CategoryFacts(path[-1].level, path[-1].children.exists(), form_of(path)) if path else None,
        target_percent=margins[-1] if margins else value(TARGET_MARGIN),
        words=vocabulary.words_for(path),
        elsewhere=_elsewhere(content, product),
        margin_waived=waived,
        claims=vocabulary.claims_for(path),
        labels=vocabulary.labels,
        waived=settled,
        images=image_facts(content),
    )


def completeness_of(content: ListingContent) -> Completeness:
    """How complete the content is, by the form of its category. SOP: C5"""
    return completeness(content, form_of(path_of(content.category)))


def _elsewhere(content: ListingContent, product: Product | None) -> Elsewhere:
    title = likeness.title_taken(content, product)
    return Elsewhere(
        title,
        likeness.skus_taken([sku.sku for sku in content.skus], product),
        likeness.barcodes_taken(content, product),
        None if title else likeness.title_alike(content, product),
        likeness.images_alike(content, product),
    )


def _matches(category: Category, parts: Sequence[str]) -> bool:
    """True when the path that ends in the category carries these codes or names."""
    above: Category | None = category
    for part in reversed(parts):
        if above is None or part not in (above.code, above.name):
            return False
        above = above.parent
    return True
