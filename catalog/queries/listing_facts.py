"""What the checks of a listing have to know beside its content."""

from collections.abc import Iterable, Sequence

from catalog.enums.listings import RevisionState
from catalog.models import BannedWord, Category, ListingRevision, Product, Sku
from catalog.parameters.listings import TARGET_MARGIN
from catalog.queries.media.standards import image_facts
from catalog.rules.completeness import CategoryFacts, Elsewhere
from catalog.rules.content import ListingContent
from catalog.rules.listing_checks import Facts
from catalog.rules.listing_lifecycle import OPEN
from catalog.rules.wording import Word, normalised
from opsdesk.parameters.queries import value

_TAKEN = (*OPEN, RevisionState.LISTED)


def path_of(code: str) -> list[Category]:
    """The category and all above it, top first; empty when there is none of that code."""
    category = Category.objects.select_related("parent__parent").filter(code=code).first()
    path: list[Category] = []
    while category is not None:
        path.insert(0, category)
        category = category.parent
    return path


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


def facts_for(content: ListingContent, *, product: Product | None, waived: bool) -> Facts:
    """The facts of one content of one product (None: not made yet)."""
    path = path_of(content.category)
    margins = [category.target_margin for category in path if category.target_margin is not None]
    return Facts(
        category=_category_facts(path),
        target_percent=margins[-1] if margins else value(TARGET_MARGIN),
        words=_words(path),
        elsewhere=Elsewhere(_title_taken(content, product), _skus_taken([sku.sku for sku in content.skus], product)),
        margin_waived=waived,
        images=image_facts(content),
    )


def _matches(category: Category, parts: Sequence[str]) -> bool:
    """True when the path that ends in the category carries these codes or names."""
    above: Category | None = category
    for part in reversed(parts):
        if above is None or part not in (above.code, above.name):
            return False
        above = above.parent
    return True


def _category_facts(path: list[Category]) -> CategoryFacts | None:
    if not path:
        return None
    required = [name for category in path for name in category.required_attributes]
    return CategoryFacts(path[-1].level, path[-1].children.exists(), tuple(dict.fromkeys(required)))


def _words(path: Iterable[Category]) -> list[Word]:
    rows = BannedWord.objects.filter(is_active=True)
    rows = rows.filter(category=None) | rows.filter(category__in=[category.pk for category in path])
    columns = ("word", "severity", "kind", "allow_phrases")
    return [
        Word(text, severity, kind, tuple(phrases))
        for text, severity, kind, phrases in rows.order_by("id").values_list(*columns)
    ]


def _title_taken(content: ListingContent, product: Product | None) -> str:
    if not content.title:
        return ""
    own = product.pk if product else None
    revisions = ListingRevision.objects.filter(title_key=normalised(content.title), state__in=_TAKEN).exclude(product=own)
    products = Product.objects.filter(title=content.title).exclude(pk__in=[own] if own else [])
    found = revisions.values_list("product__code", flat=True).first()
    return found or products.values_list("code", flat=True).first() or ""


def _skus_taken(codes: Sequence[str], product: Product | None) -> dict[str, str]:
    own = product.pk if product else None
    taken: dict[str, str] = {}
    open_elsewhere = ListingRevision.objects.filter(sku_codes__overlap=list(codes), state__in=OPEN).exclude(product=own)
    for product_code, theirs in open_elsewhere.values_list("product__code", "sku_codes"):
        taken |= dict.fromkeys(theirs, product_code)
    taken.update(Sku.objects.filter(code__in=codes).exclude(product=own).values_list("code", "product__code"))
    return taken
