"""How complete a listing is. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from catalog.enums.listings import ImageKind
from catalog.rules.completeness import ADVISED, PRICED, REQUIRED
from catalog.rules.content import ListingContent
from catalog.rules.entry.attributes import Attribute, pointer_of

WHOLE = 100


@dataclass(frozen=True)
class Completeness:
    """The share of what is asked for that is there, in percent, and the pointers of what is not."""

    percent: int
    missing: tuple[str, ...] = ()


def completeness(content: ListingContent, form: Sequence[Attribute]) -> Completeness:
    """How much of the prescribed form is filled in: every field counts the same, each SKU's price and cost as well.

    Rounded down, so that 100 means that nothing is missing.
    SOP: C5
    """
    asked = list(_asked(content, form))
    missing = tuple(pointer for pointer, is_filled in asked if not is_filled)
    return Completeness((len(asked) - len(missing)) * WHOLE // len(asked), missing)


def _asked(content: ListingContent, form: Sequence[Attribute]) -> Iterator[tuple[str, bool]]:
    required = [field.name for field in form if field.required]
    for name in (*REQUIRED, *ADVISED):
        if name != "spec" or not required:
            yield f"/{name}", bool(getattr(content, name))
    yield from ((pointer_of(name), bool(content.spec.get(name))) for name in required)
    yield "/images", any(image.kind == ImageKind.MAIN for image in content.images)
    for index, sku in enumerate(content.skus):
        yield from ((f"/skus/{index}/{name}", getattr(sku, name) is not None) for name in PRICED)
