"""Listings that look like another product's: titles that say nearly the same, pictures that look nearly the same. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from catalog.enums.listings import Severity
from catalog.rules.content import ListingContent
from catalog.rules.findings import Finding
from opsdesk.common.text import mark


@dataclass(frozen=True)
class AlikeTitle:
    """The title of another product that is most like this one's; `percent` says how much."""

    product: str
    title: str
    percent: int


def title_likeness(alike: AlikeTitle | None) -> Iterator[Finding]:
    """A warning: a person decides whether it is the same product. SOP: C13"""
    if alike:
        params = {"product": alike.product, "title": alike.title, "percent": alike.percent}
        text = mark("Product %(product)s has nearly the same title (%(percent)s %%): %(title)s")
        yield Finding("similar_title", "/title", text, params, Severity.WARNING)


def image_likeness(content: ListingContent, elsewhere: Mapping[str, str]) -> Iterator[Finding]:
    """A warning for each picture that another product uses already; `elsewhere` names that product by address.

    SOP: C13
    """
    for index, image in enumerate(content.images):
        if product := elsewhere.get(image.url):
            text = mark("Product %(product)s has nearly the same picture.")
            yield Finding("similar_image", f"/images/{index}", text, {"product": product}, Severity.WARNING)
