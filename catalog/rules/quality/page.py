"""What a storefront's page says, what it should say, and the comparison of both. Pure."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar
from urllib.parse import urlsplit

from catalog.enums.quality import CheckedField, ProbeOutcome

V = TypeVar("V")


@dataclass(frozen=True)
class Target:
    """One page to be read: where it is, how it is written, where the facts stand on it, how many seconds it may take."""

    address: str
    page_format: str
    parts: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 10.0


@dataclass(frozen=True)
class PageFacts:
    """What a page says. None means that nobody told where it stands on the page: it is not compared.

    `prices` and `available` go by SKU code; the code is empty where the page has one offer without code.
    """

    category: Sequence[str] | None = None
    title: str | None = None
    prices: Mapping[str, Decimal] | None = None
    commitments: Sequence[str] | None = None
    images: Sequence[str] | None = None
    available: Mapping[str, bool] | None = None
    excerpt: str = ""
    size: int = 0
    seconds: float = 0.0


@dataclass(frozen=True)
class ProbeFailure:
    """The page could not be read: a technical matter, which says nothing about the listing."""

    reason: ProbeOutcome
    detail: str = ""
    size: int = 0
    seconds: float = 0.0


@dataclass(frozen=True)
class Expected:
    """What the shop must show: the names of the category from the top, what a buyer pays now, and the rest."""

    category: Sequence[str]
    title: str
    prices: Mapping[str, Decimal]
    commitments: Sequence[str] = ()
    images: Sequence[str] = ()
    available: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True)
class Difference:
    """One fact that the shop shows otherwise; `seen` is empty when it is missing."""

    field: CheckedField
    sku: str
    expected: str
    seen: str

    def as_json(self) -> dict[str, str]:
        """As it is kept beside the probe."""
        return {"field": self.field.value, "sku": self.sku, "expected": self.expected, "seen": self.seen}


def differences(expected: Expected, page: PageFacts, *, with_stock: bool = False) -> list[Difference]:
    """Everything that the page shows otherwise than it must; stock only where the periodic check asks for it.

    SOP: C15, C18
    """
    found = [*_category(expected, page), *_title(expected, page), *_prices(expected, page)]
    found += [*_commitments(expected, page), *_images(expected, page)]
    return [*found, *(_stock(expected, page) if with_stock else ())]


def _category(expected: Expected, page: PageFacts) -> Iterator[Difference]:
    if page.category is None:
        return
    seen = [part for part in map(_plain, page.category) if part and part != _plain(page.title or expected.title)]
    wanted = [_plain(name) for name in expected.category]
    depth = min(len(seen), len(wanted))
    if not seen or seen[-depth:] != wanted[-depth:]:
        yield Difference(CheckedField.CATEGORY, "", " / ".join(expected.category), " / ".join(page.category))


def _title(expected: Expected, page: PageFacts) -> Iterator[Difference]:
    if page.title is not None and _plain(page.title) != _plain(expected.title):
        yield Difference(CheckedField.TITLE, "", expected.title, page.title)


def _prices(expected: Expected, page: PageFacts) -> Iterator[Difference]:
    if page.prices is None:
        return
    for sku, price in expected.prices.items():
        seen = _of(page.prices, sku, alone=len(expected.prices) == 1)
        if seen != price:
            yield Difference(CheckedField.PRICE, sku, f"{price:.2f}", "" if seen is None else f"{seen:.2f}")


def _commitments(expected: Expected, page: PageFacts) -> Iterator[Difference]:
    if page.commitments is None:
        return
    shown = _plain(" ".join(page.commitments))
    for commitment in expected.commitments:
        if _plain(commitment) not in shown:
            yield Difference(CheckedField.COMMITMENTS, "", commitment, "")


def _images(expected: Expected, page: PageFacts) -> Iterator[Difference]:
    """Storefronts keep images at addresses of their own: the name of the file decides."""
    if page.images is None:
        return
    shown = {_file_name(image) for image in page.images}
    for image in expected.images:
        if _file_name(image) not in shown:
            yield Difference(CheckedField.IMAGES, "", image, "")


def _stock(expected: Expected, page: PageFacts) -> Iterator[Difference]:
    if page.available is None:
        return
    for sku, available in expected.available.items():
        seen = _of(page.available, sku, alone=len(expected.available) == 1)
        if seen is not None and seen != available:
            yield Difference(CheckedField.STOCK, sku, _word(available), _word(seen))


def _of(facts: Mapping[str, V], sku: str, *, alone: bool) -> V | None:
    return facts.get(sku, facts.get("") if alone else None)


def _word(available: bool) -> str:
    return "in stock" if available else "out of stock"


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _file_name(address: str) -> str:
    return urlsplit(address).path.rpartition("/")[2].casefold()
