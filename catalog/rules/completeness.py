"""Is everything there, in the right place, once? Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from catalog.enums.listings import ImageKind, Severity
from catalog.rules.content import ListingContent
from catalog.rules.entry.attributes import Attribute, attribute_problems
from catalog.rules.entry.likeness import AlikeTitle
from catalog.rules.findings import Finding
from catalog.rules.media.standards import ImageFacts, listing_shortcomings
from catalog.rules.wording import normalised
from opsdesk.common.text import mark

LEAF_LEVEL = 3
REQUIRED = (
    "title",
    "core_keyword",
    "category",
    "spec",
    "selling_points",
    "use_scenarios",
    "usage",
    "precautions",
    "skus",
    "shops",
)
ADVISED = ("brand", "model_no", "detail", "commitments")
PRICED = ("price", "cost")


@dataclass(frozen=True)
class CategoryFacts:
    """The chosen category: its level, whether something hangs below it, and the form that its products fill in."""

    level: int
    has_children: bool = False
    form: Sequence[Attribute] = ()


@dataclass(frozen=True)
class Elsewhere:
    """What other products use already: the product code that has the title, the product code by SKU code, the SKU code
    by barcode, the title that is most like this one, and the product code by address of a picture like theirs.
    """

    title: str = ""
    skus: Mapping[str, str] = field(default_factory=dict)
    barcodes: Mapping[str, str] = field(default_factory=dict)
    alike: AlikeTitle | None = None
    images: Mapping[str, str] = field(default_factory=dict)


def missing_fields(content: ListingContent) -> Iterator[Finding]:
    """What the prescribed form asks for and is not there. SOP: C5"""
    for name in REQUIRED:
        if not getattr(content, name):
            yield Finding("required", f"/{name}", mark("This field is required."))
    for name in ADVISED:
        if not getattr(content, name):
            yield Finding("recommended", f"/{name}", mark("It should be filled in."), severity=Severity.WARNING)
    for index, sku in enumerate(content.skus):
        for name in PRICED:
            if getattr(sku, name) is None:
                yield Finding("required", f"/skus/{index}/{name}", mark("This field is required."))


def keyword_in_title(content: ListingContent) -> Iterator[Finding]:
    """The title must contain the core keyword, whatever its case, width or gaps. SOP: C5"""
    keyword = normalised(content.core_keyword)
    if content.title and keyword and keyword not in normalised(content.title):
        params = {"keyword": content.core_keyword}
        yield Finding("keyword_missing", "/title", mark("The title does not contain the core keyword %(keyword)s."), params)


def category_problems(content: ListingContent, category: CategoryFacts | None) -> Iterator[Finding]:
    """The category must be exactly a leaf of level 3, and what it demands must be specified. SOP: C5, C7"""
    if not content.category:
        return
    if category is None:
        params = {"category": content.category}
        yield Finding("unknown_category", "/category", mark("There is no category %(category)s."), params)
    elif category.level != LEAF_LEVEL or category.has_children:
        params = {"level": str(category.level)}
        yield Finding("category_not_leaf", "/category", mark("Choose a category of level 3; this is level %(level)s."), params)
    else:
        yield from attribute_problems(content.spec, category.form)


def image_problems(content: ListingContent, images: ImageFacts) -> Iterator[Finding]:
    """At least one main image; those of the library must meet what the shops' platforms demand. SOP: C5, C6"""
    if not any(image.kind == ImageKind.MAIN for image in content.images):
        yield Finding("main_image_required", "/images", mark("At least one main image is needed."))
    for index, image in enumerate(content.images):
        known = images.measured.get(image.url)
        if known is not None:
            demands = images.demands.get(image.kind, ())
            yield from listing_shortcomings(known, demands, pointer=f"/images/{index}/url")


def duplicates(content: ListingContent, elsewhere: Elsewhere) -> Iterator[Finding]:
    """No title and no SKU may be listed twice. SOP: C13"""
    if elsewhere.title:
        params = {"product": elsewhere.title}
        yield Finding("duplicate_title", "/title", mark("Product %(product)s has the same title."), params)
    seen: set[str] = set()
    for index, sku in enumerate(content.skus):
        pointer = f"/skus/{index}/sku"
        if sku.sku in seen:
            yield Finding("duplicate_sku", pointer, mark("This SKU is named twice."))
        elif sku.sku in elsewhere.skus:
            params = {"product": elsewhere.skus[sku.sku]}
            yield Finding("duplicate_sku", pointer, mark("This SKU belongs to product %(product)s."), params)
        seen.add(sku.sku)
